/*
 * Open MPI over the device: allreduce, alltoall and a ring, each checked against a formula; and that what was sent
 * crossed the device of this process, by its byte counter.
 */
#include <dlfcn.h>
#include <mpi.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int rank, size;
static uint64_t payload;

static void fail(const char *what, int length)
{
    fprintf(stderr, "rank %d: %s of %d is wrong\n", rank, what, length);
    MPI_Abort(MPI_COMM_WORLD, 1);
}

static void test_allreduce(int length)
{
    int64_t *in = malloc(8 * (size_t)length), *out = malloc(8 * (size_t)length);
    for (int i = 0; i < length; i++)
        in[i] = (int64_t)(rank + 1) * (i + 1);
    MPI_Allreduce(in, out, length, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
    for (int i = 0; i < length; i++) {
        if (out[i] != (int64_t)size * (size + 1) / 2 * (i + 1))
            fail("allreduce", length);
    }
    free(in);
    free(out);
}

static void test_alltoall(int length)
{
    size_t bytes = sizeof(int) * (size_t)length * (size_t)size;
    int *in = malloc(bytes), *out = malloc(bytes);
    for (int i = 0; i < length * size; i++)
        in[i] = rank * 1000003 + i;
    MPI_Alltoall(in, length, MPI_INT, out, length, MPI_INT, MPI_COMM_WORLD);
    for (int from = 0; from < size; from++) {
        for (int i = 0; i < length; i++) {
            if (out[from * length + i] != from * 1000003 + rank * length + i)
                fail("alltoall", length);
        }
    }
    free(in);
    free(out);
}

/* Each rank's block goes once round; every rank adds its number to it on the way. */
static void test_ring(int length)
{
    int *block = malloc(sizeof(int) * (size_t)length), *other = malloc(sizeof(int) * (size_t)length);
    int right = (rank + 1) % size, left = (rank + size - 1) % size;
    for (int i = 0; i < length; i++)
        block[i] = rank * 7 + i;
    for (int step = 0; step < size; step++) {
        MPI_Sendrecv(
            block, length, MPI_INT, right, step, other, length, MPI_INT, left, step, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        payload += sizeof(int) * (uint64_t)length;
        for (int i = 0; i < length; i++)
            block[i] = other[i] + rank;
    }
    for (int i = 0; i < length; i++) {
        if (block[i] != rank * 7 + i + size * (size - 1) / 2)
            fail("ring", length);
    }
    free(block);
    free(other);
}

int main(int argc, char **argv)
{
    int (*counter)(const char *, uint64_t *) =
        (int (*)(const char *, uint64_t *))(intptr_t)dlsym(RTLD_DEFAULT, "weft_efa_counter");
    uint64_t sent = 0, read = 0, all, needed;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    for (int length = 1; length <= 1 << 16; length *= 4) {
        test_allreduce(length);
        test_alltoall(length);
        test_ring(length);
    }
    /* A long message crosses as a read by its receiver. */
    MPI_Barrier(MPI_COMM_WORLD);
    if (!counter || counter("tx_bytes", &sent) || counter("read_bytes", &read)) {
        fprintf(stderr, "rank %d: the emulated device is not there\n", rank);
        MPI_Abort(MPI_COMM_WORLD, 1);
    }
    sent += read;
    MPI_Reduce(&sent, &all, 1, MPI_UINT64_T, MPI_SUM, 0, MPI_COMM_WORLD);
    MPI_Reduce(&payload, &needed, 1, MPI_UINT64_T, MPI_SUM, 0, MPI_COMM_WORLD);
    if (rank == 0 && all < needed) {
        fprintf(stderr, "%llu bytes crossed the device, %llu were sent\n", (unsigned long long)all,
            (unsigned long long)needed);
        MPI_Abort(MPI_COMM_WORLD, 1);
    }
    if (rank == 0)
        printf("%d ranks, %llu bytes over the device\n", size, (unsigned long long)all);
    MPI_Finalize();
    return 0;
}
