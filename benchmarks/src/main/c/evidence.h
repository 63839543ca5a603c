/*
 * What the kernel tells a process of the way its messages take: its TCP sockets with their byte counters, the plug-ins
 * and the shared memory that it has mapped, the counters of EFA devices. The lines are those of io.weft.comm's
 * RankEvidence, so that the same rules conclude for programs in C and in Java.
 *
 * Include it after <mpi.h>, in a source that defines _GNU_SOURCE.
 */
#ifndef WEFT_EVIDENCE_H
#define WEFT_EVIDENCE_H

#include <arpa/inet.h>
#include <dirent.h>
#include <dlfcn.h>
#include <ifaddrs.h>
#include <inttypes.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <net/if.h>
#include <netinet/in.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TEXT = 256 };

/* The first line of a file; empty where there is none. */
static inline void first_line(const char *path, char text[TEXT])
{
    FILE *file = fopen(path, "r");
    if (file == NULL || fgets(text, TEXT, file) == NULL)
        text[0] = 0;
    text[strcspn(text, "\n")] = 0;
    if (file != NULL)
        fclose(file);
}

/* An interface's kernel driver; "lo" for the loopback, "unknown" if it does not say. */
static inline void driver_of(const char *interface, char driver[TEXT])
{
    strcpy(driver, strcmp(interface, "lo") == 0 ? "lo" : "unknown");
    if (strcmp(interface, "lo") == 0 || strlen(interface) >= IFNAMSIZ)
        return;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct ethtool_drvinfo info = {.cmd = ETHTOOL_GDRVINFO};
    struct ifreq request = {.ifr_data = (char *)&info};
    strcpy(request.ifr_name, interface);
    if (ioctl(fd, SIOCETHTOOL, &request) == 0 && info.driver[0] != 0)
        snprintf(driver, TEXT, "%s", info.driver);
    close(fd);
}

/* The interface that has an address. */
static inline void interface_of(const struct sockaddr_storage *address, char name[TEXT])
{
    strcpy(name, "unknown");
    struct in_addr v4 = {0};
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)address;
    int mapped = address->ss_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&six->sin6_addr);
    if (address->ss_family == AF_INET)
        v4 = ((const struct sockaddr_in *)address)->sin_addr;
    else if (mapped)
        memcpy(&v4, &six->sin6_addr.s6_addr[12], sizeof(v4));
    struct ifaddrs *all = NULL;
    if (getifaddrs(&all) != 0)
        return;
    for (struct ifaddrs *each = all; each != NULL; each = each->ifa_next) {
        if (each->ifa_addr == NULL)
            continue;
        int same = 0;
        if (each->ifa_addr->sa_family == AF_INET && v4.s_addr != 0)
            same = ((struct sockaddr_in *)each->ifa_addr)->sin_addr.s_addr == v4.s_addr;
        else if (each->ifa_addr->sa_family == AF_INET6 && address->ss_family == AF_INET6 && !mapped)
            same = memcmp(&((struct sockaddr_in6 *)each->ifa_addr)->sin6_addr, &six->sin6_addr, 16) == 0;
        if (same)
            snprintf(name, TEXT, "%s", each->ifa_name);
    }
    freeifaddrs(all);
}

/* As /proc/net/tcp has it: words in the host's order, the port. */
static inline void end_of_socket(FILE *to, const struct sockaddr_storage *address)
{
    if (address->ss_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)address;
        fprintf(to, "\t%08X:%04X", four->sin_addr.s_addr, ntohs(four->sin_port));
    } else {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)address;
        fputc('\t', to);
        for (int i = 0; i < 4; i++)
            fprintf(to, "%08X", six->sin6_addr.s6_addr32[i]);
        fprintf(to, ":%04X", ntohs(six->sin6_port));
    }
}

static inline void write_sockets(FILE *to)
{
    DIR *descriptors = opendir("/proc/self/fd");
    if (descriptors == NULL)
        return;
    for (struct dirent *each; (each = readdir(descriptors)) != NULL;) {
        int fd = atoi(each->d_name);
        struct tcp_info info;
        struct sockaddr_storage here, there;
        socklen_t room = sizeof(info), here_room = sizeof(here), there_room = sizeof(there);
        memset(&info, 0, sizeof(info));
        if (each->d_name[0] == '.' || getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &room) != 0)
            continue;
        if (info.tcpi_state != 1 || getsockname(fd, (struct sockaddr *)&here, &here_room) != 0 ||
            getpeername(fd, (struct sockaddr *)&there, &there_room) != 0)
            continue; /* 1: established. */
        char interface[TEXT], driver[TEXT];
        interface_of(&here, interface);
        driver_of(interface, driver);
        fputs("tcp", to);
        end_of_socket(to, &here);
        end_of_socket(to, &there);
        fprintf(to, "\t%s\t%s\t%" PRIu64 "\t%" PRIu64 "\n", interface, driver, (uint64_t)info.tcpi_bytes_acked,
            (uint64_t)info.tcpi_bytes_received);
    }
    closedir(descriptors);
}

static inline void write_mappings(FILE *to)
{
    regex_t plugin, other;
    regcomp(
        &plugin, "(mca_((pml|btl|mtl|osc)_[A-Za-z0-9_]+)|lib(uct_[A-Za-z0-9_]+|ucp|fabric|efa))\\.so", REG_EXTENDED);
    regcomp(&other, "pmix|mpich_shar_tmp|hsperfdata", REG_EXTENDED | REG_NOSUB);
    FILE *maps = fopen("/proc/self/maps", "r");
    char *line = NULL, last[TEXT] = "";
    size_t room = 0;
    while (maps != NULL && getline(&line, &room, maps) > 0) {
        char permissions[8], device[16];
        unsigned long inode = 0;
        int at = 0;
        line[strcspn(line, "\n")] = 0;
        if (sscanf(line, "%*s %7s %*s %15s %lu %n", permissions, device, &inode, &at) < 3 || at == 0)
            continue;
        char *path = line + at;
        if (path[0] == 0 || (inode == 0 && strncmp(path, "/SYSV", 5) != 0))
            continue;
        regmatch_t found[5];
        if (regexec(&plugin, path, 5, found, 0) == 0) {
            regmatch_t part = found[2].rm_so >= 0 ? found[2] : found[4];
            char name[TEXT];
            snprintf(name, TEXT, "%.*s", (int)(part.rm_eo - part.rm_so), path + part.rm_so);
            if (strcmp(name, last) != 0)
                fprintf(to, "plugin\t%s\n", strcpy(last, name)); /* Of a library's several mappings one. */
        } else if (strchr(permissions, 'w') != NULL && strchr(permissions, 's') != NULL &&
                   regexec(&other, path, 0, NULL, 0) != 0) {
            char *deleted = strstr(path, " (deleted)");
            fprintf(to, "shared\t%s:%lu %.*s\n", device, inode,
                (int)(deleted == NULL ? strlen(path) : (size_t)(deleted - path)), path);
        }
    }
    free(line);
    if (maps != NULL)
        fclose(maps);
    regfree(&plugin);
    regfree(&other);
}

static inline void write_efa(FILE *to)
{
    DIR *devices = opendir("/sys/class/infiniband");
    for (struct dirent *each; devices != NULL && (each = readdir(devices)) != NULL;) {
        char path[2 * TEXT], target[TEXT], counter[TEXT];
        snprintf(path, sizeof(path), "/sys/class/infiniband/%.64s/device/driver", each->d_name);
        ssize_t length = readlink(path, target, TEXT - 1);
        target[length < 0 ? 0 : length] = 0;
        const char *driver = strrchr(target, '/');
        if (driver == NULL || strcmp(driver, "/efa") != 0)
            continue;
        snprintf(path, sizeof(path), "/sys/class/infiniband/%.64s/ports/1/hw_counters/tx_bytes", each->d_name);
        first_line(path, counter);
        if (counter[0] != 0)
            fprintf(to, "efa\t%s\t%s\n", each->d_name, counter);
    }
    if (devices != NULL)
        closedir(devices);
    /* The software device, where it is preloaded. */
    union {
        void *address;
        int (*call)(const char *, uint64_t *);
    } emulated = {dlsym(RTLD_DEFAULT, "weft_efa_counter")};
    if (emulated.address != NULL) {
        static const char *const moved[] = {"tx_bytes", "read_bytes", "write_bytes"};
        uint64_t sum = 0;
        for (int i = 0; i < 3; i++) {
            uint64_t one = 0;
            if (emulated.call(moved[i], &one) == 0)
                sum += one;
        }
        fprintf(to, "efa\temulated (efa_emu0) of process %d\t%" PRIu64 "\n", getpid(), sum);
    }
}

/* payload: the least that this process's messages needed to cross to other ranks. */
static inline void write_evidence(FILE *to, long long payload)
{
    char boot[TEXT], space[TEXT];
    first_line("/proc/sys/kernel/random/boot_id", boot);
    ssize_t length = readlink("/proc/self/ns/net", space, TEXT - 1);
    space[length < 0 ? 0 : length] = 0;
    fprintf(to, "host\t%s %s\npayload\t%lld\n", boot, space, payload);
    write_sockets(to);
    write_mappings(to);
    write_efa(to);
}

/* The numeric IPv4 address by which other ranks reach this host: the loopback's where all are here, else that of an
 * interface that is up, one of ENA if there is one. */
static inline void own_address(int one_host, char address[INET_ADDRSTRLEN])
{
    strcpy(address, "127.0.0.1");
    struct ifaddrs *all = NULL;
    if (one_host || getifaddrs(&all) != 0)
        return;
    int ena = 0, found = 0;
    for (struct ifaddrs *each = all; each != NULL && !ena; each = each->ifa_next) {
        if (each->ifa_addr == NULL || each->ifa_addr->sa_family != AF_INET || (each->ifa_flags & IFF_UP) == 0 ||
            (each->ifa_flags & IFF_LOOPBACK) != 0)
            continue;
        uint32_t number = ntohl(((struct sockaddr_in *)each->ifa_addr)->sin_addr.s_addr);
        if (number >> 16 == 0xA9FE)
            continue; /* 169.254/16 is valid on one link alone. */
        char driver[TEXT];
        driver_of(each->ifa_name, driver);
        ena = strcmp(driver, "ena") == 0;
        if (ena || !found)
            inet_ntop(AF_INET, &((struct sockaddr_in *)each->ifa_addr)->sin_addr, address, INET_ADDRSTRLEN);
        found = 1;
    }
    freeifaddrs(all);
}

#endif
