#include "device.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "link.h"
#include "service.h"

struct emu_device emu_device = {
    .epoll_fd = -1,
    .wake_fd = -1,
    .unix_listener = -1,
    .tcp_listener = -1,
    .shared_fd = -1,
};

uint64_t emu_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000ull + (uint64_t)time.tv_nsec;
}

union ibv_gid emu_gid(const struct emu_device *dev, uint16_t node)
{
    /* A link-local address, like the card's: fe80::eefa:<job>:<node>. */
    union ibv_gid gid = {.raw = {0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0xee, 0xfa}};
    for (int i = 0; i < 4; i++)
        gid.raw[10 + i] = (uint8_t)(dev->job_hash >> (24 - 8 * i));
    gid.raw[14] = (uint8_t)(node >> 8);
    gid.raw[15] = (uint8_t)node;
    return gid;
}

bool emu_gid_node(const struct emu_device *dev, const union ibv_gid *gid, uint16_t *node)
{
    union ibv_gid expected = emu_gid(dev, 0);
    *node = (uint16_t)(gid->raw[14] << 8 | gid->raw[15]);
    return !memcmp(gid->raw, expected.raw, 14);
}

static uint32_t hash(const char *text)
{
    uint32_t value = 2166136261u;
    for (; *text; text++)
        value = (value ^ (uint8_t)*text) * 16777619u;
    return value;
}

/* The rank that a launcher gave this process, or -1. */
static long launcher_rank(void)
{
    static const char *const names[] = {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"};
    for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strtol(value, NULL, 10);
    }
    return -1;
}

/* The slot is this process's place on its node: 0 where every process has a node of its own. */
static int claim(struct emu_device *dev, uint16_t node, uint16_t slot)
{
    int error = emu_hello_listen_unix(dev, node, slot, &dev->unix_listener);
    if (error || !emu_config_host(&dev->config, node))
        return error;
    error = emu_hello_listen_tcp(dev, node, slot, &dev->tcp_listener);
    if (error) {
        close(dev->unix_listener);
        dev->unix_listener = -1;
        return error;
    }
    return 0;
}

static int claim_rank(struct emu_device *dev, long rank)
{
    int error = EADDRINUSE;
    unsigned nodes = dev->config.nodes ? dev->config.nodes : EMU_MAX_NODE + 1;
    dev->node = (uint16_t)((unsigned long)rank % nodes);
    /* The slot follows from the rank too; where it is taken, another job of the same name runs. */
    dev->slot = (uint16_t)((unsigned long)rank / nodes % EMU_MAX_SLOT);
    for (unsigned i = 0; i < EMU_MAX_SLOT && error == EADDRINUSE; i++) {
        error = claim(dev, dev->node, dev->slot);
        if (error == EADDRINUSE && !dev->config.nodes)
            break;
        if (error == EADDRINUSE)
            dev->slot = (uint16_t)((dev->slot + 1) % EMU_MAX_SLOT);
    }
    return error;
}

/*
 * A free node: the first, or the last for a program that no launcher started though nodes follow ranks. It may be the
 * one that starts the launcher, whose ranks will want the first ones.
 */
static int claim_any(struct emu_device *dev, bool first)
{
    const struct emu_config *c = &dev->config;
    /* With a list of hosts only its nodes exist, and those of other machines cannot be bound here. */
    unsigned count = c->host_count ? c->host_count : EMU_MAX_NODE;
    int error = EADDRINUSE;
    for (unsigned i = 0; i < count; i++) {
        unsigned place = first ? i : count - 1 - i;
        dev->node = c->host_count ? c->hosts[place].node : (uint16_t)place;
        dev->slot = 0;
        error = claim(dev, dev->node, 0);
        if (error != EADDRINUSE && error != EADDRNOTAVAIL)
            break;
    }
    return error;
}

static void claim_place(struct emu_device *dev)
{
    const struct emu_config *c = &dev->config;
    long rank = c->node_mode == EMU_NODE_RANK ? launcher_rank() : -1;
    char node[16];
    int error;
    if (c->node_mode == EMU_NODE_FIXED) {
        dev->node = c->node;
        dev->slot = 0;
        error = claim(dev, c->node, 0);
    } else {
        error = rank >= 0 ? claim_rank(dev, rank) : claim_any(dev, c->node_mode == EMU_NODE_AUTO);
    }
    if (!error)
        return;
    snprintf(node, sizeof(node), "%u", dev->node);
    if (error == EADDRINUSE)
        emu_config_fail("WEFT_EFA_NODE", node, "is taken by another process of the same WEFT_EFA_JOB",
            "auto, rank or a number from 0 to 65534 that no other process of the job has");
    if (error == EADDRNOTAVAIL)
        emu_config_fail("WEFT_EFA_HOSTS", getenv("WEFT_EFA_HOSTS"), "names no address of this machine for its node",
            "NODE=ADDRESS:PORT with an address of the machine that has the node");
    emu_config_fail("WEFT_EFA_NODE", node, strerror(error), "a node whose socket can be opened");
}

static int map_shared(struct emu_device *dev)
{
    dev->shared_fd = memfd_create("efa-emulator-device", MFD_CLOEXEC);
    if (dev->shared_fd < 0 || ftruncate(dev->shared_fd, (off_t)sizeof(*dev->shared)))
        return errno;
    void *memory =
        mmap(NULL, sizeof(*dev->shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, dev->shared_fd, 0);
    if (memory == MAP_FAILED)
        return errno;
    dev->shared = memory;
    dev->shared->version = EMU_SHARED_VERSION;
    return 0;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void free_links(struct emu_link **list)
{
    while (*list) {
        struct emu_link *link = *list;
        *list = link->next;
        emu_link_free(link);
    }
}

static void deactivate(struct emu_device *dev)
{
    free_links(&dev->outgoing);
    free_links(&dev->incoming);
    while (dev->graveyard) {
        struct emu_link *link = dev->graveyard;
        dev->graveyard = link->next;
        free(link);
    }
    close_fd(&dev->epoll_fd);
    close_fd(&dev->wake_fd);
    close_fd(&dev->unix_listener);
    close_fd(&dev->tcp_listener);
    close_fd(&dev->shared_fd);
    if (dev->shared)
        munmap(dev->shared, sizeof(*dev->shared));
    dev->shared = NULL;
    free(dev->ahn_by_node);
    free(dev->mr_generation);
    dev->ahn_by_node = NULL;
    dev->mr_generation = NULL;
    dev->mr_count = 0;
    dev->bulk_count = 0;
    dev->credits_suspect = false;
    dev->active = false;
}

/* A child of fork() has no service thread, and by keeping the sockets open it would hide its parent's death. */
static void before_fork(void)
{
    emu_lock(&emu_device.lock);
}

static void after_fork_parent(void)
{
    emu_unlock(&emu_device.lock);
}

static void after_fork_child(void)
{
    struct emu_device *dev = &emu_device;
    for (struct emu_link *link = dev->outgoing; link; link = link->next) {
        close_fd(&link->fd);
        link->state = EMU_LINK_DEAD;
    }
    for (struct emu_link *link = dev->incoming; link; link = link->next)
        close_fd(&link->fd);
    dev->incoming = NULL;
    close_fd(&dev->epoll_fd);
    close_fd(&dev->wake_fd);
    close_fd(&dev->unix_listener);
    close_fd(&dev->tcp_listener);
    close_fd(&dev->shared_fd);
    /* What the child does with inherited objects must change nothing of the parent's: credits, keys, states. */
    if (dev->shared)
        mmap(dev->shared, sizeof(*dev->shared), PROT_READ | PROT_WRITE,
            MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    dev->was_active = false;
    dev->users = 0;
    emu_unlock(&dev->lock);
}

static int activate(struct emu_device *dev)
{
    static bool fork_handled;
    dev->job_hash = hash(dev->config.job);
    claim_place(dev);
    dev->gid = emu_gid(dev, dev->node);
    dev->opened_at = emu_now();
    dev->probe = dev->opened_at ^ (uint64_t)getpid() << 32;
    dev->ahn_by_node = malloc(65536 * sizeof(*dev->ahn_by_node));
    dev->mr_generation = calloc(EMU_MAX_MR, sizeof(*dev->mr_generation));
    int error = dev->ahn_by_node && dev->mr_generation ? map_shared(dev) : ENOMEM;
    if (!error) {
        for (unsigned i = 0; i < 65536; i++)
            dev->ahn_by_node[i] = EMU_UNKNOWN_AHN;
        error = emu_service_start(dev);
    }
    if (error) {
        deactivate(dev);
        return error;
    }
    if (!fork_handled) {
        fork_handled = true;
        pthread_atfork(before_fork, after_fork_parent, after_fork_child);
    }
    dev->active = dev->was_active = true;
    return 0;
}

int emu_device_open(struct emu_device *dev)
{
    int error = 0;
    emu_lock(&dev->lock);
    if (!dev->users)
        error = activate(dev);
    if (!error)
        dev->users++;
    emu_unlock(&dev->lock);
    return error;
}

bool emu_device_lock_at_end(struct emu_device *dev)
{
    return emu_lock_until(&dev->lock, emu_now() + 1000000000ull);
}

void emu_device_close(struct emu_device *dev)
{
    /* Left to the kernel: it closes, unmaps and frees as well. */
    if (!emu_device_lock_at_end(dev))
        return;
    /* 0 in a child of fork() that inherited a context */
    bool last = dev->users && --dev->users == 0;
    emu_unlock(&dev->lock);
    if (!last)
        return;
    emu_service_stop(dev);
    emu_lock(&dev->lock);
    deactivate(dev);
    emu_unlock(&dev->lock);
}
