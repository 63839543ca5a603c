/*
 * A one-way ring of variable-length records between one producer and one consumer, in memory that both map.
 *
 * The memory is a row of chunks. The producer fills a chunk record by record; when a record does not fit, it takes a
 * chunk the consumer has handed back (the most recent one, whose memory is warm) or, when there is none, one never used
 * before, and leaves a link to it. A ring that is drained as fast as it is filled thus lives in two chunks, while one
 * whose consumer sleeps can grow to the whole mapping; pages never written cost nothing.
 *
 * There is no shared head or tail: each record begins with a commit word, which the producer sets last and has zeroed
 * before the consumer can reach it. A message costs one cache line of traffic, and a producer that dies half-way leaves
 * an unfinished record behind, which is never seen.
 *
 * The shared memory belongs to whoever mapped it. emu_ring_tx is the producer's and emu_ring_rx the consumer's own
 * state; each is used by one thread at a time (inside the device, under the device's lock).
 */
#ifndef EMU_RING_H
#define EMU_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    EMU_RING_CHUNK = 64 * 1024,
    EMU_RING_ALIGN = 64,
    EMU_RING_HEAD = 8, /* the commit word and padding */
    EMU_RING_MOST = EMU_RING_CHUNK - 2 * EMU_RING_ALIGN,
};

struct emu_ring_shared;

struct emu_ring_tx {
    struct emu_ring_shared *shared;
    uint32_t chunk_count;
    uint32_t chunk;
    uint32_t offset;
    uint32_t fresh;     /* chunks from here on were never used */
    uint32_t collected; /* handed-back chunks taken over so far */
    uint32_t free_count;
    uint16_t *free_chunks;
    uint32_t reserved; /* bytes of the open reservation, 0 when there is none */
};

struct emu_ring_rx {
    struct emu_ring_shared *shared;
    uint32_t chunk_count;
    uint32_t chunk;
    uint32_t offset;
    bool broken; /* the producer wrote what no producer of ours writes */
};

/* Bytes of memory, zeroed, that a ring of so many chunks needs. */
size_t emu_ring_size(uint32_t chunk_count);

/* false when out of memory. fini frees the producer's own state, not the shared memory. */
bool emu_ring_tx_init(struct emu_ring_tx *tx, void *memory, uint32_t chunk_count);
void emu_ring_tx_fini(struct emu_ring_tx *tx);
void emu_ring_rx_init(struct emu_ring_rx *rx, void *memory, uint32_t chunk_count);

/* Room for a record of length bytes (1 to EMU_RING_MOST), 8-byte aligned, or NULL when the ring is full. A reservation
   that is not committed is replaced by the next one. */
void *emu_ring_reserve(struct emu_ring_tx *tx, uint32_t length);
void emu_ring_commit(struct emu_ring_tx *tx);

/* The oldest record, or NULL. It stays valid, and stays the oldest, until consumed. */
void *emu_ring_peek(struct emu_ring_rx *rx, uint32_t *length);
void emu_ring_consume(struct emu_ring_rx *rx);

/* Called before every access to shared state when built with EMU_RING_HOOK, by the test of interleavings. */
#ifdef EMU_RING_HOOK
void emu_ring_hook(void);
#else
static inline void emu_ring_hook(void)
{
}
#endif

#endif
