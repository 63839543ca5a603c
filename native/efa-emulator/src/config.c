#include "config.h"
#include "parse.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

_Noreturn void emu_config_fail(const char *variable, const char *value, const char *what, const char *legal)
{
    fprintf(stderr, "weft-efa-emulator: %s='%s' %s; legal: %s\n", variable, value, what, legal);
    fflush(stderr);
    /* _exit: the host program has not started, or must not run its handlers on a device it cannot have. */
    _exit(2);
}

struct option {
    const char *name;
    const char *legal;
    bool (*parse)(struct emu_config *c, const char *value);
};

static bool one_of(const char *value, const char *const *words, unsigned count, unsigned *index)
{
    for (unsigned i = 0; i < count; i++) {
        if (!strcmp(value, words[i])) {
            *index = i;
            return true;
        }
    }
    return false;
}

static bool parse_job(struct emu_config *c, const char *value)
{
    size_t length = strlen(value);
    if (!length || length >= sizeof(c->job))
        return false;
    for (const char *p = value; *p; p++) {
        if (!isalnum((unsigned char)*p) && !strchr("._-", *p))
            return false;
    }
    strcpy(c->job, value);
    return true;
}

static bool parse_node(struct emu_config *c, const char *value)
{
    uint64_t number;
    if (!strcmp(value, "auto")) {
        c->node_mode = EMU_NODE_AUTO;
    } else if (!strcmp(value, "rank")) {
        c->node_mode = EMU_NODE_RANK;
    } else {
        if (!emu_parse_u64(value, 0, EMU_MAX_NODE, &number))
            return false;
        c->node_mode = EMU_NODE_FIXED;
        c->node = (uint16_t)number;
    }
    return true;
}

static bool parse_nodes(struct emu_config *c, const char *value)
{
    uint64_t number;
    if (!emu_parse_u64(value, 1, EMU_MAX_NODE + 1, &number))
        return false;
    c->nodes = (unsigned)number;
    return true;
}

static bool parse_wire(struct emu_config *c, const char *value)
{
    static const char *const words[] = {"auto", "shm", "tcp"};
    unsigned index;
    if (!one_of(value, words, 3, &index))
        return false;
    c->wire = (enum emu_wire_mode)index;
    return true;
}

static bool parse_rdma(struct emu_config *c, const char *value)
{
    static const char *const words[] = {"auto", "vm", "copy"};
    unsigned index;
    if (!one_of(value, words, 3, &index))
        return false;
    c->rdma = (enum emu_rdma_mode)index;
    return true;
}

static bool parse_generation(struct emu_config *c, const char *value)
{
    uint64_t number;
    if (!emu_parse_u64(value, 1, 3, &number))
        return false;
    c->generation = (unsigned)number;
    return true;
}

static bool parse_memlock(struct emu_config *c, const char *value)
{
    static const char *const words[] = {"ignore", "enforce"};
    unsigned index;
    if (!one_of(value, words, 2, &index))
        return false;
    c->memlock = index == 1;
    return true;
}

static bool parse_timeout(struct emu_config *c, const char *value)
{
    return emu_parse_duration(value, 60ull * 1000000000, &c->timeout_ns) && c->timeout_ns >= 1000000;
}

static bool parse_counters(struct emu_config *c, const char *value)
{
    struct stat status;
    if (strcmp(value, "stderr")) {
        if (stat(value, &status) || !S_ISDIR(status.st_mode) || access(value, W_OK | X_OK))
            return false;
    }
    c->counters = value;
    return true;
}

/* ID=ADDRESS:PORT; an IPv6 address stands in brackets. */
static bool parse_host(struct emu_host *host, char *entry)
{
    uint64_t number;
    char *equals = strchr(entry, '='), *colon = strrchr(entry, ':');
    if (!equals || !colon || colon < equals)
        return false;
    *equals = *colon = 0;
    if (!emu_parse_u64(entry, 0, EMU_MAX_NODE, &number))
        return false;
    host->node = (uint16_t)number;
    if (!emu_parse_u64(colon + 1, 1, 65535 - 255, &number))
        return false;
    host->port = (uint16_t)number;
    char *name = equals + 1;
    size_t length = strlen(name);
    if (length > 1 && name[0] == '[' && name[length - 1] == ']') {
        name[length - 1] = 0;
        name++;
    }
    struct sockaddr_in *in4 = (struct sockaddr_in *)&host->address;
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&host->address;
    if (inet_pton(AF_INET, name, &in4->sin_addr) == 1) {
        in4->sin_family = AF_INET;
        host->length = sizeof(*in4);
    } else if (inet_pton(AF_INET6, name, &in6->sin6_addr) == 1) {
        in6->sin6_family = AF_INET6;
        host->length = sizeof(*in6);
    } else {
        return false;
    }
    return true;
}

static bool parse_hosts(struct emu_config *c, const char *value)
{
    char *copy = strdup(value), *next = NULL;
    bool good = copy != NULL;
    for (char *entry = copy ? strtok_r(copy, ",", &next) : NULL; good && entry; entry = strtok_r(NULL, ",", &next)) {
        struct emu_host host = {0};
        good = parse_host(&host, entry) && !emu_config_host(c, host.node);
        if (!good)
            break;
        struct emu_host *grown = realloc(c->hosts, (c->host_count + 1) * sizeof(*grown));
        if (!grown) {
            good = false;
            break;
        }
        c->hosts = grown;
        c->hosts[c->host_count++] = host;
    }
    free(copy);
    return good && c->host_count;
}

const struct emu_host *emu_config_host(const struct emu_config *c, uint16_t node)
{
    for (unsigned i = 0; i < c->host_count; i++) {
        if (c->hosts[i].node == node)
            return &c->hosts[i];
    }
    return NULL;
}

static bool parse_seed(struct emu_config *c, const char *value)
{
    return emu_parse_u64(value, 0, UINT64_MAX, &c->fault.seed);
}

static bool parse_reorder(struct emu_config *c, const char *value)
{
    uint64_t number;
    if (!emu_parse_u64(value, 0, 1024, &number))
        return false;
    c->fault.reorder = (unsigned)number;
    return true;
}

static bool parse_rnr(struct emu_config *c, const char *value)
{
    /* 1 would never deliver anything to a sender that retries for ever. */
    return emu_parse_rate(value, &c->fault.rnr) && c->fault.rnr <= 0.9;
}

static bool parse_drop(struct emu_config *c, const char *value)
{
    return emu_parse_rate(value, &c->fault.drop);
}

static bool parse_delay(struct emu_config *c, const char *value)
{
    return emu_parse_duration(value, 1000000000ull, &c->fault.delay_ns);
}

static bool parse_kill(struct emu_config *c, const char *value)
{
    char node[16];
    uint64_t number;
    const char *at = strchr(value, '@');
    if (!at || (size_t)(at - value) >= sizeof(node))
        return false;
    memcpy(node, value, (size_t)(at - value));
    node[at - value] = 0;
    if (!emu_parse_u64(node, 0, EMU_MAX_NODE, &number) || !emu_parse_u64(at + 1, 0, UINT64_MAX, &c->fault.kill_after))
        return false;
    c->fault.kill_node = (uint16_t)number;
    c->fault.kill = true;
    return true;
}

static bool parse_side(struct emu_fault_config *f, int side, char *list)
{
    char *next = NULL;
    for (char *word = strtok_r(list, "+", &next); word; word = strtok_r(NULL, "+", &next)) {
        uint64_t number;
        if (f->cut_count[side] == EMU_MAX_CUT || !emu_parse_u64(word, 0, EMU_MAX_NODE, &number))
            return false;
        f->cut[side][f->cut_count[side]++] = (uint16_t)number;
    }
    return f->cut_count[side] > 0;
}

static bool parse_partition(struct emu_config *c, const char *value)
{
    struct emu_fault_config *f = &c->fault;
    char copy[1024];
    if (strlen(value) >= sizeof(copy))
        return false;
    strcpy(copy, value);
    char *bar = strchr(copy, '/'), *at = strchr(copy, '@');
    if (!bar || (at && at < bar))
        return false;
    *bar = 0;
    if (at) {
        *at++ = 0;
        if (!emu_parse_u64(at, 0, UINT64_MAX, &f->partition_after) &&
            !emu_parse_duration(at, 3600ull * 1000000000, &f->partition_after_ns))
            return false;
    }
    if (!parse_side(f, 0, copy) || !parse_side(f, 1, bar + 1))
        return false;
    for (unsigned i = 0; i < f->cut_count[0]; i++) {
        for (unsigned j = 0; j < f->cut_count[1]; j++) {
            if (f->cut[0][i] == f->cut[1][j])
                return false;
        }
    }
    f->partition = true;
    return true;
}

static const struct option options[] = {
    {"WEFT_EFA_JOB", "1 to 64 of letters, digits, '.', '_' and '-'", parse_job},
    {"WEFT_EFA_NODE", "auto, rank or a number from 0 to 65534 that no other process of the job has", parse_node},
    {"WEFT_EFA_NODES", "a number from 1 to 65535", parse_nodes},
    {"WEFT_EFA_WIRE", "auto, shm or tcp", parse_wire},
    {"WEFT_EFA_HOSTS", "NODE=ADDRESS:PORT[,...] with numeric addresses, ports 1 to 65280 and each node once",
        parse_hosts},
    {"WEFT_EFA_RDMA", "auto, vm or copy", parse_rdma},
    {"WEFT_EFA_GENERATION", "1 (no RDMA), 2 (RDMA read) or 3 (RDMA read and write)", parse_generation},
    {"WEFT_EFA_MEMLOCK", "ignore or enforce", parse_memlock},
    {"WEFT_EFA_TIMEOUT", "a time from 1ms to 60s", parse_timeout},
    {"WEFT_EFA_COUNTERS", "stderr, or a directory that exists and can be written", parse_counters},
    {"WEFT_EFA_FAULT_SEED", "a number from 0 to 18446744073709551615", parse_seed},
    {"WEFT_EFA_FAULT_REORDER", "a window from 0 to 1024", parse_reorder},
    {"WEFT_EFA_FAULT_RNR", "a rate from 0 to 0.9 or from 0% to 90%", parse_rnr},
    {"WEFT_EFA_FAULT_DROP", "a rate from 0 to 1 or from 0% to 100%", parse_drop},
    {"WEFT_EFA_FAULT_DELAY", "a time from 0ns to 1s, such as 20us", parse_delay},
    {"WEFT_EFA_FAULT_KILL", "NODE@COUNT, such as 3@1000", parse_kill},
    {"WEFT_EFA_FAULT_PARTITION",
        "NODE[+NODE...]/NODE[+NODE...][@COUNT|@TIME] with no node on both sides, such as 0+1/2+3@500ms",
        parse_partition},
};
enum { OPTION_COUNT = sizeof(options) / sizeof(options[0]) };

static void reject_unknown(const char *entry)
{
    char name[128], legal[1024] = "";
    size_t length = strcspn(entry, "=");
    bool fault = !strncmp(entry, "WEFT_EFA_FAULT_", 15);
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        if (strlen(options[i].name) == length && !strncmp(entry, options[i].name, length))
            return;
        if (fault && strncmp(options[i].name, "WEFT_EFA_FAULT_", 15))
            continue;
        size_t used = strlen(legal);
        snprintf(legal + used, sizeof(legal) - used, "%s%s", used ? ", " : "", options[i].name);
    }
    snprintf(name, sizeof(name), "%.*s", (int)(length < sizeof(name) - 1 ? length : sizeof(name) - 1), entry);
    emu_config_fail(name, entry[length] ? entry + length + 1 : "",
        fault ? "is not a known fault" : "is not a known variable", legal);
}

void emu_config_read(struct emu_config *c)
{
    memset(c, 0, sizeof(*c));
    strcpy(c->job, "default");
    c->generation = 3;
    c->timeout_ns = 2000000000ull;
    /* A program that a launcher started has a rank; one that was started by hand takes a free node. */
    c->node_mode = EMU_NODE_RANK;
    for (char **entry = environ; *entry; entry++) {
        if (!strncmp(*entry, "WEFT_EFA_", 9))
            reject_unknown(*entry);
    }
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        const char *value = getenv(options[i].name);
        if (value && !options[i].parse(c, value))
            emu_config_fail(options[i].name, value, "is not legal", options[i].legal);
    }
    if (c->wire == EMU_WIRE_TCP && c->node_mode == EMU_NODE_FIXED && c->host_count && !emu_config_host(c, c->node))
        emu_config_fail("WEFT_EFA_HOSTS", getenv("WEFT_EFA_HOSTS"), "has no entry for this process's WEFT_EFA_NODE",
            "one entry for every node");
}
