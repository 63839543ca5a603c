/*
 * What BindingTimes.java does, in C over MPI: the operations that bindings are compared by.
 *
 *   bindings DIRECTORY MOST    reads lines "OPERATION LENGTH SECONDS" from the FIFO DIRECTORY/RANK, "end" last; rank 0
 *                              prints "OPERATION - LENGTH NANOSECONDS CHECKSUM 0" for each; MOST: the greatest length
 */
#define _GNU_SOURCE
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { HUGE_PAGE = 2 << 20, WINDOW = 64, ROUNDS = 6, MESSAGE = 1, ANSWER = 2, ALL = 6 };
enum { PING_PONG, PING_PONG_ARRAY, WINDOWS, ALLREDUCE, ALLREDUCE_ARRAY, COMM_RANK };

static const char *const NAMES[ALL] = {
    "ping-pong", "ping-pong-of-double[]", "window-of-64", "allreduce", "allreduce-of-double[]", "rank"};

static int rank;
static char *out, *in;
static long sink;

/* Of ping-pong a half round trip is one; rank 0 receives the windows. */
static void run(int operation, int bytes, long count)
{
    MPI_Comm world = MPI_COMM_WORLD;
    MPI_Request requests[WINDOW];
    switch (operation) {
    case PING_PONG:
        for (long i = 0; i < count; i += 2) {
            if (rank == 0)
                MPI_Send(out, bytes, MPI_BYTE, 1, MESSAGE, world);
            MPI_Recv(in, bytes, MPI_BYTE, 1 - rank, MESSAGE, world, MPI_STATUS_IGNORE);
            if (rank == 1)
                MPI_Send(out, bytes, MPI_BYTE, 0, MESSAGE, world);
        }
        break;
    case PING_PONG_ARRAY:
        for (long i = 0; i < count; i += 2) {
            if (rank == 0)
                MPI_Send(out, bytes / 8, MPI_DOUBLE, 1, MESSAGE, world);
            MPI_Recv(in, bytes / 8, MPI_DOUBLE, 1 - rank, MESSAGE, world, MPI_STATUS_IGNORE);
            if (rank == 1)
                MPI_Send(out, bytes / 8, MPI_DOUBLE, 0, MESSAGE, world);
        }
        break;
    case WINDOWS:
        for (long i = 0; i < count; i += WINDOW) {
            for (int k = 0; k < WINDOW; k++) {
                if (rank == 1)
                    MPI_Isend(out, bytes, MPI_BYTE, 0, MESSAGE, world, &requests[k]);
                else
                    MPI_Irecv(in, bytes, MPI_BYTE, 1, MESSAGE, world, &requests[k]);
            }
            MPI_Waitall(WINDOW, requests, MPI_STATUSES_IGNORE);
            if (rank == 0)
                MPI_Send(out, 0, MPI_BYTE, 1, ANSWER, world);
            else
                MPI_Recv(in, 0, MPI_BYTE, 0, ANSWER, world, MPI_STATUS_IGNORE);
        }
        break;
    case COMM_RANK:
        for (long i = 0; i < count; i++) {
            int answer;
            MPI_Comm_rank(world, &answer);
            sink += answer;
        }
        break;
    default:
        for (long i = 0; i < count; i++)
            MPI_Allreduce(out, in, bytes / 8, MPI_DOUBLE, MPI_SUM, world);
    }
}

static double timed(int operation, int bytes, long count)
{
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    run(operation, bytes, count);
    return (MPI_Wtime() - start) * 1e9 / (double)count;
}

/* As Rounds.java: rounds until five sixths of the time have passed on rank 0, then one that counts. */
static double measure(int operation, int bytes, double seconds)
{
    double nanos = timed(operation, bytes, WINDOW), start = MPI_Wtime();
    for (int counted = 0; !counted;) {
        long agreed[2] = {(long)(seconds / ROUNDS * 1e9 / nanos), MPI_Wtime() - start >= seconds - seconds / ROUNDS};
        agreed[0] = (agreed[0] < WINDOW ? WINDOW : agreed[0]) / WINDOW * WINDOW;
        MPI_Bcast(agreed, 2, MPI_LONG, 0, MPI_COMM_WORLD);
        nanos = timed(operation, bytes, agreed[0]);
        counted = agreed[1] != 0;
    }
    return nanos;
}

static int numbered(const char *name)
{
    for (int operation = 0; operation < ALL; operation++)
        if (strcmp(name, NAMES[operation]) == 0)
            return operation;
    fprintf(stderr, "bindings: there is no operation %s\n", name);
    MPI_Abort(MPI_COMM_WORLD, 2);
    return ALL;
}

static void slice(int operation, int bytes, double seconds)
{
    for (int k = 0; k < bytes / 8; k++)
        ((double *)out)[k] = (double)(k % 1000) + rank;
    memset(in, 0, (size_t)bytes);
    double nanos = measure(operation, bytes, seconds);
    unsigned long sum = 17;
    for (int k = 0; k < bytes; k++)
        sum = sum * 31 + (unsigned char)in[k];
    if (rank == 0) {
        printf("%s - %d %.2f %lx 0\n", NAMES[operation], bytes, nanos, operation == COMM_RANK ? 0 : sum);
        fflush(stdout);
    }
}

/* As NativeMemory.java allocates it: from 1 MiB on in huge pages, where the kernel gives them. */
static char *buffer(size_t bytes)
{
    size_t page = bytes < HUGE_PAGE / 2 ? 4096 : HUGE_PAGE, room = (bytes + page - 1) / page * page;
    char *made = aligned_alloc(page, room);
    if (made != NULL && page == HUGE_PAGE && madvise(made, room, MADV_HUGEPAGE) != 0)
        perror("madvise");
    return made;
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    if (argc != 3)
        MPI_Abort(MPI_COMM_WORLD, 2);
    out = buffer((size_t)atol(argv[2]));
    in = buffer((size_t)atol(argv[2]));
    char path[4096], name[64];
    snprintf(path, sizeof path, "%s/%d", argv[1], rank);
    FILE *lines = fopen(path, "r");
    if (lines == NULL || out == NULL || in == NULL) {
        perror(path);
        MPI_Abort(MPI_COMM_WORLD, 2);
        return 2;
    }
    int bytes;
    double seconds;
    while (fscanf(lines, "%63s", name) == 1 && strcmp(name, "end") != 0) {
        if (fscanf(lines, "%d %lf", &bytes, &seconds) != 2)
            MPI_Abort(MPI_COMM_WORLD, 2);
        slice(numbered(name), bytes, seconds);
    }
    fclose(lines);
    free(out);
    free(in);
    MPI_Finalize();
    return sink < 0;
}
