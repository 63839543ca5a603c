/*
 * Patterns between pairs of ranks in C over a libfabric provider: tagged messages and remote memory on
 * reliable-datagram endpoints, polled. MPI starts the ranks, brings them each other's addresses and speaks between
 * batches; nothing that is timed touches it. See peer.h for the command line and the method; PROVIDER is a full name,
 * such as shm, net or "tcp;ofi_rxm".
 */
#define _GNU_SOURCE
#include <mpi.h>
#include "peer.h"
#include <rdma/fabric.h>
#include <rdma/fi_cm.h>
#include <rdma/fi_domain.h>
#include <rdma/fi_endpoint.h>
#include <rdma/fi_errno.h>
#include <rdma/fi_rma.h>
#include <rdma/fi_tagged.h>

enum { NAME = 512, READ_AT_ONCE = 16, POLLS = 64 };
enum kind { MESSAGE = 1, ANSWER, NEIGHBOUR };

/* A region of this rank's memory. */
struct region {
    unsigned char *memory;
    struct fid_mr *mr;
    void *descriptor;
};

static struct fi_info *info;
static struct fid_fabric *fabric;
static struct fid_domain *domain;
static struct fid_av *vector;
static struct fid_cq *queue;
static struct fid_ep *endpoint;
static fi_addr_t *addresses;
static struct region sending, receiving;
/* Rank 1's memory, for puts and gets. */
static uint64_t remote_address, remote_key;

/* An operation's context says which kind it was. */
static struct fi_context2 sends[WINDOW], receives[WINDOW], moves[1];
static int sent, received, moved;

static void check(const char *function, long code)
{
    if (code < 0)
        fail(function, "%s", fi_strerror((int)-code));
}

static int is_of(const void *context, const struct fi_context2 *contexts, size_t count)
{
    return (const struct fi_context2 *)context >= contexts && (const struct fi_context2 *)context < contexts + count;
}

static void poll_queue(void)
{
    struct fi_cq_entry entries[READ_AT_ONCE];
    ssize_t got = fi_cq_read(queue, entries, READ_AT_ONCE);
    if (got == -FI_EAGAIN)
        return;
    if (got == -FI_EAVAIL) {
        struct fi_cq_err_entry error = {0};
        check("fi_cq_readerr", fi_cq_readerr(queue, &error, 0));
        fail("fi_cq_read", "%s: %s", fi_strerror(error.err),
            fi_cq_strerror(queue, error.prov_errno, error.err_data, NULL, 0));
    }
    check("fi_cq_read", got);
    for (ssize_t i = 0; i < got; i++) {
        if (is_of(entries[i].op_context, receives, WINDOW))
            received++;
        else if (is_of(entries[i].op_context, sends, WINDOW))
            sent++;
        else
            moved++;
    }
}

static void await(int *counter, int count)
{
    while (*counter < count)
        poll_queue();
    *counter -= count;
}

/* Kind and sender make a tag; a receive names them. */
static uint64_t tag_of(enum kind kind, int from)
{
    return (uint64_t)kind << 16 | (uint64_t)from;
}

static void post_receive(void *memory, size_t bytes, void *descriptor, int from, enum kind kind, int slot)
{
    ssize_t code;
    while ((code = fi_trecv(endpoint, memory, bytes, descriptor, FI_ADDR_UNSPEC, tag_of(kind, from), 0,
                &receives[slot])) == -FI_EAGAIN)
        poll_queue();
    check("fi_trecv", code);
}

static void post_send(const void *memory, size_t bytes, void *descriptor, int to, enum kind kind, int slot)
{
    ssize_t code;
    if (bytes <= info->tx_attr->inject_size) {
        while ((code = fi_tinject(endpoint, memory, bytes, addresses[to], tag_of(kind, rank))) == -FI_EAGAIN)
            poll_queue();
        check("fi_tinject", code);
        sent++; /* Nothing more comes of it. */
        return;
    }
    while ((code = fi_tsend(endpoint, memory, bytes, descriptor, addresses[to], tag_of(kind, rank), &sends[slot])) ==
           -FI_EAGAIN)
        poll_queue();
    check("fi_tsend", code);
}

/* Returns when the memory may be changed. */
static void send_message(size_t bytes, enum kind kind)
{
    post_send(sending.memory, bytes, sending.descriptor, partner, kind, 0);
    await(&sent, 1);
}

static void receive_message(size_t bytes, enum kind kind)
{
    post_receive(receiving.memory, bytes, receiving.descriptor, partner, kind, 0);
    await(&received, 1);
}

static void ping_pong(long count)
{
    for (long i = 0; i < count; i += 2) {
        if (rank == 0) {
            send_message(length, MESSAGE);
            receive_message(length, MESSAGE);
        } else if (rank == 1) {
            receive_message(length, MESSAGE);
            send_message(length, MESSAGE);
        }
    }
}

/* From the lower rank of a pair to the higher. */
static void one_way(long count)
{
    for (long i = 0; partner >= 0 && i < count; i += WINDOW) {
        if (rank < partner) {
            for (int k = 0; k < WINDOW; k++)
                post_send(sending.memory, length, sending.descriptor, partner, MESSAGE, k);
            await(&sent, WINDOW);
            receive_message(0, ANSWER);
        } else {
            for (int k = 0; k < WINDOW; k++)
                post_receive(receiving.memory, length, receiving.descriptor, partner, MESSAGE, k);
            await(&received, WINDOW);
            send_message(0, ANSWER);
        }
    }
}

static void both_ways(long count)
{
    for (long i = 0; partner >= 0 && i < count; i += WINDOW) {
        for (int k = 0; k < WINDOW; k++)
            post_receive(receiving.memory, length, receiving.descriptor, partner, MESSAGE, k);
        for (int k = 0; k < WINDOW; k++)
            post_send(sending.memory, length, sending.descriptor, partner, MESSAGE, k);
        await(&sent, WINDOW);
        await(&received, WINDOW);
    }
}

/* Complete when the data are in rank 1's memory. */
static void put(long count)
{
    struct iovec here = {sending.memory, length};
    struct fi_rma_iov there = {remote_address, length, remote_key};
    for (long i = 0; rank == 0 && i < count; i++) {
        struct fi_msg_rma message = {&here, &sending.descriptor, 1, addresses[1], &there, 1, &moves[0], 0};
        ssize_t code;
        while ((code = fi_writemsg(endpoint, &message, FI_COMPLETION | FI_DELIVERY_COMPLETE)) == -FI_EAGAIN)
            poll_queue();
        check("fi_writemsg", code);
        await(&moved, 1);
    }
}

static void get(long count)
{
    for (long i = 0; rank == 0 && i < count; i++) {
        ssize_t code;
        while ((code = fi_read(endpoint, receiving.memory, length, receiving.descriptor, addresses[1], remote_address,
                    remote_key, &moves[0])) == -FI_EAGAIN)
            poll_queue();
        check("fi_read", code);
        await(&moved, 1);
    }
}

static void (*const RUN[PATTERNS])(long) = {ping_pong, one_way, both_ways, one_way, put, get};

static void run(long count)
{
    RUN[pattern](count);
}

/* The best offer of exactly this provider, or null. */
static struct fi_info *discover(void)
{
    struct fi_info *hints = fi_allocinfo(), *all = NULL, *found = NULL;
    int remote = pattern == PUT || pattern == GET;
    hints->fabric_attr->prov_name = strdup(provider);
    hints->ep_attr->type = FI_EP_RDM;
    hints->caps = FI_MSG | FI_TAGGED | (remote ? FI_RMA : 0);
    hints->mode = FI_CONTEXT | FI_CONTEXT2;
    hints->tx_attr->msg_order = hints->rx_attr->msg_order = FI_ORDER_SAS;
    hints->domain_attr->mr_mode = FI_MR_LOCAL | FI_MR_VIRT_ADDR | FI_MR_ALLOCATED | FI_MR_PROV_KEY;
    hints->domain_attr->threading = FI_THREAD_DOMAIN;
    hints->domain_attr->resource_mgmt = FI_RM_ENABLED;
    MPI_Comm host;
    int ranks_here;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &host);
    MPI_Comm_size(host, &ranks_here);
    MPI_Comm_free(&host);
    char address[INET_ADDRSTRLEN];
    own_address(ranks_here == size, address);
    int over_ip = strcmp(provider, "shm") != 0 && strncmp(provider, "efa", 3) != 0;
    int code = fi_getinfo(
        FI_VERSION(1, 17), over_ip ? address : NULL, NULL, over_ip ? FI_SOURCE | FI_NUMERICHOST : 0, hints, &all);
    if (code != -FI_ENODATA)
        check("fi_getinfo", code);
    /* libfabric takes "tcp" for a wish, and may answer "tcp;ofi_rxm". */
    for (struct fi_info *each = all; each != NULL && found == NULL; each = each->next)
        if (strcmp(each->fabric_attr->prov_name, provider) == 0)
            found = fi_dupinfo(each);
    fi_freeinfo(all);
    fi_freeinfo(hints);
    return found;
}

static void open_endpoint(void)
{
    struct fi_cq_attr completions = {
        .format = FI_CQ_FORMAT_CONTEXT, .size = info->tx_attr->size + info->rx_attr->size, .wait_obj = FI_WAIT_NONE};
    struct fi_av_attr table = {.type = FI_AV_TABLE, .count = (size_t)size};
    check("fi_fabric", fi_fabric(info->fabric_attr, &fabric, NULL));
    check("fi_domain", fi_domain(fabric, info, &domain, NULL));
    check("fi_av_open", fi_av_open(domain, &table, &vector, NULL));
    check("fi_cq_open", fi_cq_open(domain, &completions, &queue, NULL));
    check("fi_endpoint", fi_endpoint(domain, info, &endpoint, NULL));
    check("fi_ep_bind", fi_ep_bind(endpoint, &vector->fid, 0));
    check("fi_ep_bind", fi_ep_bind(endpoint, &queue->fid, FI_TRANSMIT | FI_RECV));
    check("fi_enable", fi_enable(endpoint));
    char *names = pages((size_t)size * NAME);
    size_t room = NAME;
    check("fi_getname", fi_getname(&endpoint->fid, names + (size_t)rank * NAME, &room));
    MPI_Allgather(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, names, NAME, MPI_BYTE, MPI_COMM_WORLD);
    addresses = pages((size_t)size * sizeof(fi_addr_t));
    for (int r = 0; r < size; r++)
        if (fi_av_insert(vector, names + (size_t)r * NAME, 1, &addresses[r], 0, NULL) != 1)
            fail("fi_av_insert", "rank %d's address is refused", r);
    free(names);
}

/* Registered where the provider wants that of the memory of messages, or where others shall reach it. */
static struct region register_memory(unsigned char *memory, size_t bytes, uint64_t access, int remote)
{
    static uint64_t key = 1;
    struct region region = {memory, NULL, NULL};
    if (remote || (info->domain_attr->mr_mode & FI_MR_LOCAL) != 0) {
        check("fi_mr_reg", fi_mr_reg(domain, memory, bytes + 1, access, 0, key++, 0, &region.mr, NULL));
        region.descriptor = fi_mr_desc(region.mr);
    }
    return region;
}

static void close_region(struct region *region)
{
    if (region->mr != NULL)
        check("fi_close", fi_close(&region->mr->fid));
}

static void share(void)
{
    uint64_t mine[2] = {0, 0};
    if (rank == 1) {
        struct region *region = pattern == PUT ? &receiving : &sending;
        if ((info->domain_attr->mr_mode & FI_MR_VIRT_ADDR) != 0)
            mine[0] = (uint64_t)(uintptr_t)region->memory;
        mine[1] = fi_mr_key(region->mr);
    }
    MPI_Bcast(mine, 2, MPI_UINT64_T, 1, MPI_COMM_WORLD);
    remote_address = mine[0];
    remote_key = mine[1];
}

static const char *open_pattern(void)
{
    static char reason[2 * TEXT];
    if (RUN[pattern] == NULL) {
        snprintf(reason, sizeof(reason), "libfabric has no %s of its own", PATTERN[pattern].word);
        return reason;
    }
    int remote = pattern == PUT || pattern == GET;
    info = discover();
    int missing = info == NULL, too_long = info != NULL && length > info->ep_attr->max_msg_size;
    MPI_Allreduce(MPI_IN_PLACE, &missing, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    if (missing) {
        snprintf(reason, sizeof(reason), "libfabric %u.%u has no provider %.64s with tagged messages on FI_EP_RDM%s",
            FI_MAJOR(fi_version()), FI_MINOR(fi_version()), provider, remote ? " and FI_RMA" : "");
        return reason;
    }
    if (too_long) {
        snprintf(
            reason, sizeof(reason), "the longest message of %.64s is %zu bytes", provider, info->ep_attr->max_msg_size);
        return reason;
    }
    open_endpoint();
    sending = register_memory(out, out_bytes, FI_SEND | (remote ? FI_WRITE | FI_REMOTE_READ : 0), remote);
    receiving = register_memory(in, in_bytes, FI_RECV | (remote ? FI_READ | FI_REMOTE_WRITE : 0), remote);
    if (remote)
        share();
    return NULL;
}

/* A provider may move nothing while nobody polls: goes on until all ranks have stopped their clocks. */
static void settle(void)
{
    MPI_Request all;
    int done = 0;
    MPI_Ibarrier(MPI_COMM_WORLD, &all);
    while (!done) {
        for (int i = 0; i < POLLS; i++)
            poll_queue();
        MPI_Test(&all, &done, MPI_STATUS_IGNORE);
    }
}

static void exchange(unsigned char *from, unsigned char *to, int bytes)
{
    int next = (rank + 1) % size, previous = (rank + size - 1) % size;
    size_t each = (size_t)bytes;
    struct region probe = register_memory(from, each, FI_SEND, 0), landing = register_memory(to, 2 * each, FI_RECV, 0);
    post_receive(to, each, landing.descriptor, previous, NEIGHBOUR, 0);
    post_receive(to + each, each, landing.descriptor, next, NEIGHBOUR, 1);
    post_send(from, each, probe.descriptor, next, NEIGHBOUR, 0);
    post_send(from, each, probe.descriptor, previous, NEIGHBOUR, 1);
    await(&sent, 2);
    await(&received, 2);
    settle();
    close_region(&probe);
    close_region(&landing);
}

static void describe(void)
{
    if (rank != 0)
        return;
    printf("library libfabric %u.%u\nprovider %s\n", FI_MAJOR(fi_version()), FI_MINOR(fi_version()),
        info->fabric_attr->prov_name);
    printf("protocol %s\n", fi_tostr(&info->ep_attr->protocol, FI_TYPE_PROTOCOL));
    struct fi_device_attr *device = info->nic == NULL ? NULL : info->nic->device_attr;
    if (device != NULL)
        printf("device %s%s (driver %s, firmware %s)\n", strcmp(device->driver, "efa_emu") == 0 ? "emulated: " : "",
            device->name, device->driver, device->firmware);
}

static void close_pattern(void)
{
    MPI_Barrier(MPI_COMM_WORLD);
    close_region(&sending);
    close_region(&receiving);
    check("fi_close", fi_close(&endpoint->fid)); /* shm leaves files behind otherwise. */
    check("fi_close", fi_close(&queue->fid));
    check("fi_close", fi_close(&vector->fid));
    check("fi_close", fi_close(&domain->fid));
    check("fi_close", fi_close(&fabric->fid));
    fi_freeinfo(info);
    free(addresses);
}

int main(int argc, char **argv)
{
    static const struct library libfabric = {open_pattern, run, settle, exchange, describe, close_pattern};
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    int status = measure(argc, argv, 1, &libfabric);
    MPI_Finalize();
    return status;
}
