/*
 * Half round trips and windows of messages between two ranks, in C over a libfabric provider: tagged messages on RDM
 * endpoints, polled. MPI starts the ranks and brings them each other's address; no message that is timed touches it.
 *
 *   fabric_pair ping-pong|bandwidth PROVIDER SECONDS LENGTH...
 *
 * prints "- - LENGTH NANOSECONDS CHECKSUM 0" for each length in bytes, as pingpong.c and bandwidth.c do.
 */
#define _POSIX_C_SOURCE 200809L
#include <mpi.h>
#include <rdma/fabric.h>
#include <rdma/fi_cm.h>
#include <rdma/fi_domain.h>
#include <rdma/fi_endpoint.h>
#include <rdma/fi_errno.h>
#include <rdma/fi_tagged.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 6, WINDOW = 64, NAME = 512 };

static int rank;
static struct fid_ep *ep;
static struct fid_cq *tx, *rx;
static struct fid_domain *domain;
static struct fi_info *info;
static fi_addr_t peer;
static struct fi_context2 contexts[2][WINDOW];

static void check(const char *what, long code)
{
    if (code < 0) {
        fprintf(stderr, "%s: %s\n", what, fi_strerror((int)-code));
        MPI_Abort(MPI_COMM_WORLD, 1);
    }
}

static void open_endpoint(const char *provider)
{
    struct fi_info *hints = fi_allocinfo();
    hints->fabric_attr->prov_name = strdup(provider);
    hints->ep_attr->type = FI_EP_RDM;
    hints->caps = FI_TAGGED;
    hints->mode = FI_CONTEXT | FI_CONTEXT2;
    hints->domain_attr->mr_mode = FI_MR_LOCAL | FI_MR_VIRT_ADDR | FI_MR_ALLOCATED | FI_MR_PROV_KEY;
    hints->domain_attr->threading = FI_THREAD_DOMAIN;
    int shm = strcmp(provider, "shm") == 0;
    check("fi_getinfo", fi_getinfo(FI_VERSION(1, 17), shm ? NULL : "127.0.0.1", NULL, shm ? 0 : FI_SOURCE, hints, &info));
    struct fid_fabric *fabric;
    struct fid_av *av;
    struct fi_cq_attr cq = {.format = FI_CQ_FORMAT_TAGGED, .size = 4 * WINDOW, .wait_obj = FI_WAIT_NONE};
    struct fi_av_attr table = {.type = FI_AV_TABLE};
    check("fi_fabric", fi_fabric(info->fabric_attr, &fabric, NULL));
    check("fi_domain", fi_domain(fabric, info, &domain, NULL));
    check("fi_av_open", fi_av_open(domain, &table, &av, NULL));
    check("fi_cq_open", fi_cq_open(domain, &cq, &tx, NULL));
    check("fi_cq_open", fi_cq_open(domain, &cq, &rx, NULL));
    check("fi_endpoint", fi_endpoint(domain, info, &ep, NULL));
    check("fi_ep_bind", fi_ep_bind(ep, &av->fid, 0));
    check("fi_ep_bind", fi_ep_bind(ep, &tx->fid, FI_TRANSMIT));
    check("fi_ep_bind", fi_ep_bind(ep, &rx->fid, FI_RECV));
    check("fi_enable", fi_enable(ep));
    char names[2][NAME] = {{0}};
    size_t length = NAME;
    check("fi_getname", fi_getname(&ep->fid, names[rank], &length));
    MPI_Sendrecv(names[rank], NAME, MPI_BYTE, 1 - rank, 0, names[1 - rank], NAME, MPI_BYTE, 1 - rank, 0, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
    if (fi_av_insert(av, names[1 - rank], 1, &peer, 0, NULL) != 1)
        check("fi_av_insert", -FI_EINVAL);
    fi_freeinfo(hints);
}

/* Takes one completion; both queues are read, since a provider may need it to move at all. */
static int poll_queue(struct fid_cq *queue, struct fid_cq *other, int *of_other)
{
    struct fi_cq_tagged_entry entry;
    ssize_t got = fi_cq_read(queue, &entry, 1);
    if (got == 1)
        return 1;
    if (got != -FI_EAGAIN)
        check("fi_cq_read", got);
    got = fi_cq_read(other, &entry, 1);
    if (got == 1)
        (*of_other)++;
    else if (got != -FI_EAGAIN)
        check("fi_cq_read", got);
    return 0;
}

static int sent, received;

static void await_sent(int count)
{
    while (sent < count)
        sent += poll_queue(tx, rx, &received);
    sent -= count;
}

static void await_received(int count)
{
    while (received < count)
        received += poll_queue(rx, tx, &sent);
    received -= count;
}

static void post_receive(void *buffer, int length, void *desc, uint64_t tag, int slot)
{
    ssize_t code;
    while ((code = fi_trecv(ep, buffer, (size_t)length, desc, peer, tag, 0, &contexts[0][slot])) == -FI_EAGAIN)
        received += poll_queue(rx, tx, &sent);
    check("fi_trecv", code);
}

static void post_send(const void *buffer, int length, void *desc, uint64_t tag, int slot)
{
    ssize_t code;
    if ((size_t)length <= info->tx_attr->inject_size) {
        while ((code = fi_tinject(ep, buffer, (size_t)length, peer, tag)) == -FI_EAGAIN)
            sent += poll_queue(tx, rx, &received);
        check("fi_tinject", code);
        sent++; /* Nothing more comes of it. */
        return;
    }
    while ((code = fi_tsend(ep, buffer, (size_t)length, desc, peer, tag, &contexts[1][slot])) == -FI_EAGAIN)
        sent += poll_queue(tx, rx, &received);
    check("fi_tsend", code);
}

/* Returns when the buffer may be changed. */
static void send_one(const void *buffer, int length, void *desc, uint64_t tag)
{
    post_send(buffer, length, desc, tag, 0);
    await_sent(1);
}

static void receive_one(void *buffer, int length, void *desc, uint64_t tag)
{
    post_receive(buffer, length, desc, tag, 0);
    await_received(1);
}

static double turns(char *out, char *in, int length, void **desc, long count)
{
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    for (long i = 0; i < count; i++) {
        if (rank == 0) {
            send_one(out, length, desc[0], 1);
            receive_one(in, length, desc[1], 1);
        } else {
            receive_one(in, length, desc[1], 1);
            send_one(out, length, desc[0], 1);
        }
    }
    return (MPI_Wtime() - start) * 1e9 / 2 / (double)count;
}

static double windows(char *out, char *in, int length, void **desc, long count)
{
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    for (long i = 0; i < count; i++) {
        if (rank == 0) {
            for (int k = 0; k < WINDOW; k++)
                post_send(out, length, desc[0], 1, k);
            await_sent(WINDOW);
            receive_one(NULL, 0, NULL, 2);
        } else {
            for (int k = 0; k < WINDOW; k++)
                post_receive(in, length, desc[1], 1, k);
            await_received(WINDOW);
            send_one(in, 0, NULL, 2);
        }
    }
    return (MPI_Wtime() - start) * 1e9 / WINDOW / (double)count;
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    int both_ways = strcmp(argv[1], "ping-pong") == 0;
    int fewest = both_ways ? 20 : 2;
    double per = both_ways ? 2 : WINDOW;
    open_endpoint(argv[2]);
    double seconds = atof(argv[3]);
    for (int i = 4; i < argc; i++) {
        int length = atoi(argv[i]);
        size_t room = ((size_t)length + 4095) / 4096 * 4096;
        char *buffers[2] = {aligned_alloc(4096, room), aligned_alloc(4096, room)};
        void *desc[2] = {NULL, NULL};
        struct fid_mr *regions[2] = {NULL, NULL};
        for (int k = 0; k < length; k++) {
            buffers[0][k] = (char)(k * 7 + rank);
            buffers[1][k] = 0;
        }
        for (int k = 0; k < 2 && (info->domain_attr->mr_mode & FI_MR_LOCAL) != 0; k++) {
            check("fi_mr_reg", fi_mr_reg(domain, buffers[k], room, FI_SEND | FI_RECV, 0, (uint64_t)(2 * i + k), 0, &regions[k], NULL));
            desc[k] = fi_mr_desc(regions[k]);
        }
        double (*run)(char *, char *, int, void **, long) = both_ways ? turns : windows;
        double once = run(buffers[0], buffers[1], length, desc, fewest);
        for (int round = 0; round < ROUNDS; round++) {
            long count = (long)(seconds * 1e9 / per / ROUNDS / once);
            count = count < fewest ? fewest : count;
            MPI_Bcast(&count, 1, MPI_LONG, 0, MPI_COMM_WORLD);
            once = run(buffers[0], buffers[1], length, desc, count);
        }
        unsigned long sum = 17;
        for (int k = 0; k < length; k++)
            sum = sum * 31 + (unsigned char)buffers[1][k];
        MPI_Bcast(&sum, 1, MPI_UNSIGNED_LONG, both_ways ? 0 : 1, MPI_COMM_WORLD);
        if (rank == 0)
            printf("- - %d %.2f %lx 0\n", length, once, sum);
        for (int k = 0; k < 2; k++) {
            if (regions[k] != NULL)
                fi_close(&regions[k]->fid);
            free(buffers[k]);
        }
    }
    MPI_Barrier(MPI_COMM_WORLD);
    fi_close(&ep->fid); /* shm leaves files behind otherwise. */
    fi_close(&tx->fid);
    fi_close(&rx->fid);
    MPI_Finalize();
    return 0;
}
