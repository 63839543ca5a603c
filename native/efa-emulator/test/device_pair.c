/*
 * Tests between two processes: the parent (node 0) and a child that runs this program again (node 1). Addresses cross
 * in pipes. The child acts as the test's name says and ends; the parent checks.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "counters.h"
#include "device_util.h"

enum { MESSAGES = 3000, SLOTS = 256, SLOT = 9000, BIG = 8 * 1024 * 1024 };

static struct ibv_context *context;
static struct endpoint e;
static struct peer other;
static struct ibv_ah *ah;
static int in_fd, out_fd;
static pid_t child_pid;

static void put(const void *data, size_t length)
{
    CHECK(write(out_fd, data, length) == (ssize_t)length);
}

static void get(void *data, size_t length)
{
    CHECK(read(in_fd, data, length) == (ssize_t)length);
}

static void tell(void)
{
    put("x", 1);
}

static void hear(void)
{
    char byte;
    get(&byte, 1);
}

static void exchange(void)
{
    struct peer mine = endpoint_address(&e, context);
    put(&mine, sizeof(mine));
    get(&other, sizeof(other));
    ah = ah_open(&e, &other.gid);
    tell();
    hear();
}

static void open_side(struct options options)
{
    context = test_open();
    endpoint_open(&e, context, options);
    exchange();
}

static void close_side(void)
{
    tell();
    hear();
    ibv_destroy_ah(ah);
    endpoint_close(&e);
    CHECK(!ibv_close_device(context));
}

static uint32_t length_of(uint64_t number)
{
    return (uint32_t)(number * 2654435761u >> 7) % 8900 + 8;
}

/* Both sides send numbered messages as fast as they may, and receive each of the other's exactly once, whole. */
static void stream(bool parent)
{
    static bool seen[MESSAGES], busy[SLOTS];
    struct completion c;
    unsigned sent = 0, done = 0, received = 0;
    uint64_t payload = 0, bytes;
    open_side((struct options){.receives = SLOTS, .buffer = 2 * SLOTS * SLOT});
    for (uint64_t i = 0; i < SLOTS; i++)
        CHECK(!post_recv(&e, i, i * SLOT, SLOT));
    while (done < MESSAGES || received < MESSAGES) {
        if (sent < MESSAGES && !busy[sent % SLOTS]) {
            uint64_t number = sent;
            char *data = e.buffer + (SLOTS + sent % SLOTS) * SLOT;
            memcpy(data, &number, 8);
            fill(data + 8, length_of(number) - 8, number + parent);
            CHECK(!post_send(&e, number, ah, &other, (size_t)(data - e.buffer), length_of(number)));
            payload += length_of(number);
            busy[sent % SLOTS] = true;
            sent++;
        }
        if (poll_one(e.send_cq, &c)) {
            CHECK(!c.vendor_err && busy[c.wr_id % SLOTS]);
            busy[c.wr_id % SLOTS] = false; /* completions come in any order */
            done++;
        }
        while (poll_one(e.recv_cq, &c)) {
            uint64_t number;
            char *data = e.buffer + c.wr_id * SLOT;
            CHECK(!c.vendor_err);
            memcpy(&number, data, 8);
            CHECK(number < MESSAGES && !seen[number] && c.byte_len == length_of(number));
            CHECK(filled(data + 8, c.byte_len - 8, number + !parent));
            seen[number] = true;
            received++;
            CHECK(!post_recv(&e, c.wr_id, c.wr_id * SLOT, SLOT));
        }
    }
    CHECK(!weft_efa_counter("tx_bytes", &bytes) && bytes >= payload);
    CHECK(!weft_efa_counter("rx_bytes", &bytes) && bytes >= payload);
    close_side();
}

/* A full receive queue of the longest messages, while the receiver's program sleeps. */
static void absorb(bool parent)
{
    enum { COUNT = 8192 };
    struct completion c;
    open_side((struct options){.receives = COUNT, .buffer = 16 * SLOT});
    if (parent) {
        hear();
        unsigned sent = 0, done = 0;
        fill(e.buffer, 8928, 5);
        while (done < COUNT) {
            if (sent < COUNT && sent - done < 512) {
                CHECK(!post_send(&e, sent, ah, &other, 0, 8928));
                sent++;
            }
            while (poll_one(e.send_cq, &c)) {
                CHECK(!c.vendor_err);
                done++;
            }
        }
        tell();
    } else {
        for (uint64_t i = 0; i < COUNT; i++)
            CHECK(!post_recv(&e, i, (i % 16) * SLOT, SLOT));
        tell();
        hear();
        for (unsigned i = 0; i < COUNT; i++) {
            CHECK(wait_one(e.recv_cq, &c, 10) && !c.vendor_err && c.byte_len == 8928);
            CHECK(filled(e.buffer + (c.wr_id % 16) * SLOT, 8928, 5));
        }
    }
    close_side();
}

/* Reads and writes of every kind; the child's program does nothing meanwhile. */
static void rdma(bool parent)
{
    struct completion c;
    uint32_t imm = 77;
    open_side((struct options){.buffer = BIG});
    if (!parent) {
        fill(e.buffer, BIG, 3);
        CHECK(!post_recv(&e, 5, 0, 0));
        tell();
        hear();
        CHECK(wait_one(e.recv_cq, &c, 10) && c.imm == imm && c.byte_len == 777 && c.wr_id == 5);
        CHECK(filled(e.buffer, BIG / 2, 4) && filled(e.buffer + BIG / 2, 777, 6));
        close_side();
        return;
    }
    hear();
    CHECK(!post_read(&e, 1, ah, &other, 0, other.buffer, BIG));
    CHECK(wait_one(e.send_cq, &c, 20) && !c.vendor_err && filled(e.buffer, BIG, 3));
    fill(e.buffer, BIG / 2, 4);
    CHECK(!post_write(&e, 2, ah, &other, 0, other.buffer, BIG / 2, NULL));
    CHECK(wait_one(e.send_cq, &c, 20) && !c.vendor_err && c.opcode == IBV_WC_RDMA_WRITE);
    fill(e.buffer, 777, 6);
    CHECK(!post_write(&e, 3, ah, &other, 0, other.buffer + BIG / 2, 777, &imm));
    CHECK(wait_one(e.send_cq, &c, 20) && !c.vendor_err);
    CHECK(!post_read(&e, 4, ah, &other, 0, other.buffer + BIG - 4, 8));
    CHECK(wait_one(e.send_cq, &c, 20) && c.vendor_err == EMU_REMOTE_BAD_ADDRESS);
    tell();
    close_side();
}

static void spawn(const char *name)
{
    char *const arguments[] = {"device_test", "child", (char *)name, NULL};
    struct child child = child_start(arguments, "WEFT_EFA_NODE", "1");
    CHECK(child.pid > 0);
    child_pid = child.pid;
    out_fd = child.out;
    in_fd = child.in;
}

static double expect_errors(unsigned count)
{
    struct completion c;
    double start = seconds_now();
    for (unsigned i = 0; i < count; i++) {
        CHECK(wait_one(e.send_cq, &c, 5));
        CHECK(c.vendor_err == EMU_REMOTE_UNRESPONSIVE);
    }
    CHECK(!wait_one(e.send_cq, &c, 0.05));
    return seconds_now() - start;
}

/* Sends wait for receives that never come, the peer dies, and each of them ends; so does one posted after that. */
static void killed(bool parent)
{
    struct completion c;
    open_side((struct options){0});
    if (!parent) {
        tell();
        pause();
    }
    hear();
    for (uint64_t i = 0; i < 20; i++)
        CHECK(!post_send(&e, i, ah, &other, 0, 100));
    CHECK(!wait_one(e.send_cq, &c, 0.3));
    kill(child_pid, SIGKILL);
    printf("%.3f s\n", expect_errors(20));
    CHECK(!post_send(&e, 50, ah, &other, 0, 100) && !post_read(&e, 51, ah, &other, 0, other.buffer, 100));
    CHECK(wait_one(e.send_cq, &c, 5) && c.vendor_err == EMU_REMOTE_UNRESPONSIVE);
    CHECK(wait_one(e.send_cq, &c, 5) && c.vendor_err == EMU_REMOTE_UNRESPONSIVE);
}

/* The same in a hurry, for many rounds: the death comes at any moment of the first exchange. */
static void killed_now(bool parent)
{
    struct completion c;
    open_side((struct options){0});
    if (!parent) {
        tell();
        for (uint64_t i = 0;; i++) {
            post_send(&e, i, ah, &other, 0, 100);
            poll_one(e.send_cq, &c);
        }
    }
    hear();
    CHECK(!post_recv(&e, 1, 0, 100));
    for (uint64_t i = 0; i < 20; i++)
        CHECK(!post_send(&e, i, ah, &other, 0, 100));
    usleep((unsigned)(seconds_now() * 1e6) % 3000);
    kill(child_pid, SIGKILL);
    for (int i = 0; i < 20; i++)
        CHECK(wait_one(e.send_cq, &c, 5) && c.vendor_err);
}

static long resident_pages(void)
{
    long total, resident;
    FILE *file = fopen("/proc/self/statm", "r");
    CHECK(file && fscanf(file, "%ld %ld", &total, &resident) == 2);
    fclose(file);
    return resident;
}

static unsigned descriptors(void)
{
    unsigned count = 0;
    for (int fd = 0; fd < 1000; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

/* One process meets 200 that die, one after the other in the same place, and is left as it was. */
static void survivor(bool parent)
{
    enum { DEATHS = 200, FIRST = 20 };
    struct completion c;
    long pages = 0;
    unsigned fds = 0;
    open_side((struct options){0});
    for (int death = 0; parent && death < DEATHS; death++) {
        if (death) {
            spawn("survivor");
            exchange();
        }
        for (uint64_t i = 0; i < 20; i++) {
            CHECK(!post_recv(&e, i, 0, 100));
            CHECK(!post_send(&e, i, ah, &other, 0, 100) && wait_one(e.send_cq, &c, 5) && !c.vendor_err);
            CHECK(wait_one(e.recv_cq, &c, 5) && !c.vendor_err);
        }
        CHECK(!post_send(&e, 99, ah, &other, 0, 100));
        CHECK(!kill(child_pid, SIGKILL) && waitpid(child_pid, NULL, 0) == child_pid);
        CHECK(wait_one(e.send_cq, &c, 5) && c.vendor_err == EMU_REMOTE_UNRESPONSIVE);
        ibv_destroy_ah(ah);
        close(in_fd);
        close(out_fd);
        usleep(2000); /* the incoming link is retired by the device's thread */
        if (death == FIRST) {
            pages = resident_pages();
            fds = descriptors();
        }
    }
    if (parent) {
        printf("%ld pages after %d deaths, %ld after %d\n", pages, FIRST, resident_pages(), DEATHS);
        CHECK(descriptors() <= fds && resident_pages() <= pages + 100);
        return;
    }
    for (uint64_t i = 0; i < 20; i++)
        CHECK(!post_recv(&e, i, 0, 100));
    for (uint64_t i = 0; i < 20; i++)
        CHECK(!post_send(&e, i, ah, &other, 0, 100));
    for (;;)
        poll_one(e.send_cq, &c);
}

/* A read that a stopped peer cannot serve; it only waits where data go through the wire. */
static void killed_reading(bool parent)
{
    struct completion c;
    open_side((struct options){.buffer = BIG});
    if (!parent) {
        CHECK(!post_recv(&e, 1, 0, 100));
        tell();
        pause();
    }
    hear();
    CHECK(!post_send(&e, 1, ah, &other, 0, 100) && wait_one(e.send_cq, &c, 5));
    kill(child_pid, SIGSTOP);
    /* Only when it says so does none of its threads run any more. */
    CHECK(waitpid(child_pid, NULL, WUNTRACED) == child_pid);
    for (uint64_t i = 0; i < 4; i++)
        CHECK(!post_read(&e, i, ah, &other, 0, other.buffer, BIG));
    CHECK(!wait_one(e.send_cq, &c, 0.3));
    kill(child_pid, SIGKILL);
    printf("%.3f s\n", expect_errors(4));
}

/* What a process sent before it died arrives; one that only receives learns nothing of the death. */
static void silent(bool parent)
{
    struct completion c;
    open_side((struct options){0});
    if (!parent) {
        hear();
        for (uint64_t i = 0; i < 10; i++)
            CHECK(!post_send(&e, i, ah, &other, 0, 100));
        for (uint64_t i = 0; i < 10; i++)
            CHECK(wait_one(e.send_cq, &c, 5) && !c.vendor_err);
        kill(getpid(), SIGKILL);
    }
    for (uint64_t i = 0; i < 20; i++)
        CHECK(!post_recv(&e, i, 0, 100));
    tell();
    waitpid(child_pid, NULL, 0);
    for (uint64_t i = 0; i < 10; i++)
        CHECK(wait_one(e.recv_cq, &c, 5) && !c.vendor_err && c.wr_id == i);
    CHECK(!wait_one(e.recv_cq, &c, 1) && !poll_one(e.send_cq, &c));
}

/* With WEFT_EFA_FAULT_PARTITION=0/1@COUNT: sends pass until then; afterwards both sides' end in errors. */
static void partition(bool parent)
{
    struct completion c;
    unsigned good = 0;
    (void)parent;
    open_side((struct options){0});
    for (uint64_t i = 0; i < 256; i++)
        CHECK(!post_recv(&e, i, 0, 100));
    tell();
    hear();
    double start = seconds_now();
    for (;;) {
        CHECK(!post_send(&e, 1, ah, &other, 0, 100));
        CHECK(wait_one(e.send_cq, &c, 5));
        if (c.vendor_err)
            break;
        CHECK(++good <= 256);
        usleep(1000);
    }
    CHECK(c.vendor_err == EMU_REMOTE_UNRESPONSIVE);
    printf("%u sends, then an error after %.3f s\n", good, seconds_now() - start);
}

/* With WEFT_EFA_FAULT_DROP: as many sends end in errors as the device says it dropped, and the others arrive. */
static void drop(bool parent)
{
    enum { COUNT = 500 };
    struct completion c;
    uint64_t dropped = 0, errors = 0, told;
    open_side((struct options){.receives = 512});
    if (!parent) {
        for (uint64_t i = 0; i < COUNT; i++)
            CHECK(!post_recv(&e, i, 0, 100));
        tell();
        get(&told, sizeof(told));
        for (uint64_t i = 0; i < COUNT - told; i++)
            CHECK(wait_one(e.recv_cq, &c, 5) && !c.vendor_err);
        CHECK(!poll_one(e.recv_cq, &c));
        close_side();
        return;
    }
    hear();
    for (uint64_t i = 0; i < COUNT; i++)
        CHECK(!post_send(&e, i, ah, &other, 0, 100));
    for (uint64_t i = 0; i < COUNT; i++) {
        CHECK(wait_one(e.send_cq, &c, 5) && (!c.vendor_err || c.vendor_err == EMU_REMOTE_UNRESPONSIVE));
        errors += c.vendor_err != 0;
    }
    CHECK(!weft_efa_counter("dropped", &dropped) && dropped == errors && dropped > 0 && dropped < COUNT);
    put(&errors, sizeof(errors));
    printf("%llu of %d dropped\n", (unsigned long long)errors, COUNT);
    close_side();
}

/* Ends at once after a last message, the way of many a server: what it sent is delivered. An answer finds nobody. */
static void leaver(bool parent)
{
    struct completion c;
    open_side((struct options){0});
    if (parent) {
        CHECK(!post_recv(&e, 1, 0, 100));
        tell();
        CHECK(wait_one(e.recv_cq, &c, 5) && !c.vendor_err && filled(e.buffer, 100, 9));
        siginfo_t end;
        CHECK(!waitid(P_PID, (id_t)child_pid, &end, WEXITED | WNOWAIT));
        CHECK(!post_send(&e, 2, ah, &other, 0, 100));
        CHECK(wait_one(e.send_cq, &c, 5) && c.vendor_err == EMU_REMOTE_BAD_DEST_QPN);
        return;
    }
    hear();
    fill(e.buffer, 100, 9);
    CHECK(!post_send(&e, 1, ah, &other, 0, 100) && wait_one(e.send_cq, &c, 5) && !c.vendor_err);
    ibv_destroy_ah(ah);
    endpoint_close(&e);
    ibv_close_device(context);
}

static const struct {
    const char *name;
    void (*run)(bool parent);
    bool child_is_killed;
} pairs[] = {{"stream", stream, false}, {"absorb", absorb, false}, {"rdma", rdma, false}, {"killed", killed, true},
    {"killed-now", killed_now, true}, {"survivor", survivor, true}, {"killed-reading", killed_reading, true},
    {"silent", silent, true}, {"partition", partition, false}, {"leaver", leaver, false}, {"drop", drop, false}};
enum { PAIRS = sizeof(pairs) / sizeof(pairs[0]) };

void pair_names(void)
{
    for (unsigned i = 0; i < PAIRS; i++)
        printf("%s\n", pairs[i].name);
}

static unsigned find(const char *name)
{
    unsigned i = 0;
    while (i < PAIRS && strcmp(pairs[i].name, name))
        i++;
    CHECK(i < PAIRS);
    return i;
}

int pair_child(const char *name)
{
    in_fd = CHILD_IN;
    out_fd = CHILD_OUT;
    pairs[find(name)].run(false);
    return 0;
}

int pair_parent(const char *name)
{
    int status;
    unsigned index = find(name);
    signal(SIGPIPE, SIG_IGN);
    spawn(name);
    pairs[index].run(true);
    if (waitpid(child_pid, &status, 0) == child_pid)
        CHECK(pairs[index].child_is_killed ? WIFSIGNALED(status) : WIFEXITED(status) && !WEXITSTATUS(status));
    else
        CHECK(pairs[index].child_is_killed && errno == ECHILD);
    return 0;
}
