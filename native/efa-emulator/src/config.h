/*
 * What the environment asks of the device. Read once, in the library's constructor, and constant from then on: no lock.
 * A value that is not legal ends the process there, with a message that names the variable and the legal values.
 */
#ifndef EMU_CONFIG_H
#define EMU_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum emu_node_mode { EMU_NODE_AUTO, EMU_NODE_RANK, EMU_NODE_FIXED };
enum emu_wire_mode { EMU_WIRE_AUTO, EMU_WIRE_SHM, EMU_WIRE_TCP };
enum emu_rdma_mode { EMU_RDMA_AUTO, EMU_RDMA_VM, EMU_RDMA_COPY };

#define EMU_MAX_NODE 65534u
#define EMU_MAX_CUT 64

/* One entry of WEFT_EFA_HOSTS: the process in slot s of a node listens on port + s. */
struct emu_host {
    uint16_t node;
    uint16_t port;
    struct sockaddr_storage address;
    socklen_t length;
};

struct emu_fault_config {
    uint64_t seed;
    unsigned reorder;  /* window in sends; 0 and 1 mean off */
    double rnr;        /* share of sends that meet a receiver that is not ready */
    double drop;       /* share of operations that end in an error completion */
    uint64_t delay_ns; /* every operation waits this long */
    bool kill;         /* kill_node dies before its operation number kill_after */
    uint16_t kill_node;
    uint64_t kill_after;
    bool partition; /* no operation passes between the two sides */
    uint16_t cut[2][EMU_MAX_CUT];
    unsigned cut_count[2];
    uint64_t partition_after;    /* begins after this many operations ... */
    uint64_t partition_after_ns; /* ... or this long after the device opened, whichever is set */
};

struct emu_config {
    char job[65];
    enum emu_node_mode node_mode;
    uint16_t node;
    unsigned nodes; /* 0: as many as ranks */
    enum emu_wire_mode wire;
    enum emu_rdma_mode rdma;
    unsigned generation;
    bool memlock; /* registrations count against RLIMIT_MEMLOCK */
    uint64_t timeout_ns;
    const char *counters; /* NULL, "stderr" or a directory */
    struct emu_host *hosts;
    unsigned host_count;
    struct emu_fault_config fault;
};

/* Reads the environment into c. Ends the process with status 2 on the first value that is not legal. */
void emu_config_read(struct emu_config *c);

/* Prints "weft-efa-emulator: VARIABLE='value' ..., legal: ..." and ends the process with status 2. */
_Noreturn void emu_config_fail(const char *variable, const char *value, const char *what, const char *legal);

const struct emu_host *emu_config_host(const struct emu_config *c, uint16_t node);

#endif
