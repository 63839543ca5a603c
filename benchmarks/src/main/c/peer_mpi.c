/*
 * Every pattern in C over MPI: point to point, one-sided by a window with passive target, collectives, halos by
 * persistent requests. See peer.h for the command line and the method.
 */
#define _GNU_SOURCE
#include <mpi.h>
#include "peer.h"

static MPI_Request requests[2 * WINDOW];
static MPI_Win window = MPI_WIN_NULL;
static unsigned char *shared; /* The window's memory. */
static int count_of;          /* BYTES, or doubles, as MPI takes it. */

static void ping_pong(long count)
{
    for (long i = 0; i < count; i += 2) {
        if (rank == 0) {
            MPI_Send(out, count_of, MPI_BYTE, 1, 1, MPI_COMM_WORLD);
            MPI_Recv(in, count_of, MPI_BYTE, 1, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        } else if (rank == 1) {
            MPI_Recv(in, count_of, MPI_BYTE, 0, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            MPI_Send(out, count_of, MPI_BYTE, 0, 1, MPI_COMM_WORLD);
        }
    }
}

/* From the lower rank of a pair to the higher. */
static void one_way(long count)
{
    for (long i = 0; partner >= 0 && i < count; i += WINDOW) {
        if (rank < partner) {
            for (int k = 0; k < WINDOW; k++)
                MPI_Isend(out, count_of, MPI_BYTE, partner, 1, MPI_COMM_WORLD, &requests[k]);
            MPI_Waitall(WINDOW, requests, MPI_STATUSES_IGNORE);
            MPI_Recv(NULL, 0, MPI_BYTE, partner, 2, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        } else {
            for (int k = 0; k < WINDOW; k++)
                MPI_Irecv(in, count_of, MPI_BYTE, partner, 1, MPI_COMM_WORLD, &requests[k]);
            MPI_Waitall(WINDOW, requests, MPI_STATUSES_IGNORE);
            MPI_Send(NULL, 0, MPI_BYTE, partner, 2, MPI_COMM_WORLD);
        }
    }
}

static void both_ways(long count)
{
    for (long i = 0; partner >= 0 && i < count; i += WINDOW) {
        for (int k = 0; k < WINDOW; k++)
            MPI_Irecv(in, count_of, MPI_BYTE, partner, 1, MPI_COMM_WORLD, &requests[k]);
        for (int k = 0; k < WINDOW; k++)
            MPI_Isend(out, count_of, MPI_BYTE, partner, 1, MPI_COMM_WORLD, &requests[WINDOW + k]);
        MPI_Waitall(2 * WINDOW, requests, MPI_STATUSES_IGNORE);
    }
}

static void put(long count)
{
    for (long i = 0; rank == 0 && i < count; i++) {
        MPI_Put(out, count_of, MPI_BYTE, 1, 0, count_of, MPI_BYTE, window);
        MPI_Win_flush(1, window);
    }
}

static void get(long count)
{
    for (long i = 0; rank == 0 && i < count; i++) {
        MPI_Get(in, count_of, MPI_BYTE, 1, 0, count_of, MPI_BYTE, window);
        MPI_Win_flush(1, window);
    }
}

static void barrier(long count)
{
    for (long i = 0; i < count; i++)
        MPI_Barrier(MPI_COMM_WORLD);
}

static void bcast(long count)
{
    unsigned char *buffer = rank == 0 ? out : in;
    for (long i = 0; i < count; i++)
        MPI_Bcast(buffer, count_of, MPI_BYTE, 0, MPI_COMM_WORLD);
}

static void allreduce(long count)
{
    for (long i = 0; i < count; i++)
        MPI_Allreduce(out, in, count_of, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
}

static void alltoall(long count)
{
    for (long i = 0; i < count; i++)
        MPI_Alltoall(out, count_of, MPI_BYTE, in, count_of, MPI_BYTE, MPI_COMM_WORLD);
}

static void halo(long count)
{
    for (long i = 0; i < count; i++) {
        MPI_Startall(2 * faces, requests);
        MPI_Waitall(2 * faces, requests, MPI_STATUSES_IGNORE);
    }
}

static void (*const RUN[PATTERNS])(long) = {
    ping_pong, one_way, both_ways, one_way, put, get, barrier, bcast, allreduce, alltoall, halo, halo};

static void run(long count)
{
    RUN[pattern](count);
}

/* What a face sends is tagged with its number; what arrives there left by the neighbour's opposite one. */
static void make_halo(void)
{
    for (int face = 0; face < faces; face++) {
        size_t at = (size_t)face * length;
        MPI_Recv_init(in + at, count_of, MPI_BYTE, neighbour[face], face ^ 1, MPI_COMM_WORLD, &requests[face]);
        MPI_Send_init(out + at, count_of, MPI_BYTE, neighbour[face], face, MPI_COMM_WORLD, &requests[faces + face]);
    }
}

static const char *open_pattern(void)
{
    count_of = (int)(pattern == ALLREDUCE ? length / sizeof(double) : length);
    make_halo();
    if (pattern == PUT || pattern == GET) {
        MPI_Win_allocate(rank == 1 ? (MPI_Aint)length : 0, 1, MPI_INFO_NULL, MPI_COMM_WORLD, &shared, &window);
        if (rank == 1) {
            MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 1, 0, window);
            memcpy(shared, out, out_bytes);
            MPI_Win_unlock(1, window);
        }
        MPI_Barrier(MPI_COMM_WORLD);
        if (rank == 0)
            MPI_Win_lock(MPI_LOCK_SHARED, 1, 0, window);
    }
    return NULL;
}

/* MPI moves messages in every call, and the next one waits for all ranks. */
static void settle(void)
{
}

static void exchange(unsigned char *from, unsigned char *to, int bytes)
{
    int next = (rank + 1) % size, previous = (rank + size - 1) % size;
    MPI_Sendrecv(from, bytes, MPI_BYTE, next, 3, to, bytes, MPI_BYTE, previous, 3, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Sendrecv(
        from, bytes, MPI_BYTE, previous, 4, to + bytes, bytes, MPI_BYTE, next, 4, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

/* Which plug-ins carried the messages is in the evidence. */
static void describe(void)
{
    char version[MPI_MAX_LIBRARY_VERSION_STRING];
    int room;
    MPI_Get_library_version(version, &room);
    version[strcspn(version, "\n")] = 0;
    if (rank == 0)
        printf("library %s\n", version);
}

static void close_pattern(void)
{
    if (window != MPI_WIN_NULL) {
        if (rank == 0)
            MPI_Win_unlock(1, window);
        MPI_Barrier(MPI_COMM_WORLD);
        if (rank == 1) {
            MPI_Win_lock(MPI_LOCK_SHARED, 1, 0, window);
            memcpy(in, shared, in_bytes);
            MPI_Win_unlock(1, window);
        }
        MPI_Win_free(&window);
    }
    for (int i = 0; i < 2 * faces; i++)
        MPI_Request_free(&requests[i]);
}

int main(int argc, char **argv)
{
    static const struct library mpi = {open_pattern, run, settle, exchange, describe, close_pattern};
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    int status = measure(argc, argv, 0, &mpi);
    MPI_Finalize();
    return status;
}
