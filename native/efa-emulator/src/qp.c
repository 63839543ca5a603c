/* Queue pairs: creation, states, receive queue. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "device.h"
#include "engine.h"
#include "faults.h"

static int check(const struct ibv_qp_init_attr_ex *attr, bool srd)
{
    const uint64_t known = IBV_QP_INIT_ATTR_PD | IBV_QP_INIT_ATTR_SEND_OPS_FLAGS;
    if ((attr->comp_mask & ~known) || attr->qp_type != (srd ? IBV_QPT_DRIVER : IBV_QPT_UD))
        return EOPNOTSUPP;
    if (!(attr->comp_mask & IBV_QP_INIT_ATTR_PD) || !attr->send_cq || !attr->recv_cq || attr->srq)
        return EINVAL;
    if (attr->cap.max_send_wr > EMU_MAX_SQ_WR || attr->cap.max_recv_wr > EMU_MAX_RQ_WR ||
        attr->cap.max_send_sge > EMU_MAX_SQ_SGE || attr->cap.max_recv_sge > EMU_MAX_RQ_SGE ||
        attr->cap.max_inline_data > EMU_INLINE)
        return EINVAL;
    if (attr->comp_mask & IBV_QP_INIT_ATTR_SEND_OPS_FLAGS) {
        uint64_t operations = IBV_QP_EX_WITH_SEND | IBV_QP_EX_WITH_SEND_WITH_IMM;
        unsigned generation = emu_device.config.generation;
        if (srd && generation >= 2)
            operations |= IBV_QP_EX_WITH_RDMA_READ;
        if (srd && generation >= 3)
            operations |= IBV_QP_EX_WITH_RDMA_WRITE | IBV_QP_EX_WITH_RDMA_WRITE_WITH_IMM;
        if (attr->send_ops_flags & ~operations)
            return EOPNOTSUPP;
    }
    return 0;
}

static void release(struct emu_qp *qp)
{
    pthread_mutex_destroy(&qp->ex.qp_base.mutex);
    pthread_cond_destroy(&qp->ex.qp_base.cond);
    free(qp->sq);
    free(qp->rq);
    free(qp->staged);
    free(qp);
}

static struct emu_qp *allocate(const struct ibv_qp_init_attr_ex *attr)
{
    struct emu_qp *qp = aligned_alloc(_Alignof(struct emu_qp), sizeof(*qp));
    if (!qp)
        return NULL;
    memset(qp, 0, sizeof(*qp));
    qp->sq_size = qp->sq_free = attr->cap.max_send_wr;
    qp->rq_size = attr->cap.max_recv_wr;
    pthread_mutex_init(&qp->ex.qp_base.mutex, NULL);
    pthread_cond_init(&qp->ex.qp_base.cond, NULL);
    qp->sq = calloc(qp->sq_size + 1, sizeof(*qp->sq));
    qp->staged = calloc(qp->sq_size + 1, sizeof(*qp->staged));
    qp->rq = calloc(qp->rq_size + 1, sizeof(*qp->rq));
    if (!qp->sq || !qp->staged || !qp->rq) {
        release(qp);
        return NULL;
    }
    for (uint32_t i = qp->sq_size; i-- > 0;) {
        qp->sq[i].next = qp->free_wqes;
        qp->free_wqes = &qp->sq[i];
    }
    return qp;
}

/* The low bits of a QP number are unique in the process; a number is used again as late as possible. */
static bool take_number_locked(struct emu_device *dev, struct emu_qp *qp)
{
    for (unsigned i = 0; i < EMU_MAX_QP; i++) {
        unsigned index = (dev->qp_next + i) % EMU_MAX_QP;
        if (!dev->qps[index]) {
            dev->qp_next = index + 1;
            dev->qps[index] = qp;
            qp->index = (uint8_t)index;
            return true;
        }
    }
    return false;
}

struct ibv_qp *emu_qp_create(struct ibv_context *context, struct ibv_qp_init_attr_ex *attr, bool srd, unsigned flags)
{
    struct emu_device *dev = emu_of(context);
    int error = check(attr, srd);
    if (error) {
        errno = error;
        return NULL;
    }
    struct emu_qp *qp = allocate(attr);
    if (!qp) {
        errno = ENOMEM;
        return NULL;
    }
    qp->dev = dev;
    qp->ud = !srd;
    qp->unsolicited = flags & EMU_QP_UNSOLICITED_WRITE_RECV;
    qp->rnr_retry = EMU_RNR_INFINITE;
    qp->send_cq = (struct emu_cq *)attr->send_cq;
    qp->recv_cq = (struct emu_cq *)attr->recv_cq;
    qp->state = IBV_QPS_RESET;

    emu_lock(&dev->lock);
    if (!take_number_locked(dev, qp)) {
        emu_unlock(&dev->lock);
        release(qp);
        errno = ENOMEM;
        return NULL;
    }
    qp->send_cq->users++;
    qp->recv_cq->users++;
    qp->random = emu_fault_stream(dev, qp->index);
    struct emu_qp_shared *shared = &dev->shared->qps[qp->index];
    qp->incarnation = ++dev->incarnations;
    atomic_store(&shared->posted, 0);
    atomic_store(&shared->claimed, 0);
    atomic_store(&shared->least_buffer, UINT32_MAX);
    emu_unlock(&dev->lock);

    struct ibv_qp *base = &qp->ex.qp_base;
    base->context = context;
    base->qp_context = attr->qp_context;
    base->pd = attr->pd;
    base->send_cq = attr->send_cq;
    base->recv_cq = attr->recv_cq;
    base->qp_num = (uint32_t)dev->slot << 8 | qp->index;
    base->handle = base->qp_num;
    base->state = IBV_QPS_RESET;
    base->qp_type = attr->qp_type;
    emu_qp_install_builders(qp);
    return base;
}

EMU_EXPORT struct ibv_qp *efadv_create_qp_ex(
    struct ibv_context *context, struct ibv_qp_init_attr_ex *attr, struct efadv_qp_init_attr *efa, uint32_t size)
{
    struct emu_dv_qp_init_attr all = {0};
    if (size < offsetof(struct emu_dv_qp_init_attr, flags)) {
        errno = EINVAL;
        return NULL;
    }
    memcpy(&all, efa, size < sizeof(all) ? size : sizeof(all));
    unsigned flags = emu_of(context)->config.generation >= 3 ? EMU_QP_UNSOLICITED_WRITE_RECV : 0;
    bool srd = attr->qp_type == IBV_QPT_DRIVER;
    if (all.comp_mask || (all.flags & ~flags) || all.sl > EMU_SL_MAX ||
        (srd && all.driver_qp_type != EFADV_QP_DRIVER_TYPE_SRD)) {
        errno = EOPNOTSUPP;
        return NULL;
    }
    return emu_qp_create(context, attr, srd, all.flags);
}

static struct ibv_qp_init_attr_ex extend(struct ibv_pd *pd, const struct ibv_qp_init_attr *attr)
{
    return (struct ibv_qp_init_attr_ex){
        .qp_context = attr->qp_context,
        .send_cq = attr->send_cq,
        .recv_cq = attr->recv_cq,
        .srq = attr->srq,
        .cap = attr->cap,
        .qp_type = attr->qp_type,
        .sq_sig_all = attr->sq_sig_all,
        .comp_mask = IBV_QP_INIT_ATTR_PD,
        .pd = pd,
    };
}

EMU_EXPORT struct ibv_qp *efadv_create_driver_qp(struct ibv_pd *pd, struct ibv_qp_init_attr *attr, uint32_t type)
{
    struct ibv_qp_init_attr_ex extended = extend(pd, attr);
    if (attr->qp_type != IBV_QPT_DRIVER || type != EFADV_QP_DRIVER_TYPE_SRD) {
        errno = EOPNOTSUPP;
        return NULL;
    }
    return emu_qp_create(pd->context, &extended, true, 0);
}

EMU_EXPORT struct ibv_qp *ibv_create_qp(struct ibv_pd *pd, struct ibv_qp_init_attr *attr)
{
    struct ibv_qp_init_attr_ex extended = extend(pd, attr);
    return emu_qp_create(pd->context, &extended, false, 0);
}

EMU_EXPORT struct ibv_qp_ex *ibv_qp_to_qp_ex(struct ibv_qp *qp)
{
    return &emu_qp(qp)->ex;
}

static bool transition_is_legal(enum ibv_qp_state from, enum ibv_qp_state to)
{
    return to == IBV_QPS_RESET || to == IBV_QPS_ERR || (from == IBV_QPS_RESET && to == IBV_QPS_INIT) ||
           (from == IBV_QPS_INIT && (to == IBV_QPS_INIT || to == IBV_QPS_RTR)) ||
           (from == IBV_QPS_RTR && to == IBV_QPS_RTS) || (from == IBV_QPS_RTS && to == IBV_QPS_RTS);
}

/* Peers may send from RTR on. */
static void publish_locked(struct emu_qp *qp)
{
    uint32_t state = 0;
    /* A program may close the device before its queue pairs. */
    if (!qp->dev->active)
        return;
    struct emu_qp_shared *shared = &qp->dev->shared->qps[qp->index];
    if (qp->state == IBV_QPS_RTR || qp->state == IBV_QPS_RTS) {
        state = EMU_QP_SHARED_READY | qp->incarnation * EMU_QP_SHARED_INCARNATION;
        if (qp->unsolicited)
            state |= EMU_QP_SHARED_UNSOLICITED;
        if (qp->ud)
            state |= EMU_QP_SHARED_UD;
    }
    atomic_store(&shared->qkey, qp->qkey);
    atomic_store(&shared->state, state);
}

/* No receive is left, so none may be claimed. */
static void reset_locked(struct emu_qp *qp)
{
    emu_engine_discard_locked(qp);
    qp->incarnation = ++qp->dev->incarnations;
    if (qp->dev->active) {
        struct emu_qp_shared *shared = &qp->dev->shared->qps[qp->index];
        atomic_store(&shared->posted, atomic_load(&shared->claimed));
    }
}

EMU_EXPORT int ibv_modify_qp(struct ibv_qp *ibv, struct ibv_qp_attr *attr, int mask)
{
    struct emu_qp *qp = emu_qp(ibv);
    if ((mask & IBV_QP_PORT) && attr->port_num != 1)
        return EINVAL;
    if ((mask & IBV_QP_RNR_RETRY) && attr->rnr_retry > EMU_RNR_INFINITE)
        return EINVAL;
    emu_lock(&qp->dev->lock);
    if ((mask & IBV_QP_STATE) && !transition_is_legal(qp->state, attr->qp_state)) {
        emu_unlock(&qp->dev->lock);
        return EINVAL;
    }
    if (mask & IBV_QP_QKEY)
        qp->qkey = attr->qkey;
    if (mask & IBV_QP_RNR_RETRY)
        qp->rnr_retry = attr->rnr_retry;
    if (mask & IBV_QP_STATE) {
        qp->state = attr->qp_state;
        ibv->state = attr->qp_state;
        if (qp->state == IBV_QPS_ERR)
            emu_engine_flush_locked(qp);
        else if (qp->state == IBV_QPS_RESET)
            reset_locked(qp);
    }
    publish_locked(qp);
    emu_unlock(&qp->dev->lock);
    return 0;
}

EMU_EXPORT int ibv_query_qp(struct ibv_qp *ibv, struct ibv_qp_attr *attr, int mask, struct ibv_qp_init_attr *init)
{
    struct emu_qp *qp = emu_qp(ibv);
    (void)mask;
    memset(attr, 0, sizeof(*attr));
    memset(init, 0, sizeof(*init));
    emu_lock(&qp->dev->lock);
    attr->qp_state = attr->cur_qp_state = qp->state;
    attr->qkey = qp->qkey;
    attr->port_num = 1;
    attr->rnr_retry = qp->rnr_retry;
    emu_unlock(&qp->dev->lock);
    attr->cap = (struct ibv_qp_cap){.max_send_wr = qp->sq_size,
        .max_recv_wr = qp->rq_size,
        .max_send_sge = EMU_MAX_SQ_SGE,
        .max_recv_sge = EMU_MAX_RQ_SGE,
        .max_inline_data = EMU_INLINE};
    init->cap = attr->cap;
    init->qp_context = ibv->qp_context;
    init->send_cq = ibv->send_cq;
    init->recv_cq = ibv->recv_cq;
    init->qp_type = ibv->qp_type;
    return 0;
}

/* RDMA by one copy leaves the order of bytes open, as the card does where it does not promise otherwise. */
EMU_EXPORT int emu_qp_in_order(struct ibv_qp *qp, enum ibv_wr_opcode op, uint32_t flags) __asm__(
    "ibv_query_qp_data_in_order");
EMU_EXPORT int emu_qp_in_order(struct ibv_qp *qp, enum ibv_wr_opcode op, uint32_t flags)
{
    (void)qp, (void)op, (void)flags;
    return 0;
}

EMU_EXPORT int ibv_destroy_qp(struct ibv_qp *ibv)
{
    struct emu_qp *qp = emu_qp(ibv);
    struct emu_device *dev = qp->dev;
    emu_lock(&dev->lock);
    qp->state = IBV_QPS_RESET;
    publish_locked(qp);
    emu_engine_discard_locked(qp);
    emu_cq_purge_locked(qp->send_cq, ibv->qp_num);
    emu_cq_purge_locked(qp->recv_cq, ibv->qp_num);
    qp->send_cq->users--;
    qp->recv_cq->users--;
    dev->qps[qp->index] = NULL;
    emu_unlock(&dev->lock);
    release(qp);
    return 0;
}

bool emu_qp_take_recv_locked(struct emu_qp *qp, struct emu_recv *recv)
{
    if (!qp->rq_count)
        return false;
    *recv = qp->rq[qp->rq_head];
    qp->rq_head = qp->rq_head + 1 == qp->rq_size ? 0 : qp->rq_head + 1;
    qp->rq_count--;
    return true;
}

static int add_recv_locked(struct emu_qp *qp, const struct ibv_recv_wr *wr)
{
    struct emu_qp_shared *shared = &qp->dev->shared->qps[qp->index];
    if (qp->state == IBV_QPS_RESET || wr->num_sge < 0 || wr->num_sge > EMU_MAX_RQ_SGE)
        return EINVAL;
    if (qp->rq_count == qp->rq_size)
        return ENOMEM;
    struct emu_recv recv = {.wr_id = wr->wr_id};
    if (wr->num_sge) {
        const struct ibv_sge *sge = wr->sg_list;
        if (sge->length && !emu_mr_check(qp->dev->shared, sge->lkey, sge->addr, sge->length, IBV_ACCESS_LOCAL_WRITE))
            return EINVAL;
        recv.address = sge->addr;
        recv.length = sge->length;
    }
    uint32_t tail = qp->rq_head + qp->rq_count;
    qp->rq[tail >= qp->rq_size ? tail - qp->rq_size : tail] = recv;
    qp->rq_count++;
    uint32_t room = qp->ud ? (recv.length > EMU_GRH ? recv.length - EMU_GRH : 0) : recv.length;
    if (room < atomic_load_explicit(&shared->least_buffer, memory_order_relaxed))
        atomic_store(&shared->least_buffer, room);
    return 0;
}

int emu_post_recv(struct ibv_qp *ibv, struct ibv_recv_wr *wr, struct ibv_recv_wr **bad)
{
    struct emu_qp *qp = emu_qp(ibv);
    uint64_t added = 0;
    int error = 0;
    emu_lock(&qp->dev->lock);
    for (; wr; wr = wr->next, added++) {
        error = add_recv_locked(qp, wr);
        if (error) {
            *bad = wr;
            break;
        }
    }
    /* One credit each, published together. */
    if (added)
        atomic_fetch_add(&qp->dev->shared->qps[qp->index].posted, added);
    emu_unlock(&qp->dev->lock);
    return error;
}
