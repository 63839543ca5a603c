/*
 * Posting sends. ibv_wr_start() to ibv_wr_complete() build work requests in the queue pair's staging area, under its
 * sq_lock only; ibv_wr_complete() hands them to the engine all together or, when there is no room, not at all.
 */
#include <errno.h>
#include <string.h>

#include "device.h"
#include "engine.h"

static struct emu_qp *qp_of(struct ibv_qp_ex *ex)
{
    return (struct emu_qp *)ex;
}

static struct emu_wqe *current(struct emu_qp *qp)
{
    return qp->staged_count ? &qp->staged[qp->staged_count - 1] : NULL;
}

static void wr_start(struct ibv_qp_ex *ex)
{
    struct emu_qp *qp = qp_of(ex);
    emu_lock(&qp->sq_lock);
    qp->staged_count = 0;
    qp->staged_error = 0;
}

static struct emu_wqe *begin(struct emu_qp *qp, enum emu_op op)
{
    if (qp->staged_count == qp->sq_size) {
        qp->staged_error = ENOMEM;
        return NULL;
    }
    struct emu_wqe *wqe = &qp->staged[qp->staged_count++];
    memset(wqe, 0, offsetof(struct emu_wqe, inline_data));
    wqe->op = (uint8_t)op;
    wqe->wr_id = qp->ex.wr_id;
    return wqe;
}

static void wr_send(struct ibv_qp_ex *ex)
{
    begin(qp_of(ex), EMU_OP_SEND);
}

static void wr_send_imm(struct ibv_qp_ex *ex, __be32 imm)
{
    struct emu_wqe *wqe = begin(qp_of(ex), EMU_OP_SEND);
    if (wqe) {
        wqe->has_imm = true;
        wqe->imm = imm;
    }
}

static struct emu_wqe *begin_rdma(struct ibv_qp_ex *ex, enum emu_op op, uint32_t rkey, uint64_t remote)
{
    struct emu_qp *qp = qp_of(ex);
    unsigned needed = op == EMU_OP_READ ? 2 : 3;
    struct emu_wqe *wqe = begin(qp, op);
    if (!wqe)
        return NULL;
    if (qp->ud || qp->dev->config.generation < needed)
        qp->staged_error = EINVAL;
    wqe->rkey = rkey;
    wqe->remote = remote;
    return wqe;
}

static void wr_rdma_read(struct ibv_qp_ex *ex, uint32_t rkey, uint64_t remote)
{
    begin_rdma(ex, EMU_OP_READ, rkey, remote);
}

static void wr_rdma_write(struct ibv_qp_ex *ex, uint32_t rkey, uint64_t remote)
{
    begin_rdma(ex, EMU_OP_WRITE, rkey, remote);
}

static void wr_rdma_write_imm(struct ibv_qp_ex *ex, uint32_t rkey, uint64_t remote, __be32 imm)
{
    struct emu_wqe *wqe = begin_rdma(ex, EMU_OP_WRITE, rkey, remote);
    if (wqe) {
        wqe->has_imm = true;
        wqe->imm = imm;
    }
}

static void wr_set_ud_addr(struct ibv_qp_ex *ex, struct ibv_ah *ah, uint32_t qpn, uint32_t qkey)
{
    struct emu_wqe *wqe = current(qp_of(ex));
    const struct emu_ah *address = ((struct emu_ah_ref *)ah)->ah;
    if (!wqe)
        return;
    wqe->node = address->node;
    wqe->foreign = address->foreign;
    wqe->target_qpn = (uint16_t)qpn;
    wqe->qkey = qkey;
}

static void wr_set_sge_list(struct ibv_qp_ex *ex, size_t count, const struct ibv_sge *list)
{
    struct emu_qp *qp = qp_of(ex);
    struct emu_wqe *wqe = current(qp);
    if (!wqe)
        return;
    size_t most = wqe->op == EMU_OP_SEND ? EMU_MAX_SQ_SGE : 1;
    if (count > most) {
        qp->staged_error = EINVAL;
        return;
    }
    wqe->sge_count = (uint8_t)count;
    for (size_t i = 0; i < count; i++) {
        wqe->sge[i] = list[i];
        wqe->total += list[i].length;
    }
}

static void wr_set_sge(struct ibv_qp_ex *ex, uint32_t lkey, uint64_t address, uint32_t length)
{
    struct ibv_sge sge = {.addr = address, .length = length, .lkey = lkey};
    wr_set_sge_list(ex, 1, &sge);
}

static void wr_set_inline_data_list(struct ibv_qp_ex *ex, size_t count, const struct ibv_data_buf *list)
{
    struct emu_qp *qp = qp_of(ex);
    struct emu_wqe *wqe = current(qp);
    size_t total = 0;
    if (!wqe)
        return;
    for (size_t i = 0; i < count; i++)
        total += list[i].length;
    /* The card takes no inline data for RDMA. */
    if (total > EMU_INLINE || wqe->op != EMU_OP_SEND) {
        qp->staged_error = EINVAL;
        return;
    }
    wqe->is_inline = true;
    for (size_t i = 0; i < count; i++) {
        if (list[i].length)
            memcpy(wqe->inline_data + wqe->inline_length, list[i].addr, list[i].length);
        wqe->inline_length = (uint8_t)(wqe->inline_length + list[i].length);
    }
    wqe->total = (uint32_t)total;
}

static void wr_set_inline_data(struct ibv_qp_ex *ex, void *address, size_t length)
{
    struct ibv_data_buf buffer = {.addr = address, .length = length};
    wr_set_inline_data_list(ex, 1, &buffer);
}

static int wr_complete(struct ibv_qp_ex *ex)
{
    struct emu_qp *qp = qp_of(ex);
    int error = qp->staged_error;
    if (!error && qp->staged_count) {
        emu_lock(&qp->dev->lock);
        error = emu_engine_post_locked(qp, qp->staged, qp->staged_count);
        emu_unlock(&qp->dev->lock);
    }
    qp->staged_count = 0;
    emu_unlock(&qp->sq_lock);
    return error;
}

static void wr_abort(struct ibv_qp_ex *ex)
{
    struct emu_qp *qp = qp_of(ex);
    qp->staged_count = 0;
    emu_unlock(&qp->sq_lock);
}

void emu_qp_install_builders(struct emu_qp *qp)
{
    struct ibv_qp_ex *ex = &qp->ex;
    ex->wr_start = wr_start;
    ex->wr_send = wr_send;
    ex->wr_send_imm = wr_send_imm;
    ex->wr_rdma_read = wr_rdma_read;
    ex->wr_rdma_write = wr_rdma_write;
    ex->wr_rdma_write_imm = wr_rdma_write_imm;
    ex->wr_set_ud_addr = wr_set_ud_addr;
    ex->wr_set_sge = wr_set_sge;
    ex->wr_set_sge_list = wr_set_sge_list;
    ex->wr_set_inline_data = wr_set_inline_data;
    ex->wr_set_inline_data_list = wr_set_inline_data_list;
    ex->wr_complete = wr_complete;
    ex->wr_abort = wr_abort;
}

static void build(struct ibv_qp_ex *ex, const struct ibv_send_wr *wr)
{
    ex->wr_id = wr->wr_id;
    if (wr->opcode == IBV_WR_SEND_WITH_IMM)
        wr_send_imm(ex, wr->imm_data);
    else
        wr_send(ex);
    wr_set_ud_addr(ex, wr->wr.ud.ah, wr->wr.ud.remote_qpn, wr->wr.ud.remote_qkey);
    if (wr->send_flags & IBV_SEND_INLINE) {
        struct ibv_data_buf buffers[EMU_MAX_SQ_SGE];
        for (int i = 0; i < wr->num_sge; i++)
            buffers[i] =
                (struct ibv_data_buf){.addr = (void *)(uintptr_t)wr->sg_list[i].addr, .length = wr->sg_list[i].length};
        wr_set_inline_data_list(ex, (size_t)wr->num_sge, buffers);
    } else {
        wr_set_sge_list(ex, (size_t)wr->num_sge, wr->sg_list);
    }
}

/* The older interface; on the card, too, it knows sends only. */
int emu_post_send(struct ibv_qp *ibv, struct ibv_send_wr *wr, struct ibv_send_wr **bad)
{
    struct emu_qp *qp = emu_qp(ibv);
    for (; wr; wr = wr->next) {
        int error = EINVAL;
        if ((wr->opcode == IBV_WR_SEND || wr->opcode == IBV_WR_SEND_WITH_IMM) && wr->num_sge >= 0 &&
            wr->num_sge <= EMU_MAX_SQ_SGE) {
            wr_start(&qp->ex);
            build(&qp->ex, wr);
            error = wr_complete(&qp->ex);
        }
        if (error) {
            *bad = wr;
            return error;
        }
    }
    return 0;
}
