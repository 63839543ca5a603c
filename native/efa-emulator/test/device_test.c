/*
 * The device through the verbs interface. Without arguments: everything one process can do with itself. With
 * "pair NAME" or "many NAME": a test between two or more processes. "names" lists those between two.
 * "hold": has its node until its input ends.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "counters.h"
#include "device_util.h"

static struct ibv_context *context;

static void expect(struct ibv_cq_ex *cq, uint64_t id, uint32_t vendor_err, struct completion *out)
{
    struct completion c;
    CHECK(wait_one(cq, &c, 10));
    if (c.wr_id != id || c.vendor_err != vendor_err)
        fprintf(stderr, "completion %llu with status %u, expected %llu with %u\n", (unsigned long long)c.wr_id,
            c.vendor_err, (unsigned long long)id, vendor_err);
    CHECK(c.wr_id == id && c.vendor_err == vendor_err && (c.status == IBV_WC_SUCCESS) == (vendor_err == 0));
    if (out)
        *out = c;
}

static void test_sends(void)
{
    static const uint32_t lengths[] = {0, 1, 31, 32, 33, 64, 4096, 8191, 8928};
    struct endpoint a, b;
    struct completion c;
    endpoint_open(&a, context, (struct options){0});
    endpoint_open(&b, context, (struct options){0});
    struct peer to = endpoint_address(&b, context);
    struct ibv_ah *ah = ah_open(&a, &to.gid);
    for (unsigned i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        CHECK(!post_recv(&b, 100 + i, 0, 9000));
        fill(a.buffer, lengths[i], i);
        memset(b.buffer, 0, 9000);
        CHECK(!post_send(&a, i, ah, &to, 0, lengths[i]));
        expect(a.send_cq, i, 0, &c);
        CHECK(c.opcode == IBV_WC_SEND);
        expect(b.recv_cq, 100 + i, 0, &c);
        CHECK(c.opcode == IBV_WC_RECV && c.byte_len == lengths[i] && c.src_qp == a.qp->qp_num);
        CHECK(filled(b.buffer, lengths[i], i) && !b.buffer[lengths[i]]);
    }
    /* two pieces, an immediate value, and inline data */
    struct ibv_sge pieces[2] = {{(uintptr_t)a.buffer, 100, a.mr->lkey}, {(uintptr_t)a.buffer + 500, 200, a.mr->lkey}};
    fill(a.buffer, 100, 7);
    fill(a.buffer + 500, 200, 8);
    CHECK(!post_recv(&b, 1, 0, 9000) && !post_recv(&b, 2, 9000, 9000));
    ibv_wr_start(a.ex);
    a.ex->wr_id = 3;
    ibv_wr_send_imm(a.ex, 0xabcd);
    ibv_wr_set_sge_list(a.ex, 2, pieces);
    ibv_wr_set_ud_addr(a.ex, ah, to.qpn, to.qkey);
    a.ex->wr_id = 4;
    ibv_wr_send(a.ex);
    ibv_wr_set_inline_data(a.ex, "inline data", 11);
    ibv_wr_set_ud_addr(a.ex, ah, to.qpn, to.qkey);
    CHECK(!ibv_wr_complete(a.ex));
    expect(a.send_cq, 3, 0, NULL);
    expect(a.send_cq, 4, 0, NULL);
    expect(b.recv_cq, 1, 0, &c);
    CHECK(c.byte_len == 300 && (c.flags & IBV_WC_WITH_IMM) && c.imm == 0xabcd);
    CHECK(filled(b.buffer, 100, 7) && filled(b.buffer + 100, 200, 8));
    expect(b.recv_cq, 2, 0, &c);
    CHECK(c.byte_len == 11 && !(c.flags & IBV_WC_WITH_IMM) && !memcmp(b.buffer + 9000, "inline data", 11));
    ibv_destroy_ah(ah);
    endpoint_close(&a);
    endpoint_close(&b);
}

static void test_rdma(void)
{
    struct endpoint a, b;
    struct completion c;
    uint32_t imm = 0x1234;
    endpoint_open(&a, context, (struct options){0});
    endpoint_open(&b, context, (struct options){0});
    struct peer to = endpoint_address(&b, context);
    struct ibv_ah *ah = ah_open(&a, &to.gid);
    fill(b.buffer, 1 << 20, 1);
    CHECK(!post_read(&a, 1, ah, &to, 0, to.buffer, 1 << 20));
    expect(a.send_cq, 1, 0, &c);
    CHECK(c.opcode == IBV_WC_SEND && filled(a.buffer, 1 << 20, 1));
    fill(a.buffer, 300000, 2);
    CHECK(!post_write(&a, 2, ah, &to, 0, to.buffer + 1000, 300000, NULL));
    expect(a.send_cq, 2, 0, &c);
    CHECK(c.opcode == IBV_WC_RDMA_WRITE && filled(b.buffer + 1000, 300000, 2));
    CHECK(!post_recv(&b, 9, 0, 0));
    CHECK(!post_write(&a, 3, ah, &to, 0, to.buffer, 4000, &imm));
    expect(a.send_cq, 3, 0, NULL);
    expect(b.recv_cq, 9, 0, &c);
    CHECK(c.opcode == IBV_WC_RECV_RDMA_WITH_IMM && c.imm == imm && c.byte_len == 4000 && !c.unsolicited);
    ibv_destroy_ah(ah);
    endpoint_close(&b);
    endpoint_open(&b, context, (struct options){.unsolicited = true});
    to = endpoint_address(&b, context);
    ah = ah_open(&a, &to.gid);
    CHECK(!post_write(&a, 4, ah, &to, 0, to.buffer, 4000, &imm));
    expect(a.send_cq, 4, 0, NULL);
    CHECK(wait_one(b.recv_cq, &c, 10) && c.unsolicited && c.opcode == IBV_WC_RECV_RDMA_WITH_IMM && c.imm == imm);
    ibv_destroy_ah(ah);
    endpoint_close(&a);
    endpoint_close(&b);
}

static void test_errors(void)
{
    struct endpoint a, b;
    struct completion c;
    endpoint_open(&a, context, (struct options){0});
    endpoint_open(&b, context, (struct options){0});
    struct peer to = endpoint_address(&b, context), wrong = to;
    struct ibv_ah *ah = ah_open(&a, &to.gid);
    wrong.qkey++;
    CHECK(!post_send(&a, 1, ah, &wrong, 0, 10));
    expect(a.send_cq, 1, EMU_REMOTE_BAD_DEST_QPN, NULL);
    wrong = to;
    wrong.qpn ^= 0x55;
    CHECK(!post_send(&a, 2, ah, &wrong, 0, 10));
    expect(a.send_cq, 2, EMU_REMOTE_BAD_DEST_QPN, NULL);
    wrong = to;
    wrong.qpn ^= 0x4400; /* a process that does not exist */
    CHECK(!post_send(&a, 3, ah, &wrong, 0, 10));
    expect(a.send_cq, 3, EMU_REMOTE_BAD_DEST_QPN, NULL);
    CHECK(!post_send(&a, 4, ah, &to, 0, 8929));
    expect(a.send_cq, 4, EMU_LOCAL_BAD_LENGTH, NULL);
    CHECK(!post_send(&a, 5, ah, &to, a.length - 5, 10));
    expect(a.send_cq, 5, EMU_LOCAL_INVALID_LKEY, NULL);
    CHECK(!post_read(&a, 6, ah, &to, 0, to.buffer + to.length - 5, 10));
    expect(a.send_cq, 6, EMU_REMOTE_BAD_ADDRESS, NULL);
    wrong = to;
    wrong.rkey ^= 0x70000;
    CHECK(!post_write(&a, 7, ah, &wrong, 0, to.buffer, 10, NULL));
    expect(a.send_cq, 7, EMU_REMOTE_BAD_ADDRESS, NULL);
    CHECK(!post_recv(&b, 8, 0, 5));
    CHECK(!post_send(&a, 8, ah, &to, 0, 10));
    expect(a.send_cq, 8, EMU_REMOTE_BAD_LENGTH, NULL);
    expect(b.recv_cq, 8, EMU_LOCAL_BAD_LENGTH, &c);
    CHECK(post_recv(&b, 9, b.length, 5)); /* outside of the registration */
    union ibv_gid foreign = to.gid;
    foreign.raw[12] ^= 1;
    struct ibv_ah *far = ah_open(&a, &foreign);
    CHECK(!post_send(&a, 10, far, &to, 0, 10));
    expect(a.send_cq, 10, EMU_REMOTE_UNREACHABLE, NULL);
    ibv_destroy_ah(far);
    ibv_destroy_ah(ah);
    endpoint_close(&a);
    endpoint_close(&b);
}

static void test_not_ready(void)
{
    struct endpoint a, b;
    struct completion c;
    endpoint_open(&a, context, (struct options){.rnr_retry = 1});
    endpoint_open(&b, context, (struct options){0});
    struct peer to = endpoint_address(&b, context);
    struct ibv_ah *ah = ah_open(&a, &to.gid);
    CHECK(!post_send(&a, 1, ah, &to, 0, 10));
    expect(a.send_cq, 1, EMU_REMOTE_RNR, NULL);
    /* exactly as many as there are receives */
    for (int i = 0; i < 5; i++)
        CHECK(!post_recv(&b, (uint64_t)i, 0, 100));
    for (uint64_t i = 0; i < 8; i++)
        CHECK(!post_send(&a, i, ah, &to, 0, 10));
    for (int i = 0, good = 0, bad = 0; i < 8; i++) {
        CHECK(wait_one(a.send_cq, &c, 10));
        good += !c.vendor_err;
        bad += c.vendor_err == EMU_REMOTE_RNR;
        CHECK(i < 7 || (good == 5 && bad == 3));
    }
    ibv_destroy_ah(ah);
    endpoint_close(&a);
    /* the default waits for ever */
    endpoint_open(&a, context, (struct options){0});
    ah = ah_open(&a, &to.gid);
    CHECK(!post_send(&a, 1, ah, &to, 0, 10));
    CHECK(!wait_one(a.send_cq, &c, 0.2));
    CHECK(!post_recv(&b, 100, 0, 100));
    expect(a.send_cq, 1, 0, NULL);
    ibv_destroy_ah(ah);
    endpoint_close(&a);
    endpoint_close(&b);
}

static void test_address_handles(void)
{
    struct endpoint a, b;
    struct efadv_ah_attr one, two;
    struct completion c;
    endpoint_open(&a, context, (struct options){0});
    endpoint_open(&b, context, (struct options){0});
    struct peer to = endpoint_address(&b, context);
    struct ibv_ah *first = ah_open(&a, &to.gid), *second = ah_open(&b, &to.gid);
    CHECK(!efadv_query_ah(first, &one, sizeof(one)) && !efadv_query_ah(second, &two, sizeof(two)));
    CHECK(one.ahn == two.ahn && one.ahn != 0xFFFF);
    CHECK(!post_recv(&b, 1, 0, 100) && !post_recv(&b, 2, 0, 100));
    CHECK(!post_send(&a, 1, first, &to, 0, 10));
    expect(b.recv_cq, 1, 0, &c);
    CHECK(c.slid == one.ahn && !c.has_sgid);
    /* sent while there was a handle, delivered when there is none: the device tells the sender's GID instead */
    CHECK(!post_send(&a, 2, first, &to, 0, 10));
    ibv_destroy_ah(first);
    ibv_destroy_ah(second);
    expect(b.recv_cq, 2, 0, &c);
    CHECK(c.slid == 0xFFFF && c.has_sgid && !memcmp(c.sgid.raw, to.gid.raw, 16));
    endpoint_close(&a);
    endpoint_close(&b);
}

static void test_queue_numbers(void)
{
    enum { COUNT = 200 };
    struct ibv_device_attr attr;
    static struct endpoint all[COUNT];
    bool seen[256] = {false};
    CHECK(!ibv_query_device(context, &attr) && attr.max_qp <= 256 && !strcmp(attr.fw_ver, "emulated"));
    for (int i = 0; i < COUNT; i++) {
        endpoint_open(&all[i], context, (struct options){.receives = 1, .buffer = 4096});
        unsigned low = all[i].qp->qp_num % (unsigned)attr.max_qp;
        CHECK(!seen[low]);
        seen[low] = true;
    }
    for (int i = 0; i < COUNT; i++)
        endpoint_close(&all[i]);
}

static void test_events(void)
{
    struct endpoint a, b;
    struct completion c;
    struct ibv_cq *event_cq;
    void *user;
    struct ibv_comp_channel *channel = ibv_create_comp_channel(context);
    struct pollfd waiting = {.fd = channel->fd, .events = POLLIN};
    endpoint_open(&a, context, (struct options){0});
    endpoint_open(&b, context, (struct options){.channel = channel});
    struct peer to = endpoint_address(&b, context);
    struct ibv_ah *ah = ah_open(&a, &to.gid);
    CHECK(!post_recv(&b, 1, 0, 100));
    CHECK(!ibv_req_notify_cq(ibv_cq_ex_to_cq(b.recv_cq), 0));
    CHECK(poll(&waiting, 1, 50) == 0);
    CHECK(!post_send(&a, 1, ah, &to, 0, 10));
    CHECK(poll(&waiting, 1, 5000) == 1);
    CHECK(!ibv_get_cq_event(channel, &event_cq, &user) && event_cq == ibv_cq_ex_to_cq(b.recv_cq));
    ibv_ack_cq_events(event_cq, 1);
    expect(b.recv_cq, 1, 0, &c);
    ibv_destroy_ah(ah);
    endpoint_close(&a);
    endpoint_close(&b);
    ibv_destroy_comp_channel(channel);
}

static void test_destroy(void)
{
    struct endpoint a, b;
    struct completion c;
    endpoint_open(&a, context, (struct options){0});
    endpoint_open(&b, context, (struct options){0});
    struct peer to = endpoint_address(&b, context);
    struct ibv_ah *ah = ah_open(&a, &to.gid);
    CHECK(ibv_destroy_cq(ibv_cq_ex_to_cq(a.send_cq))); /* in use */
    for (uint64_t i = 0; i < 10; i++)
        CHECK(!post_send(&a, i, ah, &to, 0, 10)); /* nothing is posted there: they wait */
    struct ibv_qp_attr attr = {.qp_state = IBV_QPS_ERR};
    CHECK(!ibv_modify_qp(a.qp, &attr, IBV_QP_STATE));
    for (int i = 0; i < 10; i++)
        CHECK(wait_one(a.send_cq, &c, 5) && c.vendor_err == EMU_FLUSHED);
    CHECK(post_send(&a, 11, ah, &to, 0, 10));
    ibv_destroy_ah(ah);
    endpoint_close(&a);
    endpoint_close(&b);
}

/* Receives that were posted before a reset are gone: nobody may send to them. */
static void test_reset(void)
{
    struct endpoint a, b;
    struct completion c;
    endpoint_open(&a, context, (struct options){.rnr_retry = 1});
    endpoint_open(&b, context, (struct options){0});
    struct peer to = endpoint_address(&b, context);
    struct ibv_ah *ah = ah_open(&a, &to.gid);
    for (uint64_t i = 0; i < 3; i++)
        CHECK(!post_recv(&b, i, 0, 100));
    CHECK(!post_send(&a, 1, ah, &to, 0, 10));
    expect(a.send_cq, 1, 0, NULL);
    expect(b.recv_cq, 0, 0, NULL);
    static const enum ibv_qp_state states[] = {IBV_QPS_ERR, IBV_QPS_RESET, IBV_QPS_INIT, IBV_QPS_RTR, IBV_QPS_RTS};
    for (unsigned i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        struct ibv_qp_attr attr = {.qp_state = states[i]};
        CHECK(!ibv_modify_qp(b.qp, &attr, IBV_QP_STATE));
    }
    while (poll_one(b.recv_cq, &c))
        CHECK(c.vendor_err == EMU_FLUSHED);
    CHECK(!post_send(&a, 2, ah, &to, 0, 10));
    expect(a.send_cq, 2, EMU_REMOTE_RNR, NULL);
    CHECK(!post_recv(&b, 3, 0, 100) && !post_send(&a, 3, ah, &to, 0, 10));
    expect(a.send_cq, 3, 0, NULL);
    expect(b.recv_cq, 3, 0, NULL);
    ibv_destroy_ah(ah);
    endpoint_close(&a);
    endpoint_close(&b);
}

/* What a child does with the objects it inherited harms nobody, and the parent's device goes on. */
static void test_fork(void)
{
    struct endpoint a, b;
    int status;
    endpoint_open(&a, context, (struct options){0});
    endpoint_open(&b, context, (struct options){0});
    struct peer to = endpoint_address(&b, context);
    struct ibv_ah *ah = ah_open(&a, &to.gid);
    CHECK(!post_recv(&b, 1, 0, 100) && !post_send(&a, 1, ah, &to, 0, 10));
    expect(a.send_cq, 1, 0, NULL);
    expect(b.recv_cq, 1, 0, NULL);
    CHECK(!post_recv(&b, 2, 0, 100));
    pid_t child = fork();
    if (!child) {
        struct completion c;
        post_recv(&b, 3, 0, 100);
        post_send(&a, 3, ah, &to, 0, 10);
        wait_one(a.send_cq, &c, 0.05);
        ibv_dereg_mr(b.mr);
        ibv_destroy_qp(b.qp);
        ibv_destroy_ah(ah);
        ibv_close_device(context);
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && !WEXITSTATUS(status));
    CHECK(!post_send(&a, 2, ah, &to, 0, 10) && !post_send(&a, 4, ah, &to, 0, 10));
    expect(a.send_cq, 2, 0, NULL);
    expect(b.recv_cq, 2, 0, NULL);
    CHECK(!post_read(&a, 5, ah, &to, 0, to.buffer, 100));
    expect(a.send_cq, 5, 0, NULL);
    ibv_destroy_ah(ah);
    endpoint_close(&a);
    endpoint_close(&b);
}

static long huge_kilobytes(const char *address)
{
    char line[256];
    unsigned long start, end;
    long kilobytes = -1, value;
    bool inside = false;
    FILE *file = fopen("/proc/self/smaps", "r");
    CHECK(file);
    while (fgets(line, sizeof(line), file)) {
        if (sscanf(line, "%lx-%lx ", &start, &end) == 2)
            inside = (uintptr_t)address >= start && (uintptr_t)address < end;
        if (inside && sscanf(line, "AnonHugePages: %ld kB", &value) == 1)
            kilobytes = value;
    }
    fclose(file);
    return kilobytes;
}

/* What is read in bulk comes to lie in huge pages, where the kernel gives any, and is still the same. */
static void test_bulk(void)
{
    enum { LENGTH = 8 * 1024 * 1024, READ = 1024 * 1024 };
    struct endpoint a, b;
    struct completion c;
    endpoint_open(&a, context, (struct options){.buffer = LENGTH});
    endpoint_open(&b, context, (struct options){.buffer = LENGTH});
    struct peer to = endpoint_address(&b, context);
    struct ibv_ah *ah = ah_open(&a, &to.gid);
    char *scratch = aligned_alloc(2 * READ, 2 * READ);
    memset(scratch, 1, 2 * READ);
    bool possible = !madvise(scratch, 2 * READ, 25 /* MADV_COLLAPSE */);
    free(scratch);
    const char *rdma = getenv("WEFT_EFA_RDMA");
    fill(b.buffer, LENGTH, 1);
    for (int i = 0; i < 8; i++) {
        CHECK(!post_read(&a, 1, ah, &to, 0, to.buffer, LENGTH) && wait_one(a.send_cq, &c, 10) && !c.vendor_err);
        CHECK(filled(a.buffer, LENGTH, 1));
    }
    if (!possible || (rdma && !strcmp(rdma, "copy"))) {
        printf("no huge pages to be had: only the data were checked\n");
    } else {
        for (double end = seconds_now() + 5; huge_kilobytes(b.buffer) <= 0 && seconds_now() < end;)
            usleep(1000);
        CHECK(huge_kilobytes(b.buffer) >= 4096);
    }
    CHECK(filled(b.buffer, LENGTH, 1));
    CHECK(!post_write(&a, 2, ah, &to, 0, to.buffer, READ, NULL) && wait_one(a.send_cq, &c, 10) && !c.vendor_err);
    CHECK(filled(b.buffer, LENGTH, 1));
    ibv_destroy_ah(ah);
    endpoint_close(&a);
    endpoint_close(&b);
}

/* Each registration's pages count anew, also those that two have in common; dereg gives them back. */
static void test_memlock(void)
{
    const char *mode = getenv("WEFT_EFA_MEMLOCK");
    struct rlimit limit;
    CHECK(!getrlimit(RLIMIT_MEMLOCK, &limit));
    if (!mode || strcmp(mode, "enforce") || limit.rlim_cur != 1024 * 1024) {
        printf("WEFT_EFA_MEMLOCK is not enforce, or the limit not 1 MiB: nothing was checked\n");
        return;
    }
    size_t length = 512 * 1024, page = (size_t)sysconf(_SC_PAGESIZE);
    char *memory = mmap(NULL, 2 * length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(memory != MAP_FAILED);
    struct ibv_pd *pd = ibv_alloc_pd(context);
    struct ibv_mr *first = ibv_reg_mr(pd, memory, length, 0), *second = ibv_reg_mr(pd, memory, length, 0);
    CHECK(first && second);
    errno = 0;
    CHECK(!ibv_reg_mr(pd, memory + length, 1, 0) && errno == ENOMEM);
    CHECK(!ibv_dereg_mr(first));
    /* two bytes on either side of a page's end are two pages */
    first = ibv_reg_mr(pd, memory + page - 1, 2, 0);
    CHECK(first);
    CHECK(!ibv_reg_mr(pd, memory + length, length - page, 0) && errno == ENOMEM);
    struct ibv_mr *third = ibv_reg_mr(pd, memory + length, length - 2 * page, 0);
    CHECK(third);
    CHECK(!ibv_dereg_mr(first) && !ibv_dereg_mr(second) && !ibv_dereg_mr(third));
    CHECK(!ibv_dealloc_pd(pd));
    munmap(memory, 2 * length);
}

static const struct {
    const char *name;
    void (*run)(void);
} tests[] = {{"sends", test_sends}, {"rdma", test_rdma}, {"errors", test_errors}, {"not ready", test_not_ready},
    {"address handles", test_address_handles}, {"queue numbers", test_queue_numbers}, {"events", test_events},
    {"destroy", test_destroy}, {"reset", test_reset}, {"fork", test_fork}, {"bulk", test_bulk},
    {"memlock", test_memlock}};

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "names")) {
        pair_names();
        return 0;
    }
    if (argc == 3 && !strcmp(argv[1], "pair"))
        return pair_parent(argv[2]);
    if (argc == 3 && !strcmp(argv[1], "child"))
        return pair_child(argv[2]);
    if (argc == 3 && !strcmp(argv[1], "many"))
        return many_parent(argv[2]);
    if (argc == 6 && !strcmp(argv[1], "member"))
        return many_member(argv[2], argv[3], argv[4], argv[5]);
    context = test_open();
    if (argc == 2 && !strcmp(argv[1], "hold")) {
        while (getchar() != EOF)
            ;
        return 0;
    }
    for (unsigned i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
        if (argc == 2 && strcmp(argv[1], tests[i].name))
            continue;
        tests[i].run();
        printf("%s\n", tests[i].name);
    }
    CHECK(!ibv_close_device(context));
    return 0;
}
