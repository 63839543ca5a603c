/*
 * The ring between two threads of one process, where a thread sanitizer can see both ends: random lengths, every byte
 * checked, with a consumer that pauses now and then so that the ring grows and shrinks.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ring.h"

enum { CHUNKS = 64 };

static void *memory;
static long records;

static uint32_t random_next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static uint32_t length_of(uint32_t *state)
{
    uint32_t r = random_next(state);
    return r % 8 ? 8 + r % 200 : 8 + r % (EMU_RING_MOST - 8);
}

static void *produce(void *unused)
{
    struct emu_ring_tx tx;
    uint32_t state = 12345;
    (void)unused;
    if (!emu_ring_tx_init(&tx, memory, CHUNKS))
        exit(1);
    for (long i = 0; i < records; i++) {
        uint32_t length = length_of(&state);
        char *data;
        while (!(data = emu_ring_reserve(&tx, length)))
            ;
        memset(data, (int)(i & 0xff), length);
        memcpy(data, &i, sizeof(i));
        emu_ring_commit(&tx);
    }
    emu_ring_tx_fini(&tx);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t producer;
    struct emu_ring_rx rx;
    uint32_t state = 12345, pauses = 99;
    records = argc > 1 ? atol(argv[1]) : 20000;
    memory = calloc(1, emu_ring_size(CHUNKS));
    if (!memory)
        return 1;
    emu_ring_rx_init(&rx, memory, CHUNKS);
    pthread_create(&producer, NULL, produce, NULL);
    for (long i = 0; i < records; i++) {
        uint32_t length, expected = length_of(&state);
        char *data;
        if (random_next(&pauses) % 500 == 0) {
            for (volatile int spin = 0; spin < 20000; spin++)
                ;
        }
        while (!(data = emu_ring_peek(&rx, &length))) {
            if (rx.broken) {
                printf("broken at record %ld\n", i);
                return 1;
            }
        }
        long number;
        memcpy(&number, data, sizeof(number));
        bool good = length == expected && number == i;
        for (uint32_t at = sizeof(number); good && at < length; at++)
            good = data[at] == (char)(i & 0xff);
        if (!good) {
            printf("record %ld: number %ld, length %u, expected %u\n", i, number, length, expected);
            return 1;
        }
        emu_ring_consume(&rx);
    }
    pthread_join(producer, NULL);
    free(memory);
    printf("%ld records\n", records);
    return 0;
}
