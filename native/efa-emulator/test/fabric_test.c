/*
 * libfabric's efa provider over the device: messages, tags, unexpected messages, RMA, atomics and multi-receive,
 * between two processes, every byte checked. The equivalent, for the libfabric of the system, of what fabtests shows
 * for newer ones.
 *
 *   fabric_test [NAME]    all tests but the last two, or one: msg, tagged, unexpected, rma, atomic, multi-recv,
 *                         not-ready, killed
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <rdma/fabric.h>
#include <rdma/fi_atomic.h>
#include <rdma/fi_cm.h>
#include <rdma/fi_domain.h>
#include <rdma/fi_endpoint.h>
#include <rdma/fi_rma.h>
#include <rdma/fi_tagged.h>

#include "child.h"
#include "fabric_check.h"

enum { BUFFER = 8 * 1024 * 1024, WINDOW = 64, FEW = 64 };

static struct fi_info *info;
static struct fid_fabric *fabric;
static struct fid_domain *domain;
static struct fid_av *av;
static struct fid_cq *tx_cq, *rx_cq;
static struct fid_ep *ep;
static struct fid_mr *mr;
static void *desc;
static fi_addr_t peer;
static char *buffer;
static uint64_t peer_key, peer_base;
static int in_fd, out_fd;
static bool parent, few_receives;
static struct child child;
static struct fi_context2 contexts[4096];
static unsigned next_context;

static void *context(void)
{
    return &contexts[next_context++ % 4096];
}

static void fill(char *data, size_t length, unsigned seed)
{
    unsigned x = seed * 2654435761u + 1;
    for (size_t i = 0; i < length; i++) {
        x = x * 1664525u + 1013904223u;
        data[i] = (char)(x >> 24);
    }
}

static bool filled(const char *data, size_t length, unsigned seed)
{
    unsigned x = seed * 2654435761u + 1;
    for (size_t i = 0; i < length; i++) {
        x = x * 1664525u + 1013904223u;
        if (data[i] != (char)(x >> 24))
            return false;
    }
    return true;
}

static bool poll_cq(struct fid_cq *cq, struct fi_cq_tagged_entry *entry)
{
    ssize_t got = fi_cq_read(cq, entry, 1);
    if (got == -FI_EAVAIL) {
        struct fi_cq_err_entry error = {0};
        fi_cq_readerr(cq, &error, 0);
        fprintf(stderr, "completion with error: %s (%d)\n", fi_strerror(error.err), error.prov_errno);
        _Exit(1);
    }
    CHECK(got == 1 || got == -FI_EAGAIN);
    return got == 1;
}

/* Both queues are polled: progress is the program's. */
static void wait_for(struct fid_cq *cq, struct fi_cq_tagged_entry *entry)
{
    static struct fi_cq_tagged_entry kept[2][4096];
    static unsigned head[2], tail[2];
    int wanted = cq == rx_cq;
    for (time_t end = time(NULL) + 30; head[wanted] == tail[wanted];) {
        for (int i = 0; i < 2; i++) {
            if (poll_cq(i ? rx_cq : tx_cq, &kept[i][tail[i] % 4096]))
                tail[i]++;
        }
        CHECK(time(NULL) < end);
    }
    *entry = kept[wanted][head[wanted]++ % 4096];
}

static void wait_tx(void)
{
    struct fi_cq_tagged_entry entry;
    wait_for(tx_cq, &entry);
}

static struct fi_cq_tagged_entry wait_rx(void)
{
    struct fi_cq_tagged_entry entry;
    wait_for(rx_cq, &entry);
    return entry;
}

static ssize_t progressed(ssize_t result)
{
    if (result == -FI_EAGAIN) {
        fi_cq_read(tx_cq, NULL, 0);
        fi_cq_read(rx_cq, NULL, 0);
    }
    return result;
}

#define POST(call)                                                                                                     \
    do {                                                                                                               \
        ssize_t result_;                                                                                               \
        while ((result_ = progressed(call)) == -FI_EAGAIN)                                                             \
            ;                                                                                                          \
        OK(result_);                                                                                                   \
    } while (0)

static void put(const void *data, size_t length)
{
    CHECK(write(out_fd, data, length) == (ssize_t)length);
}

static void get(void *data, size_t length)
{
    size_t done = 0;
    while (done < length) {
        ssize_t got = read(in_fd, (char *)data + done, length - done);
        CHECK(got > 0 || (got < 0 && errno == EAGAIN));
        if (got > 0)
            done += (size_t)got;
        else if (ep)
            progressed(-FI_EAGAIN);
    }
}

/*
 * Both sides are here, and went on making progress while they waited. At least once: the provider posts its receives
 * when a queue is first read.
 */
static void meet(void)
{
    char byte = 0;
    if (ep)
        progressed(-FI_EAGAIN);
    put(&byte, 1);
    get(&byte, 1);
}

static void open_all(void)
{
    struct fi_info *hints = fi_allocinfo();
    char mine[256], theirs[256];
    size_t length = sizeof(mine);
    hints->caps = FI_MSG | FI_TAGGED | FI_RMA | FI_ATOMIC;
    hints->mode = FI_CONTEXT | FI_CONTEXT2;
    hints->ep_attr->type = FI_EP_RDM;
    hints->fabric_attr->prov_name = strdup("efa");
    hints->domain_attr->mr_mode = FI_MR_LOCAL | FI_MR_VIRT_ADDR | FI_MR_ALLOCATED | FI_MR_PROV_KEY;
    hints->tx_attr->msg_order = hints->rx_attr->msg_order = FI_ORDER_SAS;
    OK(fi_getinfo(FI_VERSION(1, 17), NULL, NULL, 0, hints, &info));
    fi_freeinfo(hints);
    if (few_receives)
        info->rx_attr->size = FEW;
    CHECK(!strcmp(info->nic->device_attr->firmware, "emulated") && !strcmp(info->nic->device_attr->driver, "efa_emu"));
    OK(fi_fabric(info->fabric_attr, &fabric, NULL));
    OK(fi_domain(fabric, info, &domain, NULL));
    struct fi_av_attr av_attr = {.type = FI_AV_TABLE};
    OK(fi_av_open(domain, &av_attr, &av, NULL));
    struct fi_cq_attr cq_attr = {.format = FI_CQ_FORMAT_TAGGED, .size = 8192};
    OK(fi_cq_open(domain, &cq_attr, &tx_cq, NULL));
    OK(fi_cq_open(domain, &cq_attr, &rx_cq, NULL));
    struct fid_ep *opened;
    OK(fi_endpoint(domain, info, &opened, NULL));
    OK(fi_ep_bind(opened, &av->fid, 0));
    OK(fi_ep_bind(opened, &tx_cq->fid, FI_TRANSMIT));
    OK(fi_ep_bind(opened, &rx_cq->fid, FI_RECV));
    OK(fi_enable(opened));
    buffer = aligned_alloc(4096, BUFFER);
    CHECK(buffer);
    memset(buffer, 0, BUFFER);
    OK(fi_mr_reg(domain, buffer, BUFFER, FI_SEND | FI_RECV | FI_READ | FI_WRITE | FI_REMOTE_READ | FI_REMOTE_WRITE, 0,
        0, 0, &mr, NULL));
    desc = fi_mr_desc(mr);
    OK(fi_getname(&opened->fid, mine, &length));
    uint64_t key = fi_mr_key(mr), base = info->domain_attr->mr_mode & FI_MR_VIRT_ADDR ? (uintptr_t)buffer : 0;
    put(mine, sizeof(mine));
    put(&key, sizeof(key));
    put(&base, sizeof(base));
    get(theirs, sizeof(theirs));
    get(&peer_key, sizeof(peer_key));
    get(&peer_base, sizeof(peer_base));
    CHECK(fi_av_insert(av, theirs, 1, &peer, 0, NULL) == 1);
    ep = opened;
    meet();
}

static void close_all(void)
{
    struct fid *all[] = {&mr->fid, &ep->fid, &tx_cq->fid, &rx_cq->fid, &av->fid, &domain->fid, &fabric->fid};
    for (unsigned i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        OK(fi_close(all[i]));
    fi_freeinfo(info);
    free(buffer);
}

static void test_msg(void)
{
    for (size_t length = 1; length <= BUFFER / 2; length *= 4) {
        for (unsigned i = 0; i < 4; i++) {
            if (parent) {
                fill(buffer, length, i);
                POST(fi_send(ep, buffer, length, desc, peer, context()));
                wait_tx();
                POST(fi_recv(ep, buffer, length, desc, peer, context()));
                wait_rx();
                CHECK(filled(buffer, length, i + 100));
            } else {
                POST(fi_recv(ep, buffer, length, desc, peer, context()));
                CHECK(wait_rx().len == length && filled(buffer, length, i));
                fill(buffer, length, i + 100);
                POST(fi_send(ep, buffer, length, desc, peer, context()));
                wait_tx();
            }
        }
    }
}

/* Receives are matched by tag, whatever the order the messages come in; inject and immediate data among them. */
static void test_tagged(void)
{
    const size_t length = 3000;
    if (parent) {
        meet();
        for (unsigned i = 0; i < WINDOW; i++) {
            fill(buffer + i * length, length, i);
            POST(fi_tsend(ep, buffer + i * length, length, desc, peer, 1000 + i, context()));
        }
        for (unsigned i = 0; i < WINDOW; i++)
            wait_tx();
        POST(fi_tinject(ep, "small", 6, peer, 5000));
        fill(buffer, 100, 9);
        POST(fi_tsenddata(ep, buffer, 100, desc, 0x77, peer, 5001, context()));
        wait_tx();
    } else {
        for (unsigned i = 0; i < WINDOW; i++)
            POST(fi_trecv(ep, buffer + i * length, length, desc, peer, 1000 + (WINDOW - 1 - i), 0, context()));
        POST(fi_trecv(ep, buffer + WINDOW * length, 100, desc, peer, 5000, 0, context()));
        POST(fi_trecv(ep, buffer + WINDOW * length + 100, 100, desc, peer, 5001, 0, context()));
        meet();
        bool data_seen = false;
        for (unsigned i = 0; i < WINDOW + 2; i++) {
            struct fi_cq_tagged_entry entry = wait_rx();
            data_seen = data_seen || ((entry.flags & FI_REMOTE_CQ_DATA) && entry.data == 0x77 && entry.tag == 5001);
        }
        CHECK(
            data_seen && !strcmp(buffer + WINDOW * length, "small") && filled(buffer + WINDOW * length + 100, 100, 9));
        for (unsigned i = 0; i < WINDOW; i++)
            CHECK(filled(buffer + i * length, length, WINDOW - 1 - i));
    }
}

static void test_unexpected(void)
{
    const size_t lengths[] = {1, 100, 8000, 60000, 500000};
    for (unsigned k = 0; k < sizeof(lengths) / sizeof(lengths[0]); k++) {
        if (parent) {
            for (unsigned i = 0; i < 8; i++) {
                fill(buffer + i * lengths[k], lengths[k], i + k);
                POST(fi_tsend(ep, buffer + i * lengths[k], lengths[k], desc, peer, i, context()));
            }
            meet();
            for (unsigned i = 0; i < 8; i++)
                wait_tx();
        } else {
            meet();
            usleep(20000);
            progressed(-FI_EAGAIN);
            for (unsigned i = 8; i-- > 0;)
                POST(fi_trecv(ep, buffer + i * lengths[k], lengths[k], desc, FI_ADDR_UNSPEC, i, 0, context()));
            for (unsigned i = 0; i < 8; i++)
                wait_rx();
            for (unsigned i = 0; i < 8; i++)
                CHECK(filled(buffer + i * lengths[k], lengths[k], i + k));
        }
        meet();
    }
}

static void test_rma(void)
{
    const size_t half = BUFFER / 2;
    if (!parent) {
        fill(buffer, half, 1);
        memset(buffer + half, 0, half);
    }
    meet();
    if (parent) {
        POST(fi_read(ep, buffer, half, desc, peer, peer_base, peer_key, context()));
        wait_tx();
        CHECK(filled(buffer, half, 1));
        for (unsigned i = 0; i < WINDOW; i++) {
            size_t at = half + i * 20000;
            fill(buffer + at, 20000, i);
            POST(fi_write(ep, buffer + at, 20000, desc, peer, peer_base + at, peer_key, context()));
        }
        for (unsigned i = 0; i < WINDOW; i++)
            wait_tx();
        fill(buffer, 50, 3);
        POST(fi_writedata(ep, buffer, 50, desc, 0x55, peer, peer_base, peer_key, context()));
        wait_tx();
        meet();
    } else {
        struct fi_cq_tagged_entry entry = wait_rx();
        CHECK((entry.flags & FI_REMOTE_CQ_DATA) && entry.data == 0x55);
        meet();
        for (unsigned i = 0; i < WINDOW; i++)
            CHECK(filled(buffer + half + i * 20000, 20000, i));
        CHECK(filled(buffer, 50, 3));
    }
    meet();
}

static void test_atomic(void)
{
    int64_t *word = (int64_t *)buffer, one = 1, old = -1, compare = 100, swap = 7;
    *word = 0;
    meet();
    if (parent) {
        struct fid_mr *local;
        int64_t cells[4] = {one, 0, compare, swap};
        OK(fi_mr_reg(domain, cells, sizeof(cells), FI_SEND | FI_RECV | FI_READ | FI_WRITE, 0, 0, 0, &local, NULL));
        void *d = fi_mr_desc(local);
        for (int i = 0; i < 100; i++) {
            POST(fi_fetch_atomic(
                ep, &cells[0], 1, d, &cells[1], d, peer, peer_base, peer_key, FI_INT64, FI_SUM, context()));
            wait_tx();
            old = cells[1];
            CHECK(old == i);
        }
        POST(fi_compare_atomic(
            ep, &cells[3], 1, d, &cells[2], d, &cells[1], d, peer, peer_base, peer_key, FI_INT64, FI_CSWAP, context()));
        wait_tx();
        CHECK(cells[1] == 100);
        OK(fi_close(&local->fid));
        meet();
    } else {
        meet();
        CHECK(*word == swap);
    }
    meet();
}

static void test_multi_recv(void)
{
    enum { COUNT = 400, LENGTH = 500 };
    if (parent) {
        meet();
        for (unsigned i = 0; i < COUNT; i++) {
            fill(buffer + i * LENGTH, LENGTH, i);
            POST(fi_send(ep, buffer + i * LENGTH, LENGTH, desc, peer, context()));
        }
        for (unsigned i = 0; i < COUNT; i++)
            wait_tx();
    } else {
        size_t least = LENGTH;
        OK(fi_setopt(&ep->fid, FI_OPT_ENDPOINT, FI_OPT_MIN_MULTI_RECV, &least, sizeof(least)));
        struct iovec iov = {.iov_base = buffer, .iov_len = COUNT * LENGTH + 65536};
        struct fi_msg msg = {
            .msg_iov = &iov, .desc = &desc, .iov_count = 1, .addr = FI_ADDR_UNSPEC, .context = context()};
        POST(fi_recvmsg(ep, &msg, FI_MULTI_RECV));
        meet();
        /* The buffer is longer than what comes: how early a provider gives it up is its own affair. */
        for (unsigned i = 0; i < COUNT; i++) {
            struct fi_cq_tagged_entry entry = wait_rx();
            CHECK(entry.len == LENGTH && filled(entry.buf, LENGTH, i));
        }
    }
    meet();
}

static uint64_t device_counter(const char *name)
{
    uint64_t value = 0;
    int (*counter)(const char *, uint64_t *) =
        (int (*)(const char *, uint64_t *))(intptr_t)dlsym(RTLD_DEFAULT, "weft_efa_counter");
    CHECK(counter && !counter(name, &value));
    return value;
}

/* The receiver makes no progress, and its provider has fewer receives at the device than messages come. */
static void test_not_ready(void)
{
    enum { COUNT = 4 * FEW, LENGTH = 500 };
    meet();
    if (parent) {
        for (unsigned i = 0; i < COUNT; i++) {
            fill(buffer + i * LENGTH, LENGTH, i);
            POST(fi_tsend(ep, buffer + i * LENGTH, LENGTH, desc, peer, i, context()));
        }
        for (unsigned i = 0; i < COUNT; i++)
            wait_tx();
        CHECK(device_counter("rnr") > 0);
    } else {
        usleep(300000);
        for (unsigned i = COUNT; i-- > 0;)
            POST(fi_trecv(ep, buffer + i * LENGTH, LENGTH, desc, peer, i, 0, context()));
        for (unsigned i = 0; i < COUNT; i++)
            wait_rx();
        for (unsigned i = 0; i < COUNT; i++)
            CHECK(filled(buffer + i * LENGTH, LENGTH, i));
    }
}

/* The peer stops, receives run out, and it dies: what had not reached it ends in errors, all within 5 s. */
static void test_killed(void)
{
    unsigned posted = 0, ended = 0, errors = 0;
    meet();
    if (!parent)
        pause();
    POST(fi_tsend(ep, buffer, 100, desc, peer, 0, context()));
    wait_tx();
    CHECK(!kill(child.pid, SIGSTOP) && waitpid(child.pid, NULL, WUNTRACED) == child.pid);
    for (time_t end = time(NULL) + 2; posted < 2 * FEW && time(NULL) < end;) {
        ssize_t result = fi_tsend(ep, buffer, 100, desc, peer, posted, context());
        CHECK(!result || result == -FI_EAGAIN);
        posted += !result;
        if (result) {
            struct fi_cq_tagged_entry entry;
            ended += poll_cq(tx_cq, &entry);
        }
    }
    CHECK(posted > FEW && !kill(child.pid, SIGKILL));
    for (time_t end = time(NULL) + 5; ended < posted && time(NULL) < end;) {
        struct fi_cq_tagged_entry entry;
        struct fi_cq_err_entry error = {0};
        ssize_t got = fi_cq_read(tx_cq, &entry, 1);
        if (got == -FI_EAVAIL)
            errors += fi_cq_readerr(tx_cq, &error, 0) == 1;
        ended += got == 1 || got == -FI_EAVAIL;
        CHECK(fi_cq_read(rx_cq, &entry, 1) == -FI_EAGAIN);
    }
    printf("%u of %u sends ended, %u in errors\n", ended, posted, errors);
    CHECK(ended == posted && errors > 0);
    close_all();
    CHECK(waitpid(child.pid, NULL, 0) == child.pid);
    exit(0);
}

static const struct {
    const char *name;
    void (*run)(void);
    bool few_receives; /* runs alone, at an endpoint of its own kind */
} tests[] = {{"msg", test_msg, false}, {"tagged", test_tagged, false}, {"unexpected", test_unexpected, false},
    {"rma", test_rma, false}, {"atomic", test_atomic, false}, {"multi-recv", test_multi_recv, false},
    {"not-ready", test_not_ready, true}, {"killed", test_killed, true}};

int main(int argc, char **argv)
{
    int status = 0;
    parent = !getenv("FABRIC_TEST_CHILD");
    if (parent) {
        child = child_start(argv, "FABRIC_TEST_CHILD", "1");
        CHECK(child.pid > 0);
    }
    in_fd = parent ? child.in : CHILD_IN;
    out_fd = parent ? child.out : CHILD_OUT;
    fcntl(in_fd, F_SETFL, O_NONBLOCK);
    for (unsigned i = 0; argc > 1 && i < sizeof(tests) / sizeof(tests[0]); i++)
        few_receives = few_receives || (tests[i].few_receives && !strcmp(argv[1], tests[i].name));
    open_all();
    for (unsigned i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
        if (argc > 1 ? strcmp(argv[1], tests[i].name) != 0 : tests[i].few_receives)
            continue;
        tests[i].run();
        if (parent)
            printf("%s\n", tests[i].name);
    }
    meet();
    close_all();
    if (parent)
        CHECK(waitpid(child.pid, &status, 0) == child.pid && WIFEXITED(status) && !WEXITSTATUS(status));
    return 0;
}
