/* A queue pair with its completion queues and a registered buffer, and checks that end the program with a line. */
#ifndef DEVICE_UTIL_H
#define DEVICE_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <infiniband/verbs.h>
#include <infiniband/efadv.h>

#include "abi.h"

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            test_fail(__FILE__, __LINE__, #condition);                                                                 \
    } while (0)

_Noreturn void test_fail(const char *file, int line, const char *what);

struct peer {
    union ibv_gid gid;
    uint32_t qpn, qkey, rkey;
    uint64_t buffer;
    uint64_t length;
};

struct endpoint {
    struct ibv_pd *pd;
    struct ibv_cq_ex *send_cq, *recv_cq;
    struct ibv_qp *qp;
    struct ibv_qp_ex *ex;
    char *buffer;
    size_t length;
    struct ibv_mr *mr;
    uint32_t qkey;
};

struct completion {
    uint64_t wr_id;
    enum ibv_wc_status status;
    enum ibv_wc_opcode opcode;
    uint32_t vendor_err, byte_len, imm, src_qp, slid;
    unsigned flags;
    bool unsolicited;
    bool has_sgid;
    union ibv_gid sgid;
};

struct ibv_context *test_open(void);

struct options {
    unsigned receives;  /* receive queue length, default 512 */
    size_t buffer;      /* bytes, default 1 MiB */
    unsigned rnr_retry; /* plus one; 0: leave the default */
    bool unsolicited;
    struct ibv_comp_channel *channel;
};

void endpoint_open(struct endpoint *e, struct ibv_context *context, struct options options);
void endpoint_close(struct endpoint *e);
struct peer endpoint_address(const struct endpoint *e, struct ibv_context *context);
struct ibv_ah *ah_open(struct endpoint *e, const union ibv_gid *gid);

int post_recv(struct endpoint *e, uint64_t id, size_t offset, uint32_t length);
int post_send(
    struct endpoint *e, uint64_t id, struct ibv_ah *ah, const struct peer *to, size_t offset, uint32_t length);
int post_read(struct endpoint *e, uint64_t id, struct ibv_ah *ah, const struct peer *to, size_t offset, uint64_t remote,
    uint32_t length);
int post_write(struct endpoint *e, uint64_t id, struct ibv_ah *ah, const struct peer *to, size_t offset,
    uint64_t remote, uint32_t length, const uint32_t *imm);

bool poll_one(struct ibv_cq_ex *cq, struct completion *c);
/* false: nothing within that time */
bool wait_one(struct ibv_cq_ex *cq, struct completion *c, double seconds);
double seconds_now(void);

/* Bytes that tell the message they belong to. */
void fill(char *data, size_t length, uint64_t seed);
bool filled(const char *data, size_t length, uint64_t seed);

/* device_pair.c: a test between two processes. Returns the program's status. */
int pair_parent(const char *name);
int pair_child(const char *name);
void pair_names(void);

/* device_many.c: a test among several. A member dies at that step of that claim of a receive (0: lives). */
int many_parent(const char *name);
int many_member(const char *name, const char *index, const char *step, const char *claim);

#endif
