/*
 * What PingPong.java does, in C over MPI: half round trips between two ranks.
 *
 *   pingpong SECONDS LENGTH...    prints "- - LENGTH NANOSECONDS CHECKSUM 0" for each length in bytes
 */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 6 };

static int rank;

static double turns(char *out, char *in, int length, long count)
{
    int peer = 1 - rank;
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    for (long i = 0; i < count; i++) {
        if (rank == 0) {
            MPI_Send(out, length, MPI_BYTE, peer, 1, MPI_COMM_WORLD);
            MPI_Recv(in, length, MPI_BYTE, peer, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        } else {
            MPI_Recv(in, length, MPI_BYTE, peer, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            MPI_Send(out, length, MPI_BYTE, peer, 1, MPI_COMM_WORLD);
        }
    }
    return (MPI_Wtime() - start) * 1e9 / 2 / (double)count;
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    double seconds = atof(argv[1]);
    for (int i = 2; i < argc; i++) {
        int length = atoi(argv[i]);
        size_t room = ((size_t)length + 4095) / 4096 * 4096;
        char *out = aligned_alloc(4096, room), *in = aligned_alloc(4096, room);
        for (int k = 0; k < length; k++) {
            out[k] = (char)(k * 7 + rank);
            in[k] = 0;
        }
        /* What a round takes says how many turns fit into the next one. */
        double once = turns(out, in, length, 20);
        long count = 0;
        for (int round = 0; round < ROUNDS; round++) {
            count = (long)(seconds * 1e9 / 2 / ROUNDS / once);
            count = count < 20 ? 20 : count;
            MPI_Bcast(&count, 1, MPI_LONG, 0, MPI_COMM_WORLD);
            once = turns(out, in, length, count);
        }
        unsigned long sum = 17;
        for (int k = 0; k < length; k++)
            sum = sum * 31 + (unsigned char)in[k];
        if (rank == 0)
            printf("- - %d %.2f %lx 0\n", length, once, sum);
        free(out);
        free(in);
    }
    MPI_Finalize();
    return 0;
}
