/*
 * What Bandwidth.java does, in C over MPI: messages from rank 0 to rank 1 in windows of 64.
 *
 *   bandwidth SECONDS LENGTH...    prints "- - LENGTH NANOSECONDS CHECKSUM 0" for each length in bytes
 */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 6, WINDOW = 64 };

static int rank;

static double windows(char *buffer, int length, long count)
{
    MPI_Request requests[WINDOW];
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    for (long i = 0; i < count; i++) {
        if (rank == 0) {
            for (int k = 0; k < WINDOW; k++)
                MPI_Isend(buffer, length, MPI_BYTE, 1, 1, MPI_COMM_WORLD, &requests[k]);
            MPI_Waitall(WINDOW, requests, MPI_STATUSES_IGNORE);
            MPI_Recv(NULL, 0, MPI_BYTE, 1, 2, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        } else {
            for (int k = 0; k < WINDOW; k++)
                MPI_Irecv(buffer, length, MPI_BYTE, 0, 1, MPI_COMM_WORLD, &requests[k]);
            MPI_Waitall(WINDOW, requests, MPI_STATUSES_IGNORE);
            MPI_Send(NULL, 0, MPI_BYTE, 0, 2, MPI_COMM_WORLD);
        }
    }
    return (MPI_Wtime() - start) * 1e9 / (double)count;
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    double seconds = atof(argv[1]);
    for (int i = 2; i < argc; i++) {
        int length = atoi(argv[i]);
        size_t room = ((size_t)length + 4095) / 4096 * 4096;
        unsigned char *buffer = aligned_alloc(4096, room);
        for (int k = 0; k < length; k++)
            buffer[k] = rank == 0 ? (unsigned char)(k * 7) : 0;
        /* What a round takes says how many windows fit into the next one. */
        double once = windows((char *)buffer, length, 2);
        for (int round = 0; round < ROUNDS; round++) {
            long count = (long)(seconds * 1e9 / ROUNDS / once);
            count = count < 2 ? 2 : count;
            MPI_Bcast(&count, 1, MPI_LONG, 0, MPI_COMM_WORLD);
            once = windows((char *)buffer, length, count);
        }
        unsigned long sum = 17;
        for (int k = 0; k < length; k++)
            sum = sum * 31 + buffer[k];
        MPI_Bcast(&sum, 1, MPI_UNSIGNED_LONG, 1, MPI_COMM_WORLD);
        if (rank == 0)
            printf("- - %d %.2f %lx 0\n", length, once / WINDOW, sum);
        free(buffer);
    }
    MPI_Finalize();
    return 0;
}
