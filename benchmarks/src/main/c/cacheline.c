/*
 * How long a cache line takes from one core to another: prints nanoseconds one way, the lower quartile of short runs, between
 * the first two cores that this process may use; 0 if there is one.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 61, TURNS = 500 };

static _Alignas(128) atomic_long line;
static int cores[2];

static void bind_to(int core)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    sched_setaffinity(0, sizeof set, &set);
}

static void *answer(void *nothing)
{
    bind_to(cores[1]);
    for (long i = 1; i < 2L * RUNS * TURNS; i += 2) {
        while (atomic_load_explicit(&line, memory_order_acquire) != i)
            ;
        atomic_store_explicit(&line, i + 1, memory_order_release);
    }
    return nothing;
}

static int order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(void)
{
    cpu_set_t allowed;
    int found = 0;
    sched_getaffinity(0, sizeof allowed, &allowed);
    for (int core = 0; core < CPU_SETSIZE && found < 2; core++)
        if (CPU_ISSET(core, &allowed))
            cores[found++] = core;
    if (found < 2) {
        printf("0\n");
        return 0;
    }
    pthread_t other;
    if (pthread_create(&other, NULL, answer, NULL) != 0)
        return 1;
    bind_to(cores[0]);
    double nanos[RUNS];
    long at = 0;
    for (int run = 0; run < RUNS; run++) {
        struct timespec start, end;
        clock_gettime(CLOCK_MONOTONIC, &start);
        for (int turn = 0; turn < TURNS; turn++) {
            atomic_store_explicit(&line, at + 1, memory_order_release);
            at += 2;
            while (atomic_load_explicit(&line, memory_order_acquire) != at)
                ;
        }
        clock_gettime(CLOCK_MONOTONIC, &end);
        nanos[run] = ((double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec)) / 2 / TURNS;
    }
    pthread_join(other, NULL);
    qsort(nanos, RUNS, sizeof(double), order);
    printf("%.1f\n", nanos[RUNS / 4]);
    return 0;
}
