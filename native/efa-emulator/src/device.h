/*
 * The device of this process. There is one; every ibv_context refers to it. It becomes active when the first context is
 * opened (claims its node and slot, starts its thread) and passive when the last one is closed.
 *
 * emu_device.lock guards everything in the structures of this header and of link.h, except fields marked otherwise.
 * A queue pair's sq_lock is taken before it, never after. Functions ending in _locked expect the caller to hold it.
 *
 * Owners: the device owns its queue pairs, address handles, memory registrations and links; a completion queue belongs
 * to whoever created it and outlives the queue pairs that refer to it.
 */
#ifndef EMU_DEVICE_H
#define EMU_DEVICE_H

#include <pthread.h>
#include <stdatomic.h>

#include "abi.h"
#include "config.h"
#include "counters.h"
#include "frame.h"
#include "lock.h"
#include "shared.h"

enum {
    EMU_MAX_SQ_WR = 4096,
    EMU_MAX_RQ_WR = 8192,
    EMU_MAX_SQ_SGE = 2,
    EMU_MAX_RQ_SGE = 1,
    EMU_INLINE = 32,
    EMU_MAX_CQE = 65536,
    EMU_MAX_AH = 65535,
    EMU_MAX_BULK = 16,
    EMU_UNKNOWN_AHN = 0xFFFF,
    EMU_RNR_INFINITE = 7,
    EMU_GRH = 40,
};
#define EMU_MAX_RDMA (1u << 30)

/* One completion. */
struct emu_cqe {
    uint64_t wr_id;
    enum ibv_wc_status status;
    enum ibv_wc_opcode opcode;
    uint32_t vendor_err;
    uint32_t qp_num;
    uint32_t src_qp;
    uint32_t byte_len;
    uint32_t imm;
    unsigned wc_flags;
    uint32_t slid;
    uint16_t source_node;
    bool unsolicited;
};

struct emu_cq {
    struct ibv_cq_ex ex; /* first: the provider's pointer */
    struct emu_dv_cq dv;
    struct emu_device *dev;
    struct emu_cqe *entries; /* a ring of capacity, a power of two */
    uint32_t capacity;
    uint32_t limit; /* as asked for, at most capacity */
    uint32_t head, tail;
    struct emu_cqe current; /* the polling thread's own, between start_poll and end_poll */
    bool armed;
    unsigned users; /* queue pairs */
    unsigned idle_polls;
    struct emu_cq *next; /* in the device's list */
};

struct emu_ah {
    struct ibv_ah ibv;
    union ibv_gid gid;
    uint16_t ahn;
    uint16_t node;
    bool foreign; /* a GID that is no node of this job */
    unsigned references;
    struct emu_ah *next;
};

/* What ibv_create_ah() returns: several may refer to one address handle of the device. */
struct emu_ah_ref {
    struct ibv_ah ibv;
    struct emu_ah *ah;
};

struct emu_link;

enum emu_op { EMU_OP_SEND, EMU_OP_READ, EMU_OP_WRITE };
enum emu_wqe_state { EMU_WQE_FREE, EMU_WQE_PENDING, EMU_WQE_INFLIGHT };

struct emu_wqe {
    uint64_t wr_id;
    uint8_t op;
    uint8_t state;
    bool has_imm;
    bool is_inline;
    bool foreign;
    uint8_t sge_count;
    uint8_t inline_length;
    uint8_t rnr_tries;
    uint16_t node;
    uint16_t target_qpn;
    uint16_t fault_rnr; /* rejections still to be made up */
    bool fault_drop;
    uint8_t doom; /* 0, or the error status it ends with as soon as its completion queue has room */
    bool claimed; /* holds a receive credit of its target */
    uint32_t qkey;
    uint32_t imm;
    uint32_t rkey;
    uint32_t generation; /* tells the operations apart that used this entry */
    uint32_t total;
    uint32_t moved; /* bytes of an RDMA transfer by copy that are done */
    uint64_t remote;
    uint64_t due;        /* not before this time */
    uint64_t hold_until; /* how long the reorder fault may hold it back */
    uint64_t deadline;   /* 0, or when an operation that cannot pass ends in an error */
    uint64_t order;      /* place among the pending, later than its number when the reorder fault holds it back */
    uint64_t number;
    struct emu_link *link;
    struct emu_wqe *previous, *next; /* in the queue pair's pending or in-flight list, or (next) in its free list */
    struct ibv_sge sge[EMU_MAX_SQ_SGE];
    uint8_t inline_data[EMU_INLINE];
};

struct emu_wqe_list {
    struct emu_wqe *first, *last;
};

struct emu_recv {
    uint64_t wr_id;
    uint64_t address;
    uint32_t length;
};

struct emu_qp {
    struct ibv_qp_ex ex; /* first: the provider's pointer */
    struct emu_device *dev;
    struct emu_cq *send_cq, *recv_cq;
    uint8_t index;
    bool ud;
    bool unsolicited;
    uint8_t rnr_retry;
    uint32_t qkey;
    uint32_t incarnation; /* shared.h */
    enum ibv_qp_state state;
    uint64_t random;

    struct emu_wqe *sq;
    uint32_t sq_size, sq_free;
    struct emu_wqe *free_wqes;
    struct emu_wqe_list pending, inflight;
    uint64_t numbered;

    struct emu_recv *rq; /* a ring of rq_size */
    uint32_t rq_size, rq_head, rq_count;

    /* Held from ibv_wr_start() to ibv_wr_complete(), guards what is being built. */
    struct emu_lock sq_lock;
    struct emu_wqe *staged;
    uint32_t staged_count;
    int staged_error;
};

struct emu_mr {
    struct ibv_mr ibv;
    struct emu_device *dev;
};

struct emu_context {
    struct emu_device *dev;
    struct verbs_context verbs; /* last: it ends in the ibv_context */
};

struct emu_range {
    uint64_t address, length;
};

struct emu_device {
    struct ibv_device ibv;    /* constant */
    struct emu_config config; /* constant */
    struct emu_lock lock;
    unsigned users;
    bool active;
    bool was_active;
    uint32_t job_hash;
    uint16_t node;
    uint16_t slot;
    union ibv_gid gid;
    uint64_t opened_at;
    uint64_t probe; /* read by peers to learn whether they may read this process's memory */

    struct emu_shared *shared;
    int shared_fd;

    struct emu_qp *qps[EMU_MAX_QP];
    unsigned qp_next;
    uint32_t incarnations;
    struct emu_cq *cqs;
    struct emu_ah *ahs;
    uint16_t *ahn_by_node; /* of 65536; EMU_UNKNOWN_AHN where there is no address handle */
    uint16_t ahn_next;
    unsigned mr_next, mr_count;
    uint16_t *mr_generation;
    uint64_t locked_pages; /* memlock.h */

    /* link.h */
    struct emu_link *outgoing, *incoming, *graveyard;
    unsigned sends_pending; /* entries in pending lists of all queue pairs */
    unsigned inflight;      /* entries in in-flight lists of all queue pairs */
    unsigned reads_served;  /* reads of peers under way */
    unsigned bulk_count;    /* bulk.h */
    struct emu_range bulk[EMU_MAX_BULK];
    bool credits_suspect; /* credit.h: a sender is gone */

    /* faults.h */
    uint64_t operations;
    bool partition_active;

    struct emu_counters counters;

    /* service.h. service_waiting is the thread's wish for the lock, heeded by pollers; polls lets it see them work. */
    pthread_t service;
    bool service_idle;
    bool service_stop;
    _Atomic bool service_waiting;
    uint64_t polls;
    uint64_t frames; /* taken from any wire */
    int epoll_fd, wake_fd, unix_listener, tcp_listener;
};

extern struct emu_device emu_device;

/* 0, or an errno. Pairs of open and close nest. */
int emu_device_open(struct emu_device *dev);
void emu_device_close(struct emu_device *dev);

/*
 * Takes the lock unless that takes longer than a second: a signal handler that calls exit() may have interrupted a
 * thread that holds it, and then nobody ever lets go. Only for what runs when a process ends.
 */
bool emu_device_lock_at_end(struct emu_device *dev);

uint64_t emu_now(void);

/* The GID of a node of this job, and back: false for a GID that is not one. */
union ibv_gid emu_gid(const struct emu_device *dev, uint16_t node);
bool emu_gid_node(const struct emu_device *dev, const union ibv_gid *gid, uint16_t *node);

static inline struct emu_device *emu_of(struct ibv_context *context)
{
    return ((struct emu_context *)((char *)context - offsetof(struct emu_context, verbs.context)))->dev;
}

/* ah.c */
uint16_t emu_ah_lookup_locked(struct emu_device *dev, uint16_t node);
bool emu_ah_known_locked(struct emu_device *dev, uint16_t node);

/* mr.c: whether the range lies in the registration key, with the access asked for */
bool emu_mr_check(struct emu_shared *shared, uint32_t key, uint64_t address, uint64_t length, unsigned access);

/* cq.c */
bool emu_cq_has_room(const struct emu_cq *cq);
void emu_cq_push_locked(struct emu_cq *cq, const struct emu_cqe *entry);
void emu_cq_purge_locked(struct emu_cq *cq, uint32_t qp_num);
enum ibv_wc_status emu_wc_status(enum emu_status status);
int emu_poll_cq(struct ibv_cq *cq, int count, struct ibv_wc *wc);
int emu_req_notify_cq(struct ibv_cq *cq, int solicited_only);

/* qp.c */
struct ibv_qp *emu_qp_create(struct ibv_context *context, struct ibv_qp_init_attr_ex *attr, bool srd, unsigned flags);
bool emu_qp_take_recv_locked(struct emu_qp *qp, struct emu_recv *recv);
static inline struct emu_qp *emu_qp(struct ibv_qp *qp)
{
    return (struct emu_qp *)qp;
}

/* post.c */
void emu_qp_install_builders(struct emu_qp *qp);
int emu_post_send(struct ibv_qp *qp, struct ibv_send_wr *wr, struct ibv_send_wr **bad);
int emu_post_recv(struct ibv_qp *qp, struct ibv_recv_wr *wr, struct ibv_recv_wr **bad);

#endif
