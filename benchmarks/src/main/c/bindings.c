/*
 * What BindingTimes.java does, in C over MPI: the operations that bindings are compared by.
 *
 *   bindings SECONDS LENGTH...    prints "OPERATION - LENGTH NANOSECONDS CHECKSUM 0"
 */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WINDOW = 64, ROUNDS = 6, MESSAGE = 1, ANSWER = 2, MOST_REDUCED = 1 << 20, ALL = 6 };
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

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    double seconds = atof(argv[1]);
    size_t most = 4096;
    for (int i = 2; i < argc; i++)
        most = (size_t)atol(argv[i]) > most ? (size_t)atol(argv[i]) : most;
    size_t room = (most + 4095) / 4096 * 4096;
    out = aligned_alloc(4096, room);
    in = aligned_alloc(4096, room);
    for (int operation = 0; operation < ALL; operation++) {
        for (int i = 2; i < argc; i++) {
            int bytes = operation == COMM_RANK ? 4 : atoi(argv[i]);
            if ((operation == ALLREDUCE || operation == ALLREDUCE_ARRAY) && bytes > MOST_REDUCED)
                continue;
            for (size_t k = 0; k < room / 8; k++)
                ((double *)out)[k] = (double)(k % 1000) + rank;
            memset(in, 0, room);
            double nanos = measure(operation, bytes, seconds);
            unsigned long sum = 17;
            for (int k = 0; k < bytes; k++)
                sum = sum * 31 + (unsigned char)in[k];
            if (rank == 0)
                printf("%s - %d %.2f %lx 0\n", NAMES[operation], bytes, nanos, operation == COMM_RANK ? 0 : sum);
            if (operation == COMM_RANK)
                break;
        }
    }
    free(out);
    free(in);
    MPI_Finalize();
    return sink < 0;
}
