/*
 * RDMA, and what sends share with it. Over shared memory the kernel copies straight from one process's memory to the
 * other's where it allows that (process_vm_readv), which needs nothing of the target's program, as on the card;
 * elsewhere, and over TCP, the target's device copies through the wire.
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "bulk.h"
#include "credit.h"
#include "engine.h"
#include "faults.h"
#include "link.h"

bool emu_target_is_good(struct emu_link *link, const struct emu_wqe *wqe, bool ud)
{
    struct emu_qp_shared *target = &link->peer->qps[wqe->target_qpn % EMU_MAX_QP];
    uint32_t state = atomic_load_explicit(&target->state, memory_order_acquire);
    return (state & EMU_QP_SHARED_READY) && !!(state & EMU_QP_SHARED_UD) == ud &&
           atomic_load_explicit(&target->qkey, memory_order_relaxed) == wqe->qkey;
}

bool emu_local_memory_is_good(const struct emu_qp *qp, const struct emu_wqe *wqe)
{
    unsigned access = wqe->op == EMU_OP_READ ? IBV_ACCESS_LOCAL_WRITE : 0;
    for (unsigned i = 0; i < wqe->sge_count; i++) {
        const struct ibv_sge *sge = &wqe->sge[i];
        if (sge->length && !emu_mr_check(qp->dev->shared, sge->lkey, sge->addr, sge->length, access))
            return false;
    }
    return true;
}

void emu_gather(const struct emu_wqe *wqe, uint32_t offset, char *out, uint32_t length)
{
    if (wqe->is_inline) {
        memcpy(out, wqe->inline_data + offset, length);
        return;
    }
    for (unsigned i = 0; i < wqe->sge_count && length; i++) {
        const struct ibv_sge *sge = &wqe->sge[i];
        if (offset >= sge->length) {
            offset -= sge->length;
            continue;
        }
        uint32_t piece = sge->length - offset < length ? sge->length - offset : length;
        memcpy(out, (const char *)(uintptr_t)sge->addr + offset, piece);
        out += piece;
        length -= piece;
        offset = 0;
    }
}

void emu_scatter(const struct emu_wqe *wqe, uint32_t offset, const char *in, uint32_t length)
{
    for (unsigned i = 0; i < wqe->sge_count && length; i++) {
        const struct ibv_sge *sge = &wqe->sge[i];
        if (offset >= sge->length) {
            offset -= sge->length;
            continue;
        }
        uint32_t piece = sge->length - offset < length ? sge->length - offset : length;
        memcpy((char *)(uintptr_t)sge->addr + offset, in, piece);
        in += piece;
        length -= piece;
        offset = 0;
    }
}

/* The socket of a process that has ended is closed; of one that lives, it has nothing to read, or a doorbell. */
static bool peer_lives(const struct emu_link *link)
{
    char byte;
    ssize_t got = recv(link->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR));
}

/* One copy between the two memories by the kernel, in as many calls as it likes to take. */
static enum emu_status copy_directly(struct emu_link *link, const struct emu_wqe *wqe)
{
    uint32_t done = 0;
    while (done < wqe->total) {
        struct iovec here = {.iov_base = (char *)(uintptr_t)wqe->sge[0].addr + done, .iov_len = wqe->total - done};
        struct iovec there = {.iov_base = (char *)(uintptr_t)wqe->remote + done, .iov_len = wqe->total - done};
        ssize_t moved = wqe->op == EMU_OP_READ ? process_vm_readv(link->pid, &here, 1, &there, 1, 0)
                                               : process_vm_writev(link->pid, &here, 1, &there, 1, 0);
        if (moved <= 0)
            return peer_lives(link) ? EMU_REMOTE_BAD_ADDRESS : EMU_REMOTE_UNRESPONSIVE;
        done += (uint32_t)moved;
    }
    /* The number of a process that has ended may be another's by now: what was read counts only if it still lives. */
    return peer_lives(link) ? EMU_OK : EMU_REMOTE_UNRESPONSIVE;
}

/* Checks that need no answer from the peer. */
static enum emu_status check(struct emu_qp *qp, const struct emu_wqe *wqe, struct emu_link *link)
{
    struct emu_device *dev = qp->dev;
    if (wqe->total > EMU_MAX_RDMA)
        return EMU_LOCAL_BAD_LENGTH;
    if (!emu_local_memory_is_good(qp, wqe))
        return EMU_LOCAL_INVALID_LKEY;
    if (!link->peer)
        return EMU_OK;
    if (!emu_target_is_good(link, wqe, false))
        return EMU_REMOTE_BAD_DEST_QPN;
    if (!(atomic_load(&link->peer->ah_nodes[dev->node / 64]) >> (dev->node % 64) & 1))
        return EMU_REMOTE_UNKNOWN_PEER;
    unsigned access = wqe->op == EMU_OP_READ ? IBV_ACCESS_REMOTE_READ : IBV_ACCESS_REMOTE_WRITE;
    if (wqe->total && !emu_mr_check(link->peer, wqe->rkey, wqe->remote, wqe->total, access))
        return EMU_REMOTE_BAD_ADDRESS;
    return EMU_OK;
}

static struct emu_frame frame_for(struct emu_qp *qp, struct emu_wqe *wqe, uint8_t type)
{
    return (struct emu_frame){
        .type = type,
        .flags = EMU_FRAME_WANT_ACK,
        .source_qpn = (uint16_t)qp->ex.qp_base.qp_num,
        .target_qpn = wqe->target_qpn,
        .qkey = wqe->qkey,
        .token = emu_engine_token(qp, wqe),
        .rkey = wqe->rkey,
        .total = wqe->total,
        .address = wqe->remote,
        .imm = wqe->imm,
    };
}

static void count(struct emu_qp *qp, const struct emu_wqe *wqe)
{
    struct emu_counters *c = &qp->dev->counters;
    if (wqe->op == EMU_OP_READ) {
        c->read_ops++;
        c->read_bytes += wqe->total;
    } else {
        c->write_ops++;
        c->write_bytes += wqe->total;
    }
    emu_fault_count_locked(qp->dev);
}

static void move_directly(struct emu_qp *qp, struct emu_wqe *wqe, struct emu_link *link)
{
    struct emu_frame *imm = NULL;
    if (wqe->has_imm && !(imm = link->wire->reserve(link, 0)))
        return;
    enum emu_status status = copy_directly(link, wqe);
    if (status == EMU_OK) {
        if (imm) {
            *imm = frame_for(qp, wqe, EMU_FRAME_WRITE_IMM);
            imm->flags = EMU_FRAME_IMM | (wqe->claimed ? EMU_FRAME_CLAIMED : 0);
            link->wire->commit(link);
            link->wire->flush(link, false);
        }
        count(qp, wqe);
        emu_bulk_moved_locked(link, wqe->rkey, wqe->total);
    }
    emu_engine_complete_locked(qp, wqe, status);
}

static void ask_to_read(struct emu_qp *qp, struct emu_wqe *wqe, struct emu_link *link)
{
    struct emu_frame *frame = link->wire->reserve(link, 0);
    if (!frame)
        return;
    *frame = frame_for(qp, wqe, EMU_FRAME_READ);
    link->wire->commit(link);
    link->wire->flush(link, true);
    wqe->moved = 0;
    count(qp, wqe);
    emu_engine_in_flight_locked(qp, wqe);
}

static void write_pieces(struct emu_qp *qp, struct emu_wqe *wqe, struct emu_link *link)
{
    bool moved = false, last = false;
    while (!last) {
        uint32_t rest = wqe->total - wqe->moved;
        uint32_t piece = rest < EMU_FRAME_PAYLOAD ? rest : (uint32_t)EMU_FRAME_PAYLOAD;
        struct emu_frame *frame = link->wire->reserve(link, piece);
        if (!frame)
            break;
        *frame = frame_for(qp, wqe, EMU_FRAME_WRITE);
        frame->length = piece;
        frame->address = wqe->remote + wqe->moved;
        emu_gather(wqe, wqe->moved, (char *)(frame + 1), piece);
        wqe->moved += piece;
        moved = true;
        last = wqe->moved == wqe->total;
        if (last)
            frame->flags |=
                EMU_FRAME_LAST | (wqe->has_imm ? EMU_FRAME_IMM : 0) | (wqe->claimed ? EMU_FRAME_CLAIMED : 0);
        link->wire->commit(link);
    }
    if (moved)
        link->wire->flush(link, true);
    if (last) {
        count(qp, wqe);
        emu_engine_in_flight_locked(qp, wqe);
    }
}

void emu_rdma_move_locked(struct emu_qp *qp, struct emu_wqe *wqe, struct emu_link *link, uint64_t now)
{
    bool started = wqe->op == EMU_OP_WRITE && wqe->moved;
    if (!started) {
        enum emu_status status = check(qp, wqe, link);
        if (status != EMU_OK) {
            emu_engine_complete_locked(qp, wqe, status);
            return;
        }
    }
    /* A write with immediate data takes a receive at the target, unless that asked for none to be taken. */
    if (wqe->has_imm && link->peer && !wqe->claimed) {
        struct emu_qp_shared *target = &link->peer->qps[wqe->target_qpn % EMU_MAX_QP];
        bool needed = !(atomic_load(&target->state) & EMU_QP_SHARED_UNSOLICITED);
        if (needed && !emu_credit_claim_locked(link, wqe->target_qpn)) {
            qp->dev->counters.rnr++;
            emu_engine_not_ready_locked(qp, wqe, now);
            return;
        }
        wqe->claimed = needed;
    }
    if (link->vm)
        move_directly(qp, wqe, link);
    else if (wqe->op == EMU_OP_READ)
        ask_to_read(qp, wqe, link);
    else
        write_pieces(qp, wqe, link);
}
