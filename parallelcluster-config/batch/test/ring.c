/*
 * A ring over all ranks of a world, for the test of the world itself.
 *
 *   ring                 passes 1 MiB around, adds up the ranks, prints the hosts
 *   ring exit STATUS     the same, then the last rank ends with STATUS
 *   ring forever         the same, then goes on until it is ended
 */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 1 << 17 };

static long ring(int rank, int size)
{
    static long words[WORDS];
    int left = (rank + size - 1) % size, right = (rank + 1) % size;

    words[0] = words[WORDS - 1] = 0;
    if (size == 1) return rank;
    if (rank > 0) MPI_Recv(words, WORDS, MPI_LONG, left, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    words[0] += rank;
    words[WORDS - 1] += rank;
    MPI_Send(words, WORDS, MPI_LONG, right, 0, MPI_COMM_WORLD);
    if (rank == 0) MPI_Recv(words, WORDS, MPI_LONG, left, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return words[0] == words[WORDS - 1] ? words[0] : -1;
}

int main(int argc, char **argv)
{
    char name[MPI_MAX_PROCESSOR_NAME] = "", *names = NULL;
    int rank, size, length;

    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Get_processor_name(name, &length);
    if (rank == 0) names = malloc((size_t)size * sizeof name);
    long sum = ring(rank, size);
    MPI_Gather(name, sizeof name, MPI_CHAR, names, sizeof name, MPI_CHAR, 0, MPI_COMM_WORLD);
    if (rank == 0) {
        printf("ring of %d, sum %ld, on", size, sum);
        for (int i = 0; i < size; i++) printf(" %s", names + (size_t)i * sizeof name);
        printf("\n");
        fflush(stdout);
        free(names);
    }
    if (argc > 1 && strcmp(argv[1], "forever") == 0)
        for (;;) ring(rank, size);
    MPI_Finalize();
    return argc > 2 && strcmp(argv[1], "exit") == 0 && rank == size - 1 ? atoi(argv[2]) : 0;
}
