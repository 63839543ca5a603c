/*
 * What CollectiveTimes.java does, in C over MPI: each collective, by whatever algorithm MPI chooses.
 *
 *   collectives SECONDS LENGTH...    prints "COLLECTIVE - LENGTH NANOSECONDS CHECKSUM 0"
 */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLICES = 9, ALL = 8, MOST_OF_ALL = 4 << 20 };

static const char *const NAMES[ALL] = {"allreduce", "reduce", "bcast", "allgather", "alltoall", "gather", "scatter", "reduce-scatter"};

static int rank, size;
static double *out, *in;

static void once(int which, int count)
{
    switch (which) {
    case 0: MPI_Allreduce(out, in, count, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD); break;
    case 1: MPI_Reduce(out, in, count, MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD); break;
    case 2: MPI_Bcast(out, count, MPI_DOUBLE, 0, MPI_COMM_WORLD); break;
    case 3: MPI_Allgather(out, count, MPI_DOUBLE, in, count, MPI_DOUBLE, MPI_COMM_WORLD); break;
    case 4: MPI_Alltoall(out, count, MPI_DOUBLE, in, count, MPI_DOUBLE, MPI_COMM_WORLD); break;
    case 5: MPI_Gather(out, count, MPI_DOUBLE, in, count, MPI_DOUBLE, 0, MPI_COMM_WORLD); break;
    case 6: MPI_Scatter(out, count, MPI_DOUBLE, in, count, MPI_DOUBLE, 0, MPI_COMM_WORLD); break;
    default: MPI_Reduce_scatter_block(out, in, count, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD); break;
    }
}

static double slice(int which, int count, double seconds, double expected)
{
    long times = (long)(seconds * 1e9 / expected);
    times = times < 2 ? 2 : times;
    MPI_Bcast(&times, 1, MPI_LONG, 0, MPI_COMM_WORLD);
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    for (long i = 0; i < times; i++)
        once(which, count);
    return (MPI_Wtime() - start) * 1e9 / (double)times;
}

static int order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    double seconds = atof(argv[1]);
    size_t most = 0;
    for (int i = 2; i < argc; i++)
        most = (size_t)atol(argv[i]) > most ? (size_t)atol(argv[i]) : most;
    size_t room = (most * (size_t)size + 4095) / 4096 * 4096;
    out = aligned_alloc(4096, room);
    in = aligned_alloc(4096, room);
    for (int which = 0; which < ALL; which++) {
        for (int i = 2; i < argc; i++) {
            int length = atoi(argv[i]), count = length / 8;
            if (which > 2 && (long)length * size > MOST_OF_ALL)
                continue;
            for (size_t k = 0; k < (size_t)count * (size_t)size; k++)
                out[k] = (double)(k % 1000) + rank;
            memset(in, 0, (size_t)length * (size_t)size);
            once(which, count);
            /* One vector or block, but of allgather, alltoall and gather one of each rank. */
            size_t bytes = (size_t)length * (which >= 3 && which <= 5 ? (size_t)size : 1);
            const unsigned char *brought = (const unsigned char *)(which == 2 ? out : in);
            unsigned long sum = 17;
            for (size_t k = 0; k < bytes; k++)
                sum = sum * 31 + brought[k];
            double nanos[SLICES];
            double expected = slice(which, count, seconds, 1e6);
            expected = slice(which, count, 4 * seconds, expected);
            for (int k = 0; k < SLICES; k++)
                expected = nanos[k] = slice(which, count, seconds, expected);
            qsort(nanos, SLICES, sizeof(double), order);
            if (rank == 0)
                printf("%s - %d %.2f %lx 0\n", NAMES[which], length, nanos[SLICES / 2], sum);
        }
    }
    free(out);
    free(in);
    MPI_Finalize();
    return 0;
}
