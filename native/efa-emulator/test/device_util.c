#include "device_util.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

_Noreturn void test_fail(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
    _Exit(1);
}

double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct ibv_context *test_open(void)
{
    int count;
    struct ibv_device **list = ibv_get_device_list(&count);
    CHECK(list && count == 1);
    struct ibv_context *context = ibv_open_device(list[0]);
    CHECK(context);
    ibv_free_device_list(list);
    return context;
}

static struct ibv_cq_ex *open_cq(struct ibv_context *context, unsigned size, struct ibv_comp_channel *channel)
{
    struct ibv_cq_init_attr_ex attr = {.cqe = size, .channel = channel, .wc_flags = IBV_WC_STANDARD_FLAGS};
    struct efadv_cq_init_attr efa = {.wc_flags = EMU_WC_WITH_SGID | EMU_WC_WITH_IS_UNSOLICITED};
    struct ibv_cq_ex *cq = efadv_create_cq(context, &attr, &efa, sizeof(efa));
    CHECK(cq);
    return cq;
}

static void bring_up(struct endpoint *e, unsigned rnr_retry)
{
    struct ibv_qp_attr attr = {.qp_state = IBV_QPS_INIT, .port_num = 1, .qkey = e->qkey};
    CHECK(!ibv_modify_qp(e->qp, &attr, IBV_QP_STATE | IBV_QP_PKEY_INDEX | IBV_QP_PORT | IBV_QP_QKEY));
    attr.qp_state = IBV_QPS_RTR;
    CHECK(!ibv_modify_qp(e->qp, &attr, IBV_QP_STATE));
    attr.qp_state = IBV_QPS_RTS;
    attr.rnr_retry = (uint8_t)(rnr_retry ? rnr_retry - 1 : 0);
    CHECK(!ibv_modify_qp(e->qp, &attr, IBV_QP_STATE | IBV_QP_SQ_PSN | (rnr_retry ? IBV_QP_RNR_RETRY : 0)));
}

void endpoint_open(struct endpoint *e, struct ibv_context *context, struct options options)
{
    static uint32_t next_qkey = 0x1000;
    unsigned receives = options.receives ? options.receives : 512;
    memset(e, 0, sizeof(*e));
    e->length = options.buffer ? options.buffer : 1024 * 1024;
    e->qkey = next_qkey++;
    e->pd = ibv_alloc_pd(context);
    e->send_cq = open_cq(context, 4096, NULL);
    e->recv_cq = open_cq(context, receives, options.channel);
    e->buffer = mmap(NULL, e->length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(e->buffer != MAP_FAILED);
    e->mr = ibv_reg_mr(
        e->pd, e->buffer, e->length, IBV_ACCESS_LOCAL_WRITE | IBV_ACCESS_REMOTE_READ | IBV_ACCESS_REMOTE_WRITE);
    CHECK(e->mr);
    struct ibv_qp_init_attr_ex attr = {
        .send_cq = ibv_cq_ex_to_cq(e->send_cq),
        .recv_cq = ibv_cq_ex_to_cq(e->recv_cq),
        .cap =
            {.max_send_wr = 1024, .max_recv_wr = receives, .max_send_sge = 2, .max_recv_sge = 1, .max_inline_data = 32},
        .qp_type = IBV_QPT_DRIVER,
        .comp_mask = IBV_QP_INIT_ATTR_PD | IBV_QP_INIT_ATTR_SEND_OPS_FLAGS,
        .pd = e->pd,
        .send_ops_flags = IBV_QP_EX_WITH_SEND | IBV_QP_EX_WITH_SEND_WITH_IMM | IBV_QP_EX_WITH_RDMA_READ |
                          IBV_QP_EX_WITH_RDMA_WRITE | IBV_QP_EX_WITH_RDMA_WRITE_WITH_IMM,
    };
    struct emu_dv_qp_init_attr efa = {
        .driver_qp_type = EFADV_QP_DRIVER_TYPE_SRD, .flags = options.unsolicited ? EMU_QP_UNSOLICITED_WRITE_RECV : 0};
    e->qp = efadv_create_qp_ex(context, &attr, (struct efadv_qp_init_attr *)&efa, sizeof(efa));
    CHECK(e->qp);
    e->ex = ibv_qp_to_qp_ex(e->qp);
    bring_up(e, options.rnr_retry);
}

void endpoint_close(struct endpoint *e)
{
    CHECK(!ibv_destroy_qp(e->qp));
    CHECK(!ibv_destroy_cq(ibv_cq_ex_to_cq(e->send_cq)));
    CHECK(!ibv_destroy_cq(ibv_cq_ex_to_cq(e->recv_cq)));
    CHECK(!ibv_dereg_mr(e->mr));
    CHECK(!ibv_dealloc_pd(e->pd));
    munmap(e->buffer, e->length);
}

struct peer endpoint_address(const struct endpoint *e, struct ibv_context *context)
{
    struct peer address = {.qpn = e->qp->qp_num,
        .qkey = e->qkey,
        .rkey = e->mr->rkey,
        .buffer = (uintptr_t)e->buffer,
        .length = e->length};
    CHECK(!ibv_query_gid(context, 1, 0, &address.gid));
    return address;
}

struct ibv_ah *ah_open(struct endpoint *e, const union ibv_gid *gid)
{
    struct ibv_ah_attr attr = {.port_num = 1, .is_global = 1, .grh = {.dgid = *gid}};
    struct ibv_ah *ah = ibv_create_ah(e->pd, &attr);
    CHECK(ah);
    return ah;
}

int post_recv(struct endpoint *e, uint64_t id, size_t offset, uint32_t length)
{
    struct ibv_sge sge = {.addr = (uintptr_t)e->buffer + offset, .length = length, .lkey = e->mr->lkey};
    struct ibv_recv_wr wr = {.wr_id = id, .sg_list = &sge, .num_sge = 1}, *bad;
    return ibv_post_recv(e->qp, &wr, &bad);
}

static void set_buffer(struct endpoint *e, size_t offset, uint32_t length)
{
    ibv_wr_set_sge(e->ex, e->mr->lkey, (uintptr_t)e->buffer + offset, length);
}

int post_send(struct endpoint *e, uint64_t id, struct ibv_ah *ah, const struct peer *to, size_t offset, uint32_t length)
{
    ibv_wr_start(e->ex);
    e->ex->wr_id = id;
    ibv_wr_send(e->ex);
    set_buffer(e, offset, length);
    ibv_wr_set_ud_addr(e->ex, ah, to->qpn, to->qkey);
    return ibv_wr_complete(e->ex);
}

int post_read(struct endpoint *e, uint64_t id, struct ibv_ah *ah, const struct peer *to, size_t offset, uint64_t remote,
    uint32_t length)
{
    ibv_wr_start(e->ex);
    e->ex->wr_id = id;
    ibv_wr_rdma_read(e->ex, to->rkey, remote);
    set_buffer(e, offset, length);
    ibv_wr_set_ud_addr(e->ex, ah, to->qpn, to->qkey);
    return ibv_wr_complete(e->ex);
}

int post_write(struct endpoint *e, uint64_t id, struct ibv_ah *ah, const struct peer *to, size_t offset,
    uint64_t remote, uint32_t length, const uint32_t *imm)
{
    ibv_wr_start(e->ex);
    e->ex->wr_id = id;
    if (imm)
        ibv_wr_rdma_write_imm(e->ex, to->rkey, remote, *imm);
    else
        ibv_wr_rdma_write(e->ex, to->rkey, remote);
    set_buffer(e, offset, length);
    ibv_wr_set_ud_addr(e->ex, ah, to->qpn, to->qkey);
    return ibv_wr_complete(e->ex);
}

bool poll_one(struct ibv_cq_ex *cq, struct completion *c)
{
    struct ibv_poll_cq_attr attr = {0};
    if (ibv_start_poll(cq, &attr))
        return false;
    struct emu_dv_cq *dv = (struct emu_dv_cq *)efadv_cq_from_ibv_cq_ex(cq);
    *c = (struct completion){
        .wr_id = cq->wr_id,
        .status = cq->status,
        .opcode = ibv_wc_read_opcode(cq),
        .vendor_err = ibv_wc_read_vendor_err(cq),
        .byte_len = ibv_wc_read_byte_len(cq),
        .imm = ibv_wc_read_imm_data(cq),
        .src_qp = ibv_wc_read_src_qp(cq),
        .slid = ibv_wc_read_slid(cq),
        .flags = ibv_wc_read_wc_flags(cq),
        .unsolicited = dv->wc_is_unsolicited((struct efadv_cq *)dv),
    };
    c->has_sgid = !dv->wc_read_sgid((struct efadv_cq *)dv, &c->sgid);
    ibv_end_poll(cq);
    return true;
}

bool wait_one(struct ibv_cq_ex *cq, struct completion *c, double seconds)
{
    double end = seconds_now() + seconds;
    while (!poll_one(cq, c)) {
        if (seconds_now() > end)
            return false;
    }
    return true;
}

void fill(char *data, size_t length, uint64_t seed)
{
    uint64_t x = seed * 0x9e3779b97f4a7c15ull + 1;
    for (size_t i = 0; i < length; i++) {
        x = x * 6364136223846793005ull + 1442695040888963407ull;
        data[i] = (char)(x >> 56);
    }
}

bool filled(const char *data, size_t length, uint64_t seed)
{
    uint64_t x = seed * 0x9e3779b97f4a7c15ull + 1;
    for (size_t i = 0; i < length; i++) {
        x = x * 6364136223846793005ull + 1442695040888963407ull;
        if (data[i] != (char)(x >> 56))
            return false;
    }
    return true;
}
