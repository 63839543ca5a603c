/*
 * The ring between two coroutines that change over, at random, before any access to shared state: every order of
 * accesses that two processes can produce (on a machine that keeps each one's order) can come up here, and a seed
 * repeats it. Small chunk counts make the ring run full, wrap and reuse chunks all the time. Now and then the producer
 * "dies": nothing it had not committed may come out, and everything it had must.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#include "ring.h"

enum { STACK = 64 * 1024, RECORDS = 300 };

static ucontext_t main_context, contexts[2];
static int running = -1;
static bool finished[2], dead;
static uint64_t state;
static void *memory;
static uint32_t chunks;
static long produced, consumed, last_allowed;
static struct emu_ring_tx tx; /* not on the coroutine's stack, which a dead producer never unwinds */

static uint32_t random_next(void)
{
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(state >> 33);
}

void emu_ring_hook(void)
{
    if (running >= 0 && random_next() % 3 == 0)
        swapcontext(&contexts[running], &main_context);
}

static uint32_t length_of(long number)
{
    uint64_t z = (uint64_t)number * 0x9e3779b97f4a7c15ull;
    uint32_t r = (uint32_t)(z >> 33);
    return r % 3 ? 8 + r % 300 : 20000 + r % (EMU_RING_MOST - 20000);
}

static void produce(void)
{
    emu_ring_tx_init(&tx, memory, chunks);
    while (produced < RECORDS) {
        uint32_t length = length_of(produced);
        char *data = emu_ring_reserve(&tx, length);
        if (!data) {
            emu_ring_hook();
            continue;
        }
        memset(data, (int)(produced & 0xff), length);
        memcpy(data, &produced, sizeof(produced));
        emu_ring_hook();
        /* From here on the record may come out, even if commit() does not return. */
        last_allowed = produced + 1;
        emu_ring_commit(&tx);
        produced++;
    }
    finished[0] = true;
    swapcontext(&contexts[0], &main_context);
}

static void consume(void)
{
    struct emu_ring_rx rx;
    emu_ring_rx_init(&rx, memory, chunks);
    while (consumed < RECORDS) {
        uint32_t length;
        long number;
        bool producer_dead = dead;
        char *data = emu_ring_peek(&rx, &length);
        if (!data) {
            if (rx.broken) {
                printf("broken\n");
                exit(1);
            }
            if (producer_dead)
                break;
            emu_ring_hook();
            continue;
        }
        memcpy(&number, data, sizeof(number));
        bool good = number == consumed && length == length_of(consumed) && consumed < last_allowed;
        for (uint32_t at = sizeof(number); good && at < length; at += 61)
            good = data[at] == (char)(number & 0xff);
        if (!good) {
            printf("record %ld: number %ld, length %u\n", consumed, number, length);
            exit(1);
        }
        emu_ring_hook();
        emu_ring_consume(&rx);
        consumed++;
    }
    finished[1] = true;
    swapcontext(&contexts[1], &main_context);
}

static void round_of(uint64_t seed, char *stacks[2])
{
    state = seed * 2654435761u + 1;
    chunks = 2 + random_next() % 4;
    memory = calloc(1, emu_ring_size(chunks));
    produced = consumed = last_allowed = 0;
    finished[0] = finished[1] = dead = false;
    uint32_t death = random_next() % 4 == 0 ? random_next() % 3000 : UINT32_MAX;
    for (int i = 0; i < 2; i++) {
        getcontext(&contexts[i]);
        contexts[i].uc_stack.ss_sp = stacks[i];
        contexts[i].uc_stack.ss_size = STACK;
        contexts[i].uc_link = NULL;
        makecontext(&contexts[i], i ? consume : produce, 0);
    }
    for (uint32_t step = 0; !finished[1]; step++) {
        if (step >= death && !finished[0])
            dead = true;
        running = dead || finished[0] || random_next() % 2 ? 1 : 0;
        swapcontext(&main_context, &contexts[running]);
        running = -1;
        if (step > 100000000) {
            printf("no end\n");
            exit(1);
        }
    }
    if (consumed < produced) {
        printf("%ld of %ld records came out\n", consumed, produced);
        exit(1);
    }
    emu_ring_tx_fini(&tx);
    free(memory);
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? atol(argv[1]) : 500;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    char *stacks[2] = {malloc(STACK), malloc(STACK)};
    for (long i = 0; i < rounds; i++) {
        printf("\rseed %llu", (unsigned long long)(seed + (uint64_t)i));
        fflush(stdout);
        round_of(seed + (uint64_t)i, stacks);
    }
    printf("\n%ld rounds\n", rounds);
    free(stacks[0]);
    free(stacks[1]);
    return 0;
}
