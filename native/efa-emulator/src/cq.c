/* Completion queues: creation, the extended polling interface, the plain one, and completion channels. */
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>

#include "device.h"
#include "engine.h"
#include "service.h"

enum { IDLE_POLLS_BEFORE_YIELD = 4096 };

/* A channel, with the writing end of its pipe behind the members that verbs.h knows. */
struct channel {
    struct ibv_comp_channel ibv;
    int write_fd;
};

enum ibv_wc_status emu_wc_status(enum emu_status status)
{
    switch (status) {
    case EMU_OK:
        return IBV_WC_SUCCESS;
    case EMU_FLUSHED:
        return IBV_WC_WR_FLUSH_ERR;
    case EMU_LOCAL_UNSUPPORTED_OP:
    case EMU_LOCAL_INVALID_AH:
        return IBV_WC_LOC_QP_OP_ERR;
    case EMU_LOCAL_INVALID_LKEY:
        return IBV_WC_LOC_PROT_ERR;
    case EMU_LOCAL_BAD_LENGTH:
        return IBV_WC_LOC_LEN_ERR;
    case EMU_REMOTE_BAD_ADDRESS:
        return IBV_WC_REM_ACCESS_ERR;
    case EMU_REMOTE_BAD_DEST_QPN:
        return IBV_WC_REM_INV_RD_REQ_ERR;
    case EMU_REMOTE_RNR:
        return IBV_WC_RNR_RETRY_EXC_ERR;
    case EMU_REMOTE_BAD_LENGTH:
        return IBV_WC_REM_INV_REQ_ERR;
    case EMU_REMOTE_UNRESPONSIVE:
    case EMU_REMOTE_UNREACHABLE:
        return IBV_WC_RESP_TIMEOUT_ERR;
    case EMU_REMOTE_UNKNOWN_PEER:
        return IBV_WC_REM_OP_ERR;
    }
    return IBV_WC_GENERAL_ERR;
}

bool emu_cq_has_room(const struct emu_cq *cq)
{
    return cq->tail - cq->head < cq->limit;
}

static void signal_channel_locked(struct emu_cq *cq)
{
    struct ibv_cq *ibv = (struct ibv_cq *)&cq->ex;
    ssize_t written;
    cq->armed = false;
    atomic_fetch_sub(&cq->dev->shared->armed, 1);
    do {
        written = write(((struct channel *)cq->ex.channel)->write_fd, &ibv, sizeof(ibv));
    } while (written < 0 && errno == EINTR);
}

void emu_cq_push_locked(struct emu_cq *cq, const struct emu_cqe *entry)
{
    cq->entries[cq->tail++ & (cq->capacity - 1)] = *entry;
    if (cq->armed)
        signal_channel_locked(cq);
}

/* The card reports nothing of a queue pair that is gone, and the provider could not tell whose completion it was. */
void emu_cq_purge_locked(struct emu_cq *cq, uint32_t qp_num)
{
    uint32_t kept = cq->head;
    for (uint32_t i = cq->head; i != cq->tail; i++) {
        struct emu_cqe *entry = &cq->entries[i & (cq->capacity - 1)];
        if (entry->qp_num != qp_num)
            cq->entries[kept++ & (cq->capacity - 1)] = *entry;
    }
    cq->tail = kept;
}

static struct emu_cq *cq_of(struct ibv_cq_ex *ex)
{
    return (struct emu_cq *)ex;
}

static bool pop_locked(struct emu_cq *cq)
{
    if (cq->head == cq->tail)
        return false;
    cq->current = cq->entries[cq->head++ & (cq->capacity - 1)];
    return true;
}

static int present(struct emu_cq *cq)
{
    cq->ex.wr_id = cq->current.wr_id;
    cq->ex.status = cq->current.status;
    return 0;
}

static int start_poll(struct ibv_cq_ex *ex, struct ibv_poll_cq_attr *attr)
{
    struct emu_cq *cq = cq_of(ex);
    if (attr && attr->comp_mask)
        return EINVAL;
    emu_service_give_way(cq->dev);
    /* Not held until end_poll: the provider posts between the two. */
    emu_lock(&cq->dev->lock);
    cq->dev->polls++;
    bool found = pop_locked(cq);
    if (!found) {
        emu_progress_locked(cq->dev);
        found = pop_locked(cq);
    }
    emu_unlock(&cq->dev->lock);
    if (found) {
        cq->idle_polls = 0;
        return present(cq);
    }
    /* Where processes outnumber processors, the one being waited for needs this one's. */
    if (++cq->idle_polls >= IDLE_POLLS_BEFORE_YIELD) {
        cq->idle_polls = 0;
        sched_yield();
    }
    return ENOENT;
}

static int next_poll(struct ibv_cq_ex *ex)
{
    struct emu_cq *cq = cq_of(ex);
    emu_lock(&cq->dev->lock);
    bool found = pop_locked(cq);
    if (!found) {
        emu_progress_locked(cq->dev);
        found = pop_locked(cq);
    }
    emu_unlock(&cq->dev->lock);
    return found ? present(cq) : ENOENT;
}

static void end_poll(struct ibv_cq_ex *ex)
{
    (void)ex;
}

static enum ibv_wc_opcode read_opcode(struct ibv_cq_ex *ex)
{
    return cq_of(ex)->current.opcode;
}

static uint32_t read_vendor_err(struct ibv_cq_ex *ex)
{
    return cq_of(ex)->current.vendor_err;
}

static uint32_t read_byte_len(struct ibv_cq_ex *ex)
{
    return cq_of(ex)->current.byte_len;
}

static __be32 read_imm_data(struct ibv_cq_ex *ex)
{
    return cq_of(ex)->current.imm;
}

static uint32_t read_qp_num(struct ibv_cq_ex *ex)
{
    return cq_of(ex)->current.qp_num;
}

static uint32_t read_src_qp(struct ibv_cq_ex *ex)
{
    return cq_of(ex)->current.src_qp;
}

static unsigned read_wc_flags(struct ibv_cq_ex *ex)
{
    return cq_of(ex)->current.wc_flags;
}

static uint32_t read_slid(struct ibv_cq_ex *ex)
{
    return cq_of(ex)->current.slid;
}

static uint8_t read_zero(struct ibv_cq_ex *ex)
{
    (void)ex;
    return 0;
}

static struct emu_cq *cq_of_dv(struct efadv_cq *dv)
{
    return (struct emu_cq *)((char *)dv - offsetof(struct emu_cq, dv));
}

static int read_sgid(struct efadv_cq *dv, union ibv_gid *gid)
{
    struct emu_cq *cq = cq_of_dv(dv);
    /* As on the card: the GID is only told of a sender that has no address handle here. */
    if (cq->current.slid != EMU_UNKNOWN_AHN)
        return -ENOENT;
    *gid = emu_gid(cq->dev, cq->current.source_node);
    return 0;
}

static bool is_unsolicited(struct efadv_cq *dv)
{
    return cq_of_dv(dv)->current.unsolicited;
}

static struct emu_cq *create(struct ibv_context *context, uint32_t size, struct ibv_comp_channel *channel, void *user)
{
    struct emu_device *dev = emu_of(context);
    if (!size || size > EMU_MAX_CQE) {
        errno = EINVAL;
        return NULL;
    }
    struct emu_cq *cq = calloc(1, sizeof(*cq));
    if (!cq) {
        errno = ENOMEM;
        return NULL;
    }
    for (cq->capacity = 16; cq->capacity < size;)
        cq->capacity *= 2;
    cq->limit = cq->capacity;
    cq->entries = calloc(cq->capacity, sizeof(*cq->entries));
    if (!cq->entries) {
        free(cq);
        errno = ENOMEM;
        return NULL;
    }
    cq->dev = dev;
    cq->ex.context = context;
    cq->ex.channel = channel;
    cq->ex.cq_context = user;
    cq->ex.cqe = (int)cq->limit;
    pthread_mutex_init(&cq->ex.mutex, NULL);
    pthread_cond_init(&cq->ex.cond, NULL);
    cq->ex.start_poll = start_poll;
    cq->ex.next_poll = next_poll;
    cq->ex.end_poll = end_poll;
    cq->ex.read_opcode = read_opcode;
    cq->ex.read_vendor_err = read_vendor_err;
    cq->ex.read_byte_len = read_byte_len;
    cq->ex.read_imm_data = read_imm_data;
    cq->ex.read_qp_num = read_qp_num;
    cq->ex.read_src_qp = read_src_qp;
    cq->ex.read_wc_flags = read_wc_flags;
    cq->ex.read_slid = read_slid;
    cq->ex.read_sl = read_zero;
    cq->ex.read_dlid_path_bits = read_zero;
    cq->dv.wc_read_sgid = read_sgid;
    cq->dv.wc_is_unsolicited = is_unsolicited;
    emu_lock(&dev->lock);
    cq->next = dev->cqs;
    dev->cqs = cq;
    emu_unlock(&dev->lock);
    return cq;
}

EMU_EXPORT struct ibv_cq *ibv_create_cq(
    struct ibv_context *context, int size, void *user, struct ibv_comp_channel *channel, int vector)
{
    if (size < 1 || vector) {
        errno = EINVAL;
        return NULL;
    }
    struct emu_cq *cq = create(context, (uint32_t)size, channel, user);
    return cq ? ibv_cq_ex_to_cq(&cq->ex) : NULL;
}

EMU_EXPORT struct ibv_cq_ex *efadv_create_cq(
    struct ibv_context *context, struct ibv_cq_init_attr_ex *attr, struct efadv_cq_init_attr *efa, uint32_t size)
{
    uint64_t flags = efa && size >= sizeof(*efa) ? efa->wc_flags : 0;
    if (attr->comp_mask || attr->comp_vector || (attr->wc_flags & ~(uint64_t)IBV_WC_STANDARD_FLAGS) ||
        (efa && efa->comp_mask) || (flags & ~(uint64_t)(EMU_WC_WITH_SGID | EMU_WC_WITH_IS_UNSOLICITED))) {
        errno = EOPNOTSUPP;
        return NULL;
    }
    struct emu_cq *cq = create(context, attr->cqe, attr->channel, attr->cq_context);
    return cq ? &cq->ex : NULL;
}

EMU_EXPORT struct efadv_cq *efadv_cq_from_ibv_cq_ex(struct ibv_cq_ex *ex)
{
    return (struct efadv_cq *)&cq_of(ex)->dv;
}

EMU_EXPORT int ibv_destroy_cq(struct ibv_cq *ibv)
{
    struct emu_cq *cq = (struct emu_cq *)ibv;
    struct emu_device *dev = cq->dev;
    emu_lock(&dev->lock);
    if (cq->users) {
        emu_unlock(&dev->lock);
        return EBUSY;
    }
    if (cq->armed && dev->active)
        atomic_fetch_sub(&dev->shared->armed, 1);
    struct emu_cq **at = &dev->cqs;
    while (*at != cq)
        at = &(*at)->next;
    *at = cq->next;
    emu_unlock(&dev->lock);
    pthread_mutex_destroy(&cq->ex.mutex);
    pthread_cond_destroy(&cq->ex.cond);
    free(cq->entries);
    free(cq);
    return 0;
}

int emu_poll_cq(struct ibv_cq *ibv, int count, struct ibv_wc *wc)
{
    struct emu_cq *cq = (struct emu_cq *)ibv;
    struct ibv_poll_cq_attr attr = {0};
    int done = 0;
    for (; done < count && !(done ? next_poll(&cq->ex) : start_poll(&cq->ex, &attr)); done++) {
        const struct emu_cqe *entry = &cq->current;
        wc[done] = (struct ibv_wc){
            .wr_id = entry->wr_id,
            .status = entry->status,
            .opcode = entry->opcode,
            .vendor_err = entry->vendor_err,
            .byte_len = entry->byte_len,
            .imm_data = entry->imm,
            .qp_num = entry->qp_num,
            .src_qp = entry->src_qp,
            .wc_flags = entry->wc_flags,
            .slid = (uint16_t)entry->slid,
        };
    }
    return done;
}

EMU_EXPORT struct ibv_comp_channel *ibv_create_comp_channel(struct ibv_context *context)
{
    int ends[2];
    struct channel *channel = calloc(1, sizeof(*channel));
    if (!channel || pipe2(ends, O_CLOEXEC)) {
        free(channel);
        return NULL;
    }
    channel->ibv.context = context;
    channel->ibv.fd = ends[0];
    channel->write_fd = ends[1];
    return &channel->ibv;
}

EMU_EXPORT int ibv_destroy_comp_channel(struct ibv_comp_channel *ibv)
{
    struct channel *channel = (struct channel *)ibv;
    close(channel->ibv.fd);
    close(channel->write_fd);
    free(channel);
    return 0;
}

int emu_req_notify_cq(struct ibv_cq *ibv, int solicited_only)
{
    struct emu_cq *cq = (struct emu_cq *)ibv;
    (void)solicited_only; /* the card has no solicited events */
    if (!cq->ex.channel)
        return EINVAL;
    emu_lock(&cq->dev->lock);
    if (!cq->armed) {
        cq->armed = true;
        /* Before the last look at the wires: a message sent after this brings a doorbell. */
        atomic_fetch_add(&cq->dev->shared->armed, 1);
        atomic_thread_fence(memory_order_seq_cst);
        emu_progress_locked(cq->dev);
    }
    emu_unlock(&cq->dev->lock);
    return 0;
}

EMU_EXPORT int ibv_get_cq_event(struct ibv_comp_channel *channel, struct ibv_cq **cq, void **user)
{
    struct ibv_cq *found;
    ssize_t size;
    do {
        size = read(channel->fd, &found, sizeof(found));
    } while (size < 0 && errno == EINTR);
    if (size != sizeof(found))
        return -1;
    *cq = found;
    *user = found->cq_context;
    return 0;
}

EMU_EXPORT void ibv_ack_cq_events(struct ibv_cq *cq, unsigned count)
{
    cq->comp_events_completed += count;
}
