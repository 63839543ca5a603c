/*
 * Tests among several processes: the parent opens no device, starts the members (member i is node i) and tells them by
 * pipes when to go on. All members learn the addresses of those that started with them.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "counters.h"
#include "credit.h"
#include "device_util.h"

enum { MOST = 4, SENDS = 5, READS = 2, BUFFER = 1024 * 1024 };
/* of the test of credits */
enum { RECEIVES = 16, CLAIMERS = 48, STREAM_BYTES = 50, CLAIM_BYTES = 30, WINDOW = 4 };

static struct child members[MOST];
static struct peer addresses[MOST];
static struct ibv_context *context;
static struct endpoint e;
static struct ibv_ah *ahs[MOST];
static unsigned self;
static int die_step, die_claim;

void emu_credit_hook(int step)
{
    static int claims;
    claims += step == 1;
    if (step == die_step && claims == die_claim)
        kill(getpid(), SIGKILL);
}

static void put(int fd, const void *data, size_t length)
{
    CHECK(write(fd, data, length) == (ssize_t)length);
}

static void get(int fd, void *data, size_t length)
{
    CHECK(read(fd, data, length) == (ssize_t)length);
}

/* The member's side: waits until the parent lets all go on. */
static void meet(void)
{
    char byte = 0;
    put(CHILD_OUT, &byte, 1);
    get(CHILD_IN, &byte, 1);
}

static void gather(unsigned count)
{
    char byte;
    for (unsigned i = 0; i < count; i++)
        get(members[i].in, &byte, 1);
}

static void release(unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        put(members[i].out, "", 1);
}

static void start(const char *name, unsigned index, const char *step, const char *claim)
{
    char number[16];
    snprintf(number, sizeof(number), "%u", index);
    char *const arguments[] = {"device_test", "member", (char *)name, number, (char *)step, (char *)claim, NULL};
    members[index] = child_start(arguments, "WEFT_EFA_NODE", number);
    CHECK(members[index].pid > 0);
}

static void start_all(const char *name, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        start(name, i, "0", "0");
    for (unsigned i = 0; i < count; i++)
        get(members[i].in, &addresses[i], sizeof(addresses[i]));
    for (unsigned i = 0; i < count; i++)
        put(members[i].out, addresses, sizeof(addresses));
    gather(count);
    release(count);
}

static void end(unsigned index, bool killed)
{
    int status;
    CHECK(waitpid(members[index].pid, &status, 0) == members[index].pid);
    CHECK(killed ? WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL : WIFEXITED(status) && !WEXITSTATUS(status));
    close(members[index].in);
    close(members[index].out);
}

static void read_once(unsigned from)
{
    struct completion c;
    CHECK(!post_read(&e, 1, ahs[from], &addresses[from], 0, addresses[from].buffer, 100));
    CHECK(wait_one(e.send_cq, &c, 10) && !c.vendor_err);
}

static void post_sends(unsigned to)
{
    for (uint64_t i = 0; i < SENDS; i++)
        CHECK(!post_send(&e, i, ahs[to], &addresses[to], 0, 100));
}

static void post_reads(unsigned from)
{
    for (uint64_t i = 0; i < READS; i++)
        CHECK(!post_read(&e, i, ahs[from], &addresses[from], 0, addresses[from].buffer, BUFFER));
}

static void expect_errors(unsigned count)
{
    struct completion c;
    double begin = seconds_now();
    for (unsigned i = 0; i < count; i++)
        CHECK(wait_one(e.send_cq, &c, 5) && c.vendor_err == EMU_REMOTE_UNRESPONSIVE);
    CHECK(seconds_now() - begin < 5 && !wait_one(e.send_cq, &c, 0.05));
    printf("node %u: %u errors after %.3f s\n", self, count, seconds_now() - begin);
}

/* Those that are left still reach each other. */
static void ring_of_three(void)
{
    struct completion c;
    CHECK(!post_recv(&e, 9, 0, 100));
    meet();
    CHECK(!post_send(&e, 8, ahs[(self + 1) % 3], &addresses[(self + 1) % 3], 1000, 100));
    CHECK(wait_one(e.send_cq, &c, 5) && !c.vendor_err && wait_one(e.recv_cq, &c, 5) && !c.vendor_err && c.wr_id == 9);
    meet();
}

/* Sends and, where they go through the wire, reads of three processes are outstanding to the fourth as it dies. */
static void killed(void)
{
    const char *rdma = getenv("WEFT_EFA_RDMA"), *wire = getenv("WEFT_EFA_WIRE");
    bool copied = (rdma && !strcmp(rdma, "copy")) || (wire && !strcmp(wire, "tcp"));
    struct completion c;
    if (self == 3) {
        meet();
        pause();
    }
    read_once(3);
    meet();
    post_sends(3);
    if (copied)
        post_reads(3);
    CHECK(!wait_one(e.send_cq, &c, 0.3));
    meet();
    expect_errors(SENDS + (copied ? READS : 0));
    ring_of_three();
}

static void killed_parent(void)
{
    int status;
    start_all("killed", 4);
    gather(4);
    CHECK(!kill(members[3].pid, SIGSTOP) && waitpid(members[3].pid, &status, WUNTRACED) == members[3].pid);
    release(3);
    gather(3);
    CHECK(!kill(members[3].pid, SIGKILL));
    release(3);
    for (unsigned i = 0; i < 2; i++) {
        gather(3);
        release(3);
    }
    for (unsigned i = 0; i < 4; i++)
        end(i, i == 3);
}

/* With WEFT_EFA_FAULT_PARTITION=0+1+2/3@10: sends wait as the cut comes, reads come after it, on both sides of it. */
static void cut(void)
{
    unsigned first = self == 3 ? 0 : 3, last = self == 3 ? 2 : 3;
    for (unsigned to = first; to <= last; to++)
        read_once(to);
    meet();
    for (unsigned to = first; to <= last; to++)
        post_sends(to);
    meet();
    for (unsigned i = 0; i < 10; i++)
        read_once(self);
    for (unsigned to = first; to <= last; to++)
        post_reads(to);
    expect_errors((last - first + 1) * (SENDS + READS));
    meet();
    if (self < 3)
        ring_of_three();
}

static void cut_parent(void)
{
    start_all("cut", 4);
    for (unsigned i = 0; i < 3; i++) {
        gather(4);
        release(4);
    }
    for (unsigned i = 0; i < 2; i++) {
        gather(3);
        release(3);
    }
    for (unsigned i = 0; i < 4; i++)
        end(i, false);
}

static bool told(void)
{
    struct pollfd fd = {.fd = CHILD_IN, .events = POLLIN};
    return poll(&fd, 1, 0) > 0;
}

static void receive(uint64_t *streamed, double patience)
{
    struct completion c;
    for (double until = seconds_now() + patience; patience ? seconds_now() < until : !told();) {
        for (unsigned i = 0; i < 100 && poll_one(e.recv_cq, &c); i++) {
            CHECK(!c.vendor_err);
            *streamed += c.byte_len == STREAM_BYTES;
            CHECK(!post_recv(&e, c.wr_id, c.wr_id * 100, 100));
        }
    }
}

/*
 * Processes die at each step of taking a receive, while another goes on sending. In the end each receive can be had
 * again, and not one more; and all the other one sent has come.
 */
static void credits_receiver(void)
{
    struct completion c;
    uint64_t streamed = 0, restored;
    char byte;
    for (uint64_t i = 0; i < RECEIVES; i++)
        CHECK(!post_recv(&e, i, i * 100, 100));
    meet();
    receive(&streamed, 0);
    get(CHILD_IN, &byte, 1);
    receive(&streamed, 0.5);
    CHECK(!weft_efa_counter("credits_restored", &restored) && restored > 0);
    put(CHILD_OUT, &streamed, sizeof(streamed));
    meet();
    meet();
    for (unsigned i = 0; i < RECEIVES; i++)
        CHECK(wait_one(e.recv_cq, &c, 5) && !c.vendor_err && c.byte_len == STREAM_BYTES);
    CHECK(!poll_one(e.recv_cq, &c) && !post_recv(&e, 0, 0, 100));
    CHECK(wait_one(e.recv_cq, &c, 5) && !c.vendor_err);
    printf("%llu messages, %llu receives restored\n", (unsigned long long)streamed, (unsigned long long)restored);
}

static void credits_streamer(void)
{
    struct completion c;
    uint64_t sent = 0, done = 0;
    double last = seconds_now();
    char byte;
    meet();
    while (done < sent || !told()) {
        if (sent - done < WINDOW && !told()) {
            CHECK(!post_send(&e, sent, ahs[0], &addresses[0], 0, STREAM_BYTES));
            sent++;
        }
        while (poll_one(e.send_cq, &c)) {
            CHECK(!c.vendor_err);
            done++;
            last = seconds_now();
        }
        CHECK(done == sent || seconds_now() - last < 10);
    }
    get(CHILD_IN, &byte, 1);
    put(CHILD_OUT, &sent, sizeof(sent));
    meet();
    for (uint64_t i = 0; i < RECEIVES + 1; i++)
        CHECK(!post_send(&e, i, ahs[0], &addresses[0], 0, STREAM_BYTES));
    for (uint64_t i = 0; i < RECEIVES; i++)
        CHECK(wait_one(e.send_cq, &c, 5) && !c.vendor_err);
    CHECK(!wait_one(e.send_cq, &c, 0.3));
    meet();
    CHECK(wait_one(e.send_cq, &c, 5) && !c.vendor_err);
}

static void credits(void)
{
    struct completion c;
    if (self == 0)
        credits_receiver();
    else if (self == 1)
        credits_streamer();
    for (uint64_t i = 0; self == 2; i++) {
        while (poll_one(e.send_cq, &c))
            CHECK(!c.vendor_err);
        post_send(&e, i, ahs[0], &addresses[0], 0, CLAIM_BYTES);
    }
}

static void credits_parent(void)
{
    uint64_t received, sent;
    start_all("credits", 2);
    gather(2);
    release(2);
    for (unsigned i = 0; i < CLAIMERS; i++) {
        char step[2] = {(char)('1' + i % 3), 0}, claim[2] = {(char)('1' + i / 3 % 3), 0};
        start("credits", 2, step, claim);
        get(members[2].in, &addresses[2], sizeof(addresses[2]));
        put(members[2].out, addresses, sizeof(addresses));
        end(2, true);
    }
    put(members[1].out, "", 1);
    get(members[1].in, &sent, sizeof(sent));
    put(members[0].out, "", 1);
    get(members[0].in, &received, sizeof(received));
    CHECK(received == sent);
    for (unsigned i = 0; i < 2; i++) {
        gather(2);
        release(2);
    }
    end(0, false);
    end(1, false);
}

static const struct {
    const char *name;
    void (*parent)(void);
    void (*member)(void);
} tests[] = {{"killed", killed_parent, killed}, {"cut", cut_parent, cut}, {"credits", credits_parent, credits}};
enum { TESTS = sizeof(tests) / sizeof(tests[0]) };

static unsigned find(const char *name)
{
    unsigned i = 0;
    while (i < TESTS && strcmp(tests[i].name, name))
        i++;
    CHECK(i < TESTS);
    return i;
}

int many_parent(const char *name)
{
    tests[find(name)].parent();
    return 0;
}

int many_member(const char *name, const char *index, const char *step, const char *claim)
{
    self = (unsigned)atoi(index);
    context = test_open();
    endpoint_open(&e, context, (struct options){.buffer = BUFFER});
    addresses[self] = endpoint_address(&e, context);
    put(CHILD_OUT, &addresses[self], sizeof(addresses[self]));
    get(CHILD_IN, addresses, sizeof(addresses));
    for (unsigned i = 0; i < MOST; i++) {
        if (addresses[i].length)
            ahs[i] = ah_open(&e, &addresses[i].gid);
    }
    die_step = atoi(step);
    die_claim = atoi(claim);
    if (!die_step)
        meet();
    tests[find(name)].member();
    return 0;
}
