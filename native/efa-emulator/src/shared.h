/*
 * The state of a process's device that its peers read and, for receive credits, change: one memfd a process, which it
 * maps for itself and passes to each peer on the same host. Everything in it is atomic; there is no lock.
 *
 * Credits: a peer that wants to send to a queue pair raises claimed by one, and may do so only while it stays below
 * posted. So a message never meets an empty receive queue, and a receiver that is not ready is known exactly. What a
 * sender that dies between its claim and its message has taken is given back by the receiver: credit.h.
 */
#ifndef EMU_SHARED_H
#define EMU_SHARED_H

#include <stdatomic.h>
#include <stdint.h>

enum {
    EMU_MAX_QP = 256, /* of one process; the low 8 bits of a QP number, the process's slot being the high ones */
    EMU_MAX_MR = 65536,
    EMU_MAX_SLOT = 256, /* processes of one node */
    EMU_SHARED_VERSION = 2,
};

enum {
    EMU_QP_SHARED_READY = 1,
    EMU_QP_SHARED_UNSOLICITED = 2,
    EMU_QP_SHARED_UD = 4,
    EMU_QP_SHARED_INCARNATION = 8, /* above the flags, a number: between changes of it, posted only grows */
};

struct emu_qp_shared {
    _Alignas(64) _Atomic uint32_t state; /* 0 or EMU_QP_SHARED_* */
    _Atomic uint32_t qkey;
    _Atomic uint32_t least_buffer; /* no receive shorter than this was ever posted */
    _Alignas(64) _Atomic uint64_t posted;
    _Alignas(64) _Atomic uint64_t claimed;
};

/* A sender's own account, beside the rings of its link; the receiver reads it. */
struct emu_claims {
    _Alignas(64) _Atomic uint32_t busy; /* a claim is being made */
    _Atomic uint64_t count[EMU_MAX_QP]; /* claims ever made, by queue pair */
};

struct emu_mr_shared {
    _Atomic uint32_t key; /* 0: free. Written last on registration and first on deregistration. */
    _Atomic uint32_t access;
    _Atomic uint64_t address;
    _Atomic uint64_t length;
    _Atomic uint32_t bulk_moves; /* bulk.h: counted by peers */
};

struct emu_shared {
    uint32_t version;
    _Atomic uint32_t armed;                /* completion queues that wait for an event: messages need a doorbell */
    _Atomic uint32_t partitioned;          /* this process's partition has begun */
    _Atomic uint64_t ah_nodes[65536 / 64]; /* nodes of this job that the process has an address handle for */
    struct emu_qp_shared qps[EMU_MAX_QP];
    struct emu_mr_shared mrs[EMU_MAX_MR];
};

#endif
