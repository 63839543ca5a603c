/*
 * What the programs that Weft is compared with have in common: the command line, the method, the figures' form.
 *
 *   PROGRAM PATTERN BYTES BATCH WARMUPS ITERATIONS SECONDS [PROVIDER]
 *
 * Patterns, what each rank sends, and what is summed up: io.weft.bench.peer.Pattern. An iteration lasts SECONDS on rank
 * 0. Before each batch rank 0 tells all whether there is one (MPI_Bcast), then all meet (MPI_Barrier), then the clock
 * starts on each rank and BATCH operations are done with nothing else said. A batch's time is rank 0's, of collective
 * patterns the largest over ranks (MPI_Reduce, when the clock has stopped). An iteration's figure is the sum of its
 * batches' times over the number of operations. Rank 0 prints lines:
 *
 *   iteration NANOS                        for each iteration that counts
 *   percentiles P50 P90 P99 P999 MAX       ping-pong: nanoseconds of half round trips, each timed by itself
 *   checksum HEX                           all ranks' sums, added up
 *   library TEXT
 *   provider TEXT, protocol TEXT           libfabric's; MPI's are the plug-ins among the evidence
 *   device TEXT                            where libfabric names one
 *   before RANK LINE, after RANK LINE      evidence.h's lines of each rank, around 256 KiB sent to each neighbour in
 * the ring absent TEXT                            instead of all of these, where there is no such pattern or provider
 *
 * A wrong command line ends with status 2 and a message, an error with MPI_Abort and a message that names the function.
 */
#ifndef WEFT_PEER_H
#define WEFT_PEER_H

#include "evidence.h"
#include <limits.h>
#include <stdarg.h>
#include <time.h>

enum { WINDOW = 64, PAGE = 4096, PROBE = 256 * 1024, SINGLES = 20000, FEWEST_SINGLES = 20 };

enum pattern {
    PING_PONG,
    BANDWIDTH,
    BIDIRECTIONAL,
    MESSAGE_RATE,
    PUT,
    GET,
    BARRIER,
    BCAST,
    ALLREDUCE,
    ALLTOALL,
    HALO_2D,
    HALO_3D,
    PATTERNS
};

static const struct {
    const char *word;
    int unit;       /* A batch is a multiple of it. */
    int collective; /* The slowest rank's time counts. */
} PATTERN[PATTERNS] = {{"ping-pong", 2, 0}, {"bandwidth", WINDOW, 0}, {"bidirectional", WINDOW, 0},
    {"message-rate", WINDOW, 1}, {"put", 1, 0}, {"get", 1, 0}, {"barrier", 1, 1}, {"bcast", 1, 1}, {"allreduce", 1, 1},
    {"alltoall", 1, 1}, {"halo-2d", 1, 1}, {"halo-3d", 1, 1}};

static int rank, size;
static enum pattern pattern;
static size_t length; /* BYTES */
static long batch;
static const char *provider;
/* Whom this rank exchanges messages with, where a pattern has pairs; -1 for nobody. */
static int partner;
/* Pages of this rank's own; 0 bytes where there is nothing to send or receive. */
static unsigned char *out, *in;
static size_t out_bytes, in_bytes;
/* Of halos: the neighbour at each face, the lower one of each dimension first. */
static int faces, neighbour[6];

/* What a program brings. All are collective. */
struct library {
    /* Prepares the pattern; null, or why there is none. */
    const char *(*open)(void);
    void (*run)(long count);
    /* Lets messages arrive that are under way; not timed. */
    void (*settle)(void);
    /* Sends and receives so many bytes to and from each neighbour in the ring. */
    void (*exchange)(unsigned char *from, unsigned char *to, int bytes);
    void (*describe)(void);
    void (*close)(void);
};

static inline void fail(const char *what, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "rank %d: %s: ", rank, what);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    MPI_Abort(MPI_COMM_WORLD, 1);
}

static inline double nanos(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static inline void *pages(size_t bytes)
{
    size_t room = (bytes / PAGE + 1) * PAGE;
    void *memory = aligned_alloc(PAGE, room);
    if (memory == NULL)
        fail("aligned_alloc", "no %zu bytes", room);
    memset(memory, 0, room);
    return memory;
}

/* The byte at place k of what a rank sends. */
static inline unsigned char sent_byte(size_t k, int from)
{
    return (unsigned char)(7 * k + (size_t)from);
}

static inline void fill(unsigned char *memory, size_t bytes)
{
    if (pattern == ALLREDUCE)
        for (size_t k = 0; k < bytes / sizeof(double); k++)
            ((double *)memory)[k] = (double)(k % 7) + rank;
    else
        for (size_t k = 0; k < bytes; k++)
            memory[k] = sent_byte(k, rank);
}

/* What this rank must have received at place k. */
static inline unsigned char expected_byte(size_t k)
{
    size_t block = length == 0 ? 0 : k / length, place = length == 0 ? 0 : k % length;
    switch (pattern) {
    case BCAST:
        return sent_byte(k, 0);
    case ALLTOALL:
        return sent_byte((size_t)rank * length + place, (int)block);
    case HALO_2D:
    case HALO_3D:
        return sent_byte((block ^ 1) * length + place, neighbour[block]);
    case ALLREDUCE: {
        double sum = (double)size * (double)(k / sizeof(double) % 7) + (double)size * (size - 1) / 2;
        return ((const unsigned char *)&sum)[k % sizeof(double)];
    }
    default:
        return sent_byte(k, partner);
    }
}

static inline unsigned long checksum(void)
{
    unsigned long sum = 17;
    for (size_t k = 0; k < in_bytes; k++) {
        if (in[k] != expected_byte(k))
            fail(PATTERN[pattern].word, "byte %zu of %zu received is %d, not %d", k, in_bytes, in[k], expected_byte(k));
        sum = sum * 31 + in[k];
    }
    return in_bytes == 0 ? 0 : sum;
}

/* The grid that is as square as can be, periodic, in the row-major order of ranks. */
static inline void find_neighbours(int dimensions)
{
    int sides[3] = {0}, periods[3] = {1, 1, 1};
    MPI_Comm grid;
    MPI_Dims_create(size, dimensions, sides);
    MPI_Cart_create(MPI_COMM_WORLD, dimensions, sides, periods, 0, &grid);
    for (int d = 0; d < dimensions; d++)
        MPI_Cart_shift(grid, d, 1, &neighbour[2 * d], &neighbour[2 * d + 1]);
    MPI_Comm_free(&grid);
    faces = 2 * dimensions;
}

/* Who sends and who receives, and how many blocks of BYTES. */
static inline void make_buffers(void)
{
    int sender = 1, receiver = 1, blocks = 1;
    partner = rank < 2 ? 1 - rank : -1;
    switch (pattern) {
    case PING_PONG:
    case BIDIRECTIONAL:
        sender = receiver = rank < 2;
        break;
    case BANDWIDTH:
    case PUT:
        sender = rank == 0, receiver = rank == 1;
        break;
    case GET:
        sender = rank == 1, receiver = rank == 0;
        break;
    case MESSAGE_RATE:
        sender = rank < size / 2, receiver = !sender;
        partner = sender ? rank + size / 2 : rank - size / 2;
        break;
    case BARRIER:
        blocks = 0;
        break;
    case BCAST:
        sender = rank == 0, receiver = !sender;
        break;
    case ALLTOALL:
        blocks = size;
        break;
    case HALO_2D:
        find_neighbours(2), blocks = faces;
        break;
    case HALO_3D:
        find_neighbours(3), blocks = faces;
        break;
    default:
        break;
    }
    out_bytes = sender ? (size_t)blocks * length : 0;
    in_bytes = receiver ? (size_t)blocks * length : 0;
    out = pages(out_bytes);
    in = pages(in_bytes);
    fill(out, out_bytes);
}

/* Nanoseconds for each operation. */
static inline double iteration(const struct library *library, double seconds)
{
    double total = 0, start = nanos();
    long operations = 0;
    for (;;) {
        int go = operations == 0 || nanos() - start < seconds * 1e9;
        MPI_Bcast(&go, 1, MPI_INT, 0, MPI_COMM_WORLD);
        if (!go)
            return total / (double)operations;
        MPI_Barrier(MPI_COMM_WORLD);
        double began = nanos();
        library->run(batch);
        double time = nanos() - began;
        library->settle();
        if (PATTERN[pattern].collective)
            MPI_Reduce(rank == 0 ? MPI_IN_PLACE : &time, &time, 1, MPI_DOUBLE, MPI_MAX, 0, MPI_COMM_WORLD);
        total += time;
        operations += batch;
    }
}

static inline int order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of a sorted sample the value that so many of a thousand are not above. */
static inline double quantile(const double *sorted, long count, long thousandths)
{
    long at = (count * thousandths + 999) / 1000 - 1;
    return sorted[at < 0 ? 0 : at];
}

/* As many single round trips as fit, after what half of one took. */
static inline void singles(const struct library *library, double half, double seconds)
{
    double fit = seconds * 1e9 / (2 * half);
    long count = fit < FEWEST_SINGLES ? FEWEST_SINGLES : fit < SINGLES ? (long)fit : SINGLES;
    MPI_Bcast(&count, 1, MPI_LONG, 0, MPI_COMM_WORLD);
    double *times = pages((size_t)count * sizeof(double));
    MPI_Barrier(MPI_COMM_WORLD);
    for (long i = 0; i < count; i++) {
        double began = nanos();
        library->run(2);
        times[i] = (nanos() - began) / 2;
    }
    library->settle();
    qsort(times, (size_t)count, sizeof(double), order);
    if (rank == 0)
        printf("percentiles %.1f %.1f %.1f %.1f %.1f\n", quantile(times, count, 500), quantile(times, count, 900),
            quantile(times, count, 990), quantile(times, count, 999), times[count - 1]);
    free(times);
}

static inline void print_evidence(const char *when)
{
    char *text = NULL;
    size_t room = 0;
    FILE *to = open_memstream(&text, &room);
    write_evidence(to, 0);
    fclose(to);
    int mine = (int)room, all = 0;
    int *lengths = pages((size_t)size * sizeof(int)), *places = pages((size_t)size * sizeof(int));
    MPI_Gather(&mine, 1, MPI_INT, lengths, 1, MPI_INT, 0, MPI_COMM_WORLD);
    for (int r = 0; r < size; r++) {
        places[r] = all;
        all += lengths[r];
    }
    char *gathered = pages((size_t)all + 1);
    MPI_Gatherv(text, mine, MPI_BYTE, gathered, lengths, places, MPI_BYTE, 0, MPI_COMM_WORLD);
    for (int r = 0; rank == 0 && r < size; r++) {
        for (char *line = gathered + places[r]; line < gathered + places[r] + lengths[r];) {
            int end = (int)strcspn(line, "\n");
            printf("%s %d %.*s\n", when, r, end, line);
            line += end + 1;
        }
    }
    free(gathered);
    free(places);
    free(lengths);
    free(text);
}

/* The first messages open connections and map memory; between the two looks nothing but the second probe travels. */
static inline void find_way(const struct library *library)
{
    unsigned char *from = pages(PROBE), *to = pages(2 * PROBE);
    library->exchange(from, to, PROBE);
    print_evidence("before");
    library->exchange(from, to, PROBE);
    library->settle();
    MPI_Barrier(MPI_COMM_WORLD);
    print_evidence("after");
    free(from);
    free(to);
}

static inline int refuse(const char *format, ...)
{
    if (rank == 0) {
        va_list arguments;
        va_start(arguments, format);
        vfprintf(stderr, format, arguments);
        va_end(arguments);
        fputc('\n', stderr);
    }
    return 2;
}

/* A whole number within limits; -1 if the text is none. */
static inline long number(const char *text, long least, long most)
{
    char *end;
    long value = strtol(text, &end, 10);
    return *text < '0' || *text > '9' || *end != 0 || value < least || value > most ? -1 : value;
}

static inline int measure(int argc, char **argv, int takes_provider, const struct library *library)
{
    int words = takes_provider ? 8 : 7;
    if (argc != words)
        return refuse(
            "usage: %s PATTERN BYTES BATCH WARMUPS ITERATIONS SECONDS%s", argv[0], takes_provider ? " PROVIDER" : "");
    for (pattern = 0; pattern < PATTERNS && strcmp(PATTERN[pattern].word, argv[1]) != 0;)
        pattern++;
    if (pattern == PATTERNS) {
        refuse("PATTERN %s is none of:", argv[1]);
        for (int i = 0; i < PATTERNS; i++)
            refuse("  %s", PATTERN[i].word);
        return 2;
    }
    long bytes = number(argv[2], 0, INT_MAX);
    batch = number(argv[3], 1, INT_MAX);
    long warmups = number(argv[4], 0, INT_MAX), iterations = number(argv[5], 1, INT_MAX);
    char *end;
    double seconds = strtod(argv[6], &end);
    provider = takes_provider ? argv[7] : NULL;
    if (bytes < 0)
        return refuse("BYTES %s is not 0 to %d", argv[2], INT_MAX);
    if (batch < 0 || batch % PATTERN[pattern].unit != 0)
        return refuse(
            "BATCH %s is no multiple of %d, of which a batch of %s is", argv[3], PATTERN[pattern].unit, argv[1]);
    if (warmups < 0)
        return refuse("WARMUPS %s is not 0 or more", argv[4]);
    if (iterations < 0)
        return refuse("ITERATIONS %s is not 1 or more", argv[5]);
    if (*argv[6] == 0 || *end != 0 || !(seconds > 0) || seconds > 1e6)
        return refuse("SECONDS %s is no time above 0", argv[6]);
    if (size < 2)
        return refuse("%s needs 2 ranks or more", argv[1]);
    if (pattern == MESSAGE_RATE && size % 2 != 0)
        return refuse("message-rate needs an even number of ranks, not %d", size);
    if (pattern == ALLREDUCE && bytes % (long)sizeof(double) != 0)
        return refuse("BYTES %s are no doubles, which allreduce sums", argv[2]);
    if (pattern == BARRIER && bytes != 0)
        return refuse("BYTES %s: a barrier has none", argv[2]);
    length = (size_t)bytes;
    make_buffers();
    const char *absent = library->open();
    if (absent != NULL) {
        if (rank == 0)
            printf("absent %s\n", absent);
        return 0;
    }
    double last = 0;
    for (long i = 0; i < warmups + iterations; i++) {
        last = iteration(library, seconds);
        if (rank == 0 && i >= warmups)
            printf("iteration %.3f\n", last);
    }
    if (pattern == PING_PONG)
        singles(library, last, seconds);
    find_way(library);
    library->describe();
    library->close();
    unsigned long sum = checksum();
    MPI_Allreduce(MPI_IN_PLACE, &sum, 1, MPI_UNSIGNED_LONG, MPI_SUM, MPI_COMM_WORLD);
    if (rank == 0)
        printf("checksum %lx\n", sum);
    return 0;
}

#endif
