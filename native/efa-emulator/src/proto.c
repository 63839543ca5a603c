/* What a frame does on arrival: the target's side of operations, and the answers at the initiator's. */
#include <stdlib.h>
#include <string.h>

#include "bulk.h"
#include "credit.h"
#include "engine.h"
#include "faults.h"
#include "link.h"

enum { DRAIN_BUDGET = 1024 };

static struct emu_qp *target_qp(struct emu_device *dev, const struct emu_frame *frame)
{
    struct emu_qp *qp = dev->qps[frame->target_qpn % EMU_MAX_QP];
    if (!qp || qp->ex.qp_base.qp_num != frame->target_qpn || (qp->state != IBV_QPS_RTR && qp->state != IBV_QPS_RTS))
        return NULL;
    return qp->qkey == frame->qkey ? qp : NULL;
}

static bool answer(struct emu_link *link, uint32_t token, enum emu_status status)
{
    struct emu_frame *frame = link->wire->reserve(link, 0);
    if (!frame)
        return false;
    *frame = (struct emu_frame){.type = EMU_FRAME_ACK, .token = token, .status = (uint16_t)status};
    link->wire->commit(link);
    link->wire->flush(link, false);
    return true;
}

/* Whoever has ended needs no answer. */
static bool can_answer(struct emu_link *link, const struct emu_frame *frame)
{
    return !(frame->flags & EMU_FRAME_WANT_ACK) || link->ended || link->wire->reserve(link, 0);
}

static bool answer_if_wanted(struct emu_link *link, const struct emu_frame *frame, enum emu_status status)
{
    if (!(frame->flags & EMU_FRAME_WANT_ACK) || link->ended)
        return true;
    return answer(link, frame->token, status);
}

static struct emu_cqe received(const struct emu_qp *qp, const struct emu_link *link, const struct emu_frame *frame)
{
    return (struct emu_cqe){
        .qp_num = qp->ex.qp_base.qp_num,
        .src_qp = frame->source_qpn,
        .slid = emu_ah_lookup_locked(qp->dev, link->node),
        .source_node = link->node,
        .imm = frame->imm,
        .wc_flags = frame->flags & EMU_FRAME_IMM ? IBV_WC_WITH_IMM : 0,
    };
}

/* Before the data of a datagram stand 40 bytes, as the verbs of unreliable datagrams have it. */
static uint32_t put_grh(struct emu_device *dev, const struct emu_link *link, const struct emu_recv *recv)
{
    char header[EMU_GRH] = {0};
    union ibv_gid source = emu_gid(dev, link->node);
    memcpy(header + 8, source.raw, 16);
    memcpy(header + 24, dev->gid.raw, 16);
    memcpy((void *)(uintptr_t)recv->address, header, sizeof(header));
    return sizeof(header);
}

static bool on_send(struct emu_device *dev, struct emu_link *link, const struct emu_frame *frame)
{
    struct emu_qp *qp = target_qp(dev, frame);
    struct emu_recv recv;
    if (!qp)
        return answer_if_wanted(link, frame, EMU_REMOTE_BAD_DEST_QPN);
    if (!emu_cq_has_room(qp->recv_cq) || !can_answer(link, frame))
        return false;
    if (!emu_qp_take_recv_locked(qp, &recv))
        return answer_if_wanted(link, frame, qp->ud ? EMU_OK : EMU_REMOTE_RNR);
    struct emu_cqe entry = received(qp, link, frame);
    uint32_t before = qp->ud ? EMU_GRH : 0;
    entry.wr_id = recv.wr_id;
    entry.opcode = IBV_WC_RECV;
    entry.byte_len = before + frame->length;
    if (entry.byte_len > recv.length) {
        entry.status = IBV_WC_LOC_LEN_ERR;
        entry.vendor_err = EMU_LOCAL_BAD_LENGTH;
        dev->counters.errors++;
        emu_cq_push_locked(qp->recv_cq, &entry);
        return answer_if_wanted(link, frame, EMU_REMOTE_BAD_LENGTH);
    }
    if (qp->ud)
        put_grh(dev, link, &recv);
    if (frame->length)
        memcpy((char *)(uintptr_t)recv.address + before, frame + 1, frame->length);
    dev->counters.rx_packets++;
    dev->counters.rx_bytes += frame->length;
    emu_cq_push_locked(qp->recv_cq, &entry);
    return answer_if_wanted(link, frame, EMU_OK);
}

/* The completion of a write with immediate data. false: no room in the completion queue. */
static bool deliver_imm(struct emu_device *dev, struct emu_qp *qp, struct emu_link *link, const struct emu_frame *frame,
    enum emu_status *status)
{
    struct emu_recv recv = {0};
    *status = EMU_OK;
    if (!emu_cq_has_room(qp->recv_cq))
        return false;
    if (!qp->unsolicited && !emu_qp_take_recv_locked(qp, &recv)) {
        *status = EMU_REMOTE_RNR;
        return true;
    }
    struct emu_cqe entry = received(qp, link, frame);
    entry.wr_id = recv.wr_id;
    entry.opcode = IBV_WC_RECV_RDMA_WITH_IMM;
    entry.byte_len = frame->total;
    entry.unsolicited = qp->unsolicited;
    entry.wc_flags = IBV_WC_WITH_IMM;
    emu_cq_push_locked(qp->recv_cq, &entry);
    dev->counters.rx_packets++;
    return true;
}

static bool on_write(struct emu_device *dev, struct emu_link *link, const struct emu_frame *frame)
{
    struct emu_qp *qp = target_qp(dev, frame);
    enum emu_status status = EMU_OK;
    if (!can_answer(link, frame))
        return false;
    if (!qp)
        status = EMU_REMOTE_BAD_DEST_QPN;
    else if (!emu_ah_known_locked(dev, link->node))
        status = EMU_REMOTE_UNKNOWN_PEER;
    else if (frame->length &&
             !emu_mr_check(dev->shared, frame->rkey, frame->address, frame->length, IBV_ACCESS_REMOTE_WRITE))
        status = EMU_REMOTE_BAD_ADDRESS;
    if (!(frame->flags & EMU_FRAME_LAST)) {
        if (status == EMU_OK)
            memcpy((void *)(uintptr_t)frame->address, frame + 1, frame->length);
        return true;
    }
    /* The last piece answers for the whole range: an earlier one that was not good had no say. */
    if (status == EMU_OK && frame->total &&
        !emu_mr_check(dev->shared, frame->rkey, frame->address + frame->length - frame->total, frame->total,
            IBV_ACCESS_REMOTE_WRITE))
        status = EMU_REMOTE_BAD_ADDRESS;
    if (status == EMU_OK && (frame->flags & EMU_FRAME_IMM) && !deliver_imm(dev, qp, link, frame, &status))
        return false;
    if (status == EMU_OK) {
        memcpy((void *)(uintptr_t)frame->address, frame + 1, frame->length);
        dev->counters.rx_bytes += frame->total;
    }
    return answer_if_wanted(link, frame, status);
}

static bool on_write_imm(struct emu_device *dev, struct emu_link *link, const struct emu_frame *frame)
{
    struct emu_qp *qp = target_qp(dev, frame);
    enum emu_status status;
    if (!qp)
        return true;
    if (!deliver_imm(dev, qp, link, frame, &status))
        return false;
    dev->counters.rx_bytes += frame->total;
    return true;
}

static bool on_read(struct emu_device *dev, struct emu_link *link, const struct emu_frame *frame)
{
    if (!can_answer(link, frame))
        return false;
    if (!target_qp(dev, frame))
        return answer_if_wanted(link, frame, EMU_REMOTE_BAD_DEST_QPN);
    if (!emu_ah_known_locked(dev, link->node))
        return answer_if_wanted(link, frame, EMU_REMOTE_UNKNOWN_PEER);
    if (!emu_mr_check(dev->shared, frame->rkey, frame->address, frame->total, IBV_ACCESS_REMOTE_READ))
        return answer_if_wanted(link, frame, EMU_REMOTE_BAD_ADDRESS);
    if (!frame->total)
        return answer_if_wanted(link, frame, EMU_OK);
    struct emu_served_read *read = malloc(sizeof(*read));
    if (!read)
        return false;
    *read = (struct emu_served_read){
        .token = frame->token, .rkey = frame->rkey, .total = frame->total, .address = frame->address};
    if (link->last_read)
        link->last_read->next = read;
    else
        link->reads = read;
    link->last_read = read;
    dev->reads_served++;
    return true;
}

void emu_link_serve_reads_locked(struct emu_device *dev, struct emu_link *link)
{
    bool moved = false;
    while (link->reads && !link->ended) {
        struct emu_served_read *read = link->reads;
        uint32_t rest = read->total - read->sent;
        uint32_t piece = rest < EMU_FRAME_PAYLOAD ? rest : (uint32_t)EMU_FRAME_PAYLOAD;
        bool valid = emu_mr_check(dev->shared, read->rkey, read->address, read->total, IBV_ACCESS_REMOTE_READ);
        struct emu_frame *frame = link->wire->reserve(link, valid ? piece : 0);
        if (!frame)
            break;
        if (valid) {
            *frame = (struct emu_frame){
                .type = EMU_FRAME_DATA, .token = read->token, .length = piece, .address = read->sent};
            memcpy(frame + 1, (void *)(uintptr_t)(read->address + read->sent), piece);
            read->sent += piece;
        } else {
            *frame = (struct emu_frame){.type = EMU_FRAME_ACK, .token = read->token, .status = EMU_REMOTE_BAD_ADDRESS};
        }
        link->wire->commit(link);
        moved = true;
        if (!valid || read->sent == read->total) {
            link->reads = read->next;
            if (!link->reads)
                link->last_read = NULL;
            free(read);
            dev->reads_served--;
        }
    }
    if (moved)
        link->wire->flush(link, false);
}

static bool on_ack(struct emu_device *dev, struct emu_link *link, const struct emu_frame *frame)
{
    struct emu_qp *qp;
    struct emu_wqe *wqe = emu_engine_find_locked(dev, frame->token, &qp);
    if (!wqe || wqe->link != link)
        return true;
    if (frame->status == EMU_REMOTE_RNR) {
        dev->counters.rnr++;
        emu_engine_not_ready_locked(qp, wqe, emu_now());
        return true;
    }
    if (!emu_cq_has_room(qp->send_cq))
        return false;
    emu_engine_complete_locked(qp, wqe, (enum emu_status)frame->status);
    return true;
}

static bool on_data(struct emu_device *dev, struct emu_link *link, const struct emu_frame *frame)
{
    struct emu_qp *qp;
    struct emu_wqe *wqe = emu_engine_find_locked(dev, frame->token, &qp);
    if (!wqe || wqe->link != link || wqe->op != EMU_OP_READ)
        return true;
    if (frame->address > wqe->total || frame->length > wqe->total - frame->address)
        return true;
    if (!emu_cq_has_room(qp->send_cq))
        return false;
    emu_scatter(wqe, (uint32_t)frame->address, (const char *)(frame + 1), frame->length);
    wqe->moved += frame->length;
    if (wqe->moved == wqe->total)
        emu_engine_complete_locked(qp, wqe, EMU_OK);
    return true;
}

static bool handle(struct emu_device *dev, struct emu_link *link, const struct emu_frame *frame)
{
    if (frame->type == EMU_FRAME_PARTITION) {
        link->peer_partitioned = true;
        return true;
    }
    if (link->incoming) {
        switch (frame->type) {
        case EMU_FRAME_SEND:
            return on_send(dev, link, frame);
        case EMU_FRAME_READ:
            return on_read(dev, link, frame);
        case EMU_FRAME_WRITE:
            return on_write(dev, link, frame);
        case EMU_FRAME_WRITE_IMM:
            return on_write_imm(dev, link, frame);
        case EMU_FRAME_BULK:
            emu_bulk_asked_locked(dev, frame->rkey);
            return true;
        }
    } else {
        switch (frame->type) {
        case EMU_FRAME_ACK:
            return on_ack(dev, link, frame);
        case EMU_FRAME_DATA:
            return on_data(dev, link, frame);
        }
    }
    /* Nothing of ours sends anything else. */
    link->ended = true;
    return true;
}

void emu_link_drain_locked(struct emu_device *dev, struct emu_link *link)
{
    if (dev->config.fault.partition && emu_fault_partitioned_locked(dev, link->node, link, emu_now()))
        return;
    for (unsigned i = 0; i < DRAIN_BUDGET; i++) {
        struct emu_frame *frame = link->wire->peek(link);
        if (!frame || !handle(dev, link, frame))
            return;
        if (frame->flags & EMU_FRAME_CLAIMED)
            emu_credit_spent_locked(link, frame->target_qpn);
        link->wire->consume(link);
        dev->frames++;
    }
}
