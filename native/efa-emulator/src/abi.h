/*
 * The parts of the efadv interface that are newer than rdma-core 44, under names of our own, so that one build of the
 * device serves programs compiled against 44 and against later releases. The layouts only ever grow at the end, and
 * every call passes the size the caller knows.
 */
#ifndef EMU_ABI_H
#define EMU_ABI_H

#include <stdbool.h>
#include <stdint.h>
#include <infiniband/verbs.h>
#include <infiniband/efadv.h>

#define EMU_EXPORT __attribute__((visibility("default")))

enum {
    EMU_CAP_RDMA_READ = 1 << 0,
    EMU_CAP_RNR_RETRY = 1 << 1,
    EMU_CAP_CQ_WITH_SGID = 1 << 2,
    EMU_CAP_RDMA_WRITE = 1 << 3,
    EMU_CAP_UNSOLICITED_WRITE_RECV = 1 << 4,
};

enum {
    EMU_WC_WITH_SGID = 1 << 0,
    EMU_WC_WITH_IS_UNSOLICITED = 1 << 1,
};

enum { EMU_QP_UNSOLICITED_WRITE_RECV = 1 << 0 };

/* Service levels: the default and the low-latency one of efadv_qp_init_attr.sl. */
enum { EMU_SL_MAX = 8 };

struct emu_dv_qp_init_attr {
    uint64_t comp_mask;
    uint32_t driver_qp_type;
    uint16_t flags;
    uint8_t sl;
    uint8_t reserved[1];
};

struct emu_dv_cq {
    uint64_t comp_mask;
    int (*wc_read_sgid)(struct efadv_cq *cq, union ibv_gid *sgid);
    bool (*wc_is_unsolicited)(struct efadv_cq *cq);
};

struct emu_dv_mr_attr {
    uint64_t comp_mask;
    uint16_t ic_id_validity;
    uint16_t recv_ic_id;
    uint16_t rdma_read_ic_id;
    uint16_t rdma_recv_ic_id;
};

/* Completion status codes of the EFA device, as the provider reads them through ibv_wc_read_vendor_err(). */
enum emu_status {
    EMU_OK = 0,
    EMU_FLUSHED = 1,
    EMU_LOCAL_UNSUPPORTED_OP = 3,
    EMU_LOCAL_INVALID_AH = 4,
    EMU_LOCAL_INVALID_LKEY = 5,
    EMU_LOCAL_BAD_LENGTH = 6,
    EMU_REMOTE_BAD_ADDRESS = 7,
    EMU_REMOTE_BAD_DEST_QPN = 9,
    EMU_REMOTE_RNR = 10,
    EMU_REMOTE_BAD_LENGTH = 11,
    EMU_REMOTE_UNRESPONSIVE = 13,
    EMU_REMOTE_UNKNOWN_PEER = 14,
    EMU_REMOTE_UNREACHABLE = 15,
};

#endif
