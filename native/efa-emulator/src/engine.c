#include "engine.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "credit.h"
#include "faults.h"
#include "link.h"
#include "service.h"

/* A card asks again after some tens of microseconds; a queue pair with a finite count gives up after that many. */
#define RNR_WAIT_NS 50000ull

static void append(struct emu_wqe_list *list, struct emu_wqe *wqe)
{
    wqe->previous = list->last;
    wqe->next = NULL;
    *(list->last ? &list->last->next : &list->first) = wqe;
    list->last = wqe;
}

static void detach(struct emu_wqe_list *list, struct emu_wqe *wqe)
{
    *(wqe->previous ? &wqe->previous->next : &list->first) = wqe->next;
    *(wqe->next ? &wqe->next->previous : &list->last) = wqe->previous;
}

/* By order, so that the reorder fault needs no more than a walk from the front. */
static void insert(struct emu_qp *qp, struct emu_wqe *wqe)
{
    struct emu_wqe *before = qp->pending.last;
    while (before && before->order > wqe->order)
        before = before->previous;
    wqe->previous = before;
    wqe->next = before ? before->next : qp->pending.first;
    *(before ? &before->next : &qp->pending.first) = wqe;
    *(wqe->next ? &wqe->next->previous : &qp->pending.last) = wqe;
    wqe->state = EMU_WQE_PENDING;
    qp->dev->sends_pending++;
}

static void leave(struct emu_qp *qp, struct emu_wqe *wqe)
{
    if (wqe->state == EMU_WQE_PENDING) {
        detach(&qp->pending, wqe);
        qp->dev->sends_pending--;
    } else if (wqe->state == EMU_WQE_INFLIGHT) {
        detach(&qp->inflight, wqe);
        qp->dev->inflight--;
        if (wqe->link && wqe->link->waiting)
            wqe->link->waiting--;
    }
    wqe->state = EMU_WQE_FREE;
}

static void recycle(struct emu_qp *qp, struct emu_wqe *wqe)
{
    leave(qp, wqe);
    wqe->generation++;
    wqe->next = qp->free_wqes;
    qp->free_wqes = wqe;
    qp->sq_free++;
}

void emu_engine_complete_locked(struct emu_qp *qp, struct emu_wqe *wqe, enum emu_status status)
{
    struct emu_device *dev = qp->dev;
    struct emu_cqe entry = {
        .wr_id = wqe->wr_id,
        .status = emu_wc_status(status),
        .vendor_err = status,
        /* The card's reads complete as sends, and the provider counts on it. */
        .opcode = wqe->op == EMU_OP_WRITE ? IBV_WC_RDMA_WRITE : IBV_WC_SEND,
        .qp_num = qp->ex.qp_base.qp_num,
        .byte_len = wqe->total,
        .slid = EMU_UNKNOWN_AHN,
    };
    if (status != EMU_OK) {
        dev->counters.errors++;
    } else if (wqe->op == EMU_OP_SEND) {
        dev->counters.tx_packets++;
        dev->counters.tx_bytes += wqe->total;
    }
    emu_cq_push_locked(qp->send_cq, &entry);
    recycle(qp, wqe);
}

void emu_engine_in_flight_locked(struct emu_qp *qp, struct emu_wqe *wqe)
{
    leave(qp, wqe);
    append(&qp->inflight, wqe);
    wqe->state = EMU_WQE_INFLIGHT;
    qp->dev->inflight++;
    wqe->link->waiting++;
}

static void doom(struct emu_qp *qp, struct emu_wqe *wqe, enum emu_status status)
{
    wqe->doom = (uint8_t)status;
    if (wqe->state == EMU_WQE_PENDING)
        return;
    leave(qp, wqe);
    insert(qp, wqe);
}

void emu_engine_not_ready_locked(struct emu_qp *qp, struct emu_wqe *wqe, uint64_t now)
{
    if (wqe->state == EMU_WQE_INFLIGHT) {
        leave(qp, wqe);
        insert(qp, wqe);
        wqe->claimed = false; /* its message has used up what it claimed */
    }
    wqe->moved = 0;
    wqe->due = (now ? now : emu_now()) + RNR_WAIT_NS;
    if (qp->rnr_retry == EMU_RNR_INFINITE)
        return;
    if (wqe->rnr_tries++ >= qp->rnr_retry)
        doom(qp, wqe, EMU_REMOTE_RNR);
}

uint32_t emu_engine_token(struct emu_qp *qp, struct emu_wqe *wqe)
{
    return (uint32_t)qp->index << 24 | (wqe->generation & 0xfff) << 12 | (uint32_t)(wqe - qp->sq);
}

struct emu_wqe *emu_engine_find_locked(struct emu_device *dev, uint32_t token, struct emu_qp **qp)
{
    uint32_t index = token & 0xfff;
    *qp = dev->qps[token >> 24];
    if (!*qp || index >= (*qp)->sq_size)
        return NULL;
    struct emu_wqe *wqe = &(*qp)->sq[index];
    return wqe->state == EMU_WQE_INFLIGHT && (wqe->generation & 0xfff) == (token >> 12 & 0xfff) ? wqe : NULL;
}

static void send_frame(
    struct emu_qp *qp, struct emu_wqe *wqe, struct emu_link *link, struct emu_frame *frame, bool want_ack)
{
    *frame = (struct emu_frame){
        .type = EMU_FRAME_SEND,
        .flags = (uint8_t)((wqe->has_imm ? EMU_FRAME_IMM : 0) | (want_ack ? EMU_FRAME_WANT_ACK : 0) |
                           (link->peer ? EMU_FRAME_CLAIMED : 0)),
        .source_qpn = (uint16_t)qp->ex.qp_base.qp_num,
        .target_qpn = wqe->target_qpn,
        .qkey = wqe->qkey,
        .imm = wqe->imm,
        .token = emu_engine_token(qp, wqe),
        .length = wqe->total,
    };
    emu_gather(wqe, 0, (char *)(frame + 1), wqe->total);
    link->wire->commit(link);
    link->wire->flush(link, want_ack && link->peer);
    if (wqe->order != wqe->number)
        qp->dev->counters.reordered++;
    emu_fault_count_locked(qp->dev);
    if (want_ack)
        emu_engine_in_flight_locked(qp, wqe);
    else
        emu_engine_complete_locked(qp, wqe, EMU_OK);
}

static void try_send(struct emu_qp *qp, struct emu_wqe *wqe, struct emu_link *link, uint64_t now)
{
    bool want_ack = true;
    if (wqe->total > EMU_MTU) {
        emu_engine_complete_locked(qp, wqe, EMU_LOCAL_BAD_LENGTH);
        return;
    }
    if (!emu_local_memory_is_good(qp, wqe)) {
        emu_engine_complete_locked(qp, wqe, EMU_LOCAL_INVALID_LKEY);
        return;
    }
    if (link->peer) {
        struct emu_qp_shared *target = &link->peer->qps[wqe->target_qpn % EMU_MAX_QP];
        if (!emu_target_is_good(link, wqe, qp->ud)) {
            /* A datagram for nobody is lost; nobody tells. */
            emu_engine_complete_locked(qp, wqe, qp->ud ? EMU_OK : EMU_REMOTE_BAD_DEST_QPN);
            return;
        }
        /* What fits into any receive posted there cannot fail: it is done once it stands in the ring. */
        want_ack = wqe->total > atomic_load_explicit(&target->least_buffer, memory_order_relaxed);
    }
    if (wqe->fault_rnr) {
        wqe->fault_rnr--;
        qp->dev->counters.rnr_injected++;
        emu_engine_not_ready_locked(qp, wqe, now);
        return;
    }
    struct emu_frame *frame = link->wire->reserve(link, wqe->total);
    if (!frame)
        return;
    if (link->peer && !emu_credit_claim_locked(link, wqe->target_qpn)) {
        qp->dev->counters.rnr++;
        if (qp->ud)
            emu_engine_complete_locked(qp, wqe, EMU_OK);
        else
            emu_engine_not_ready_locked(qp, wqe, now);
        return;
    }
    send_frame(qp, wqe, link, frame, want_ack);
}

/* true: the request is done with, or may not be tried now */
static bool ended_by_fault(struct emu_qp *qp, struct emu_wqe *wqe, uint64_t now)
{
    struct emu_device *dev = qp->dev;
    if (wqe->due > now || emu_fault_held(qp, wqe, now))
        return true;
    if (wqe->fault_drop) {
        dev->counters.dropped++;
        emu_engine_complete_locked(qp, wqe, EMU_REMOTE_UNRESPONSIVE);
        return true;
    }
    if (!dev->config.fault.partition || !emu_fault_partitioned_locked(dev, wqe->node, wqe->link, now))
        return false;
    if (!wqe->deadline) {
        wqe->deadline = now + dev->config.timeout_ns;
    } else if (now >= wqe->deadline) {
        dev->counters.partitioned++;
        emu_engine_complete_locked(qp, wqe, EMU_REMOTE_UNRESPONSIVE);
    }
    return true;
}

static void try_one(struct emu_qp *qp, struct emu_wqe *wqe, uint64_t now)
{
    if (wqe->doom) {
        emu_engine_complete_locked(qp, wqe, (enum emu_status)wqe->doom);
        return;
    }
    if (ended_by_fault(qp, wqe, now))
        return;
    if (wqe->foreign) {
        emu_engine_complete_locked(qp, wqe, EMU_REMOTE_UNREACHABLE);
        return;
    }
    if (!wqe->link) {
        wqe->link = emu_link_get_locked(qp->dev, wqe->node, wqe->target_qpn / EMU_MAX_QP);
        if (!wqe->link)
            return;
    }
    if (wqe->link->state == EMU_LINK_DEAD)
        emu_engine_complete_locked(qp, wqe, emu_link_status(wqe->link));
    else if (wqe->link->state != EMU_LINK_READY)
        return;
    else if (wqe->op == EMU_OP_SEND)
        try_send(qp, wqe, wqe->link, now);
    else
        emu_rdma_move_locked(qp, wqe, wqe->link, now);
}

static void push_locked(struct emu_qp *qp, uint64_t now)
{
    struct emu_wqe *next;
    for (struct emu_wqe *wqe = qp->pending.first; wqe; wqe = next) {
        if (!emu_cq_has_room(qp->send_cq))
            return;
        next = wqe->next;
        try_one(qp, wqe, now);
    }
}

int emu_engine_post_locked(struct emu_qp *qp, const struct emu_wqe *staged, uint32_t count)
{
    struct emu_device *dev = qp->dev;
    if (qp->state != IBV_QPS_RTS)
        return EINVAL;
    if (count > qp->sq_free)
        return ENOMEM;
    const struct emu_fault_config *fault = &dev->config.fault;
    /* Asking for the time costs as much as a tenth of a send. */
    uint64_t now = fault->reorder > 1 || fault->delay_ns || fault->partition ? emu_now() : 0;
    struct emu_wqe *first = NULL;
    for (uint32_t i = 0; i < count; i++) {
        struct emu_wqe *wqe = qp->free_wqes;
        uint32_t generation = wqe->generation;
        qp->free_wqes = wqe->next;
        qp->sq_free--;
        memcpy(wqe, &staged[i], staged[i].is_inline ? sizeof(*wqe) : offsetof(struct emu_wqe, inline_data));
        wqe->generation = generation;
        wqe->number = qp->numbered++;
        emu_fault_plan_locked(qp, wqe, now);
        insert(qp, wqe);
        first = first ? first : wqe;
    }
    /* Earlier requests that had to wait have had their try; only the reorder fault may release some of them now. */
    if (dev->config.fault.reorder > 1) {
        push_locked(qp, now);
    } else {
        struct emu_wqe *next;
        for (struct emu_wqe *wqe = first; wqe && emu_cq_has_room(qp->send_cq); wqe = next) {
            next = wqe->next;
            try_one(qp, wqe, now);
        }
    }
    if (dev->sends_pending || dev->inflight)
        emu_service_wake_locked(dev);
    return 0;
}

void emu_progress_locked(struct emu_device *dev)
{
    struct emu_link *next;
    for (struct emu_link *link = dev->incoming; link; link = next) {
        next = link->next;
        if (link->state != EMU_LINK_READY)
            continue;
        emu_link_drain_locked(dev, link);
        if (link->reads)
            emu_link_serve_reads_locked(dev, link);
        if (link->wire == &emu_wire_tcp)
            link->wire->flush(link, false);
        if (link->ended && !link->wire->peek(link))
            emu_link_retire_locked(dev, link);
    }
    if (dev->credits_suspect)
        emu_credits_restore_locked(dev);
    if (!dev->sends_pending && !dev->inflight)
        return;
    uint64_t now = emu_now();
    for (struct emu_link *link = dev->outgoing; link; link = next) {
        next = link->next;
        if (link->state != EMU_LINK_READY || (link->peer && !link->waiting))
            continue;
        if (link->wire == &emu_wire_tcp)
            link->wire->flush(link, false);
        emu_link_drain_locked(dev, link);
        if (link->ended)
            emu_link_died_locked(dev, link);
    }
    if (dev->config.fault.partition)
        emu_links_check_locked(dev, now);
    for (unsigned i = 0; dev->sends_pending && i < EMU_MAX_QP; i++) {
        if (dev->qps[i] && dev->qps[i]->pending.first)
            push_locked(dev->qps[i], now);
    }
}

void emu_engine_link_died_locked(struct emu_device *dev, struct emu_link *link)
{
    enum emu_status status = emu_link_status(link);
    for (unsigned i = 0; i < EMU_MAX_QP; i++) {
        struct emu_qp *qp = dev->qps[i];
        struct emu_wqe *next;
        for (struct emu_wqe *wqe = qp ? qp->inflight.first : NULL; wqe; wqe = next) {
            next = wqe->next;
            if (wqe->link == link)
                doom(qp, wqe, status);
        }
        for (struct emu_wqe *wqe = qp ? qp->pending.first : NULL; wqe; wqe = wqe->next) {
            if (wqe->link == link && !wqe->doom)
                doom(qp, wqe, status);
        }
    }
}

void emu_engine_discard_locked(struct emu_qp *qp)
{
    while (qp->pending.first)
        recycle(qp, qp->pending.first);
    while (qp->inflight.first)
        recycle(qp, qp->inflight.first);
    qp->rq_head = qp->rq_count = 0;
}

void emu_engine_flush_locked(struct emu_qp *qp)
{
    struct emu_recv recv;
    while (qp->inflight.first)
        doom(qp, qp->inflight.first, EMU_FLUSHED);
    for (struct emu_wqe *wqe = qp->pending.first; wqe; wqe = wqe->next)
        wqe->doom = EMU_FLUSHED;
    push_locked(qp, emu_now());
    while (emu_cq_has_room(qp->recv_cq) && emu_qp_take_recv_locked(qp, &recv)) {
        struct emu_cqe entry = {
            .wr_id = recv.wr_id,
            .status = IBV_WC_WR_FLUSH_ERR,
            .vendor_err = EMU_FLUSHED,
            .opcode = IBV_WC_RECV,
            .qp_num = qp->ex.qp_base.qp_num,
            .slid = EMU_UNKNOWN_AHN,
        };
        emu_cq_push_locked(qp->recv_cq, &entry);
    }
}
