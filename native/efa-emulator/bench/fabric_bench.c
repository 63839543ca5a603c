/*
 * What libfabric's small messages and reads take between two processes of one host.
 *
 *   fabric_bench latency PROVIDER ITERATIONS    half round trips of 64 bytes, tagged
 *   fabric_bench read PROVIDER ITERATIONS       reads of 1 MiB, in turn with memcpy() of 1 MiB and with the kernel's
 * bare copy between processes
 *
 * Prints "NAME NANOSECONDS" for each median.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <rdma/fabric.h>
#include <rdma/fi_cm.h>
#include <rdma/fi_domain.h>
#include <rdma/fi_endpoint.h>
#include <rdma/fi_rma.h>
#include <rdma/fi_tagged.h>

#include "child.h"
#include "fabric_check.h"

enum { MESSAGE = 64, READ = 1024 * 1024, HUGE_PAGE = 2 * 1024 * 1024, WARM_UP = 200 };
enum {
    REMOTE = 0,
    REMOTE_SMALL = 2 * HUGE_PAGE,
    LOCAL = 4 * HUGE_PAGE,
    TARGET = 6 * HUGE_PAGE,
    BUFFER = 8 * HUGE_PAGE
};

#define POST(call)                                                                                                     \
    do {                                                                                                               \
        ssize_t result_;                                                                                               \
        while ((result_ = (call)) == -FI_EAGAIN)                                                                       \
            fi_cq_read(cq, NULL, 0);                                                                                   \
        OK(result_);                                                                                                   \
    } while (0)

struct address {
    char name[256];
    uint64_t key, base, buffer;
    pid_t pid;
};

static struct fi_info *info;
static struct fid_fabric *fabric;
static struct fid_domain *domain;
static struct fid_av *av;
static struct fid_cq *cq;
static struct fid_ep *ep;
static struct fid_mr *mr;
static void *desc;
static fi_addr_t peer;
static struct address other;
static char *buffer;
static struct fi_context2 send_context, receive_context;
static int in_fd, out_fd;
static bool parent;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *name, double *samples, int count)
{
    qsort(samples, (size_t)count, sizeof(*samples), compare);
    printf("%s %.0f\n", name, samples[count / 2]);
}

/* Makes progress meanwhile: the provider's own messages ask for it. */
static void meet(void)
{
    char byte = 0;
    struct pollfd fd = {.fd = in_fd, .events = POLLIN};
    CHECK(write(out_fd, &byte, 1) == 1);
    while (poll(&fd, 1, 0) == 0)
        fi_cq_read(cq, NULL, 0);
    CHECK(read(in_fd, &byte, 1) == 1);
}

static void open_all(const char *provider, bool reads)
{
    struct fi_info *hints = fi_allocinfo();
    struct address mine = {.pid = getpid()};
    size_t length = sizeof(mine.name);
    hints->caps = FI_TAGGED | (reads ? FI_RMA : 0);
    hints->mode = FI_CONTEXT | FI_CONTEXT2;
    hints->ep_attr->type = FI_EP_RDM;
    hints->fabric_attr->prov_name = strdup(provider);
    hints->domain_attr->mr_mode = FI_MR_LOCAL | FI_MR_VIRT_ADDR | FI_MR_ALLOCATED | FI_MR_PROV_KEY;
    OK(fi_getinfo(FI_VERSION(1, 17), NULL, NULL, 0, hints, &info));
    fi_freeinfo(hints);
    OK(fi_fabric(info->fabric_attr, &fabric, NULL));
    OK(fi_domain(fabric, info, &domain, NULL));
    struct fi_av_attr av_attr = {.type = FI_AV_TABLE};
    OK(fi_av_open(domain, &av_attr, &av, NULL));
    struct fi_cq_attr cq_attr = {.format = FI_CQ_FORMAT_TAGGED, .size = 1024};
    OK(fi_cq_open(domain, &cq_attr, &cq, NULL));
    OK(fi_endpoint(domain, info, &ep, NULL));
    OK(fi_ep_bind(ep, &av->fid, 0));
    OK(fi_ep_bind(ep, &cq->fid, FI_TRANSMIT | FI_RECV));
    OK(fi_enable(ep));
    buffer = aligned_alloc(HUGE_PAGE, BUFFER);
    CHECK(buffer);
    /* A part that stays in small pages, for comparison. Before it is touched. */
    madvise(buffer + REMOTE_SMALL, 2 * HUGE_PAGE, MADV_NOHUGEPAGE);
    memset(buffer, 1, BUFFER);
    OK(fi_mr_reg(domain, buffer, BUFFER, FI_SEND | FI_RECV | FI_READ | FI_WRITE | FI_REMOTE_READ | FI_REMOTE_WRITE, 0,
        0, 0, &mr, NULL));
    desc = fi_mr_desc(mr);
    OK(fi_getname(&ep->fid, mine.name, &length));
    mine.key = fi_mr_key(mr);
    mine.buffer = (uintptr_t)buffer;
    mine.base = info->domain_attr->mr_mode & FI_MR_VIRT_ADDR ? mine.buffer : 0;
    CHECK(write(out_fd, &mine, sizeof(mine)) == sizeof(mine) && read(in_fd, &other, sizeof(other)) == sizeof(other));
    CHECK(fi_av_insert(av, other.name, 1, &peer, 0, NULL) == 1);
}

static void close_all(void)
{
    struct fid *all[] = {&mr->fid, &ep->fid, &cq->fid, &av->fid, &domain->fid, &fabric->fid};
    meet();
    for (unsigned i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        OK(fi_close(all[i]));
    fi_freeinfo(info);
}

/* Waits for as many completions, of whatever kind. */
static void completions(int wanted)
{
    struct fi_cq_tagged_entry entry;
    while (wanted) {
        ssize_t got = fi_cq_read(cq, &entry, 1);
        CHECK(got == 1 || got == -FI_EAGAIN);
        wanted -= got == 1;
    }
}

static void latency(int iterations)
{
    double *samples = calloc((size_t)iterations, sizeof(*samples));
    for (int i = -WARM_UP; i < iterations; i++) {
        double start = now();
        POST(fi_trecv(ep, buffer, MESSAGE, desc, peer, 1, 0, &receive_context));
        if (parent) {
            POST(fi_tsend(ep, buffer + LOCAL, MESSAGE, desc, peer, 1, &send_context));
            completions(2);
        } else {
            completions(1);
            POST(fi_tsend(ep, buffer + LOCAL, MESSAGE, desc, peer, 1, &send_context));
            completions(1);
        }
        if (i >= 0)
            samples[i] = (now() - start) / 2;
    }
    if (parent)
        report("half-round-trip", samples, iterations);
    free(samples);
}

static double read_remote(size_t offset)
{
    double start = now();
    POST(fi_read(ep, buffer + TARGET, READ, desc, peer, other.base + offset, other.key, &send_context));
    completions(1);
    return now() - start;
}

static double read_bare(size_t offset)
{
    struct iovec here = {.iov_base = buffer + TARGET, .iov_len = READ};
    struct iovec there = {.iov_base = (void *)(uintptr_t)(other.buffer + offset), .iov_len = READ};
    double start = now();
    CHECK(process_vm_readv(other.pid, &here, 1, &there, 1, 0) == READ);
    return now() - start;
}

static double copy_locally(void)
{
    double start = now();
    memcpy(buffer + TARGET, buffer + LOCAL, READ);
    __asm__ volatile("" ::: "memory");
    return now() - start;
}

/* All in one loop, so that whatever else the machine does meets all of them alike. */
static void reads(int iterations)
{
    static const char *const names[] = {"memcpy", "read", "bare-read", "read-small-pages", "bare-read-small-pages"};
    enum { KINDS = sizeof(names) / sizeof(names[0]) };
    double *samples[KINDS];
    CHECK(prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY) == 0 || errno == EINVAL);
    meet();
    for (int k = 0; k < KINDS; k++)
        samples[k] = calloc((size_t)iterations, sizeof(double));
    for (int i = -WARM_UP; parent && i < iterations; i++) {
        double took[KINDS] = {
            copy_locally(), read_remote(REMOTE), read_bare(REMOTE), read_remote(REMOTE_SMALL), read_bare(REMOTE_SMALL)};
        for (int k = 0; i >= 0 && k < KINDS; k++)
            samples[k][i] = took[k];
    }
    for (int k = 0; k < KINDS; k++) {
        if (parent)
            report(names[k], samples[k], iterations);
        free(samples[k]);
    }
}

int main(int argc, char **argv)
{
    int status = 0;
    struct child child = {0};
    if (argc != 4 || (strcmp(argv[1], "latency") && strcmp(argv[1], "read")) || atoi(argv[3]) < 1) {
        fprintf(stderr, "usage: fabric_bench latency|read PROVIDER ITERATIONS\n");
        return 2;
    }
    parent = !getenv("FABRIC_BENCH_CHILD");
    if (parent) {
        child = child_start(argv, "FABRIC_BENCH_CHILD", "1");
        CHECK(child.pid > 0);
    }
    in_fd = parent ? child.in : CHILD_IN;
    out_fd = parent ? child.out : CHILD_OUT;
    bool latencies = !strcmp(argv[1], "latency");
    open_all(argv[2], !latencies);
    (latencies ? latency : reads)(atoi(argv[3]));
    close_all();
    if (parent)
        CHECK(waitpid(child.pid, &status, 0) == child.pid && WIFEXITED(status) && !WEXITSTATUS(status));
    return 0;
}
