#include "ring.h"

#include <stdlib.h>

enum { LINK = 0x80000000u, MAX_CHUNKS = 65536 };

struct emu_ring_shared {
    /* Chunks handed back so far; the ids stand in returned_ids, a ring of chunk_count entries that cannot overflow
       because there are no more chunks than entries. Written by the consumer only. */
    _Alignas(64) _Atomic uint32_t returned;
    _Alignas(64) _Atomic uint16_t returned_ids[];
};

struct record {
    /* 0: not there yet; LINK | chunk; or the record's length */
    _Atomic uint32_t commit;
    uint32_t unused;
    char data[];
};

static size_t ids_size(uint32_t chunk_count)
{
    size_t bytes = 64 + (size_t)chunk_count * sizeof(uint16_t);
    return (bytes + 4095) & ~(size_t)4095;
}

size_t emu_ring_size(uint32_t chunk_count)
{
    return ids_size(chunk_count) + (size_t)chunk_count * EMU_RING_CHUNK;
}

static struct record *record_at(struct emu_ring_shared *shared, uint32_t chunk_count, uint32_t chunk, uint32_t offset)
{
    return (struct record *)((char *)shared + ids_size(chunk_count) + (size_t)chunk * EMU_RING_CHUNK + offset);
}

static uint32_t record_size(uint32_t length)
{
    return (EMU_RING_HEAD + length + EMU_RING_ALIGN - 1) & ~(uint32_t)(EMU_RING_ALIGN - 1);
}

bool emu_ring_tx_init(struct emu_ring_tx *tx, void *memory, uint32_t chunk_count)
{
    *tx = (struct emu_ring_tx){.shared = memory, .chunk_count = chunk_count, .fresh = 1};
    tx->free_chunks = malloc(chunk_count * sizeof(*tx->free_chunks));
    return chunk_count <= MAX_CHUNKS && tx->free_chunks;
}

void emu_ring_tx_fini(struct emu_ring_tx *tx)
{
    free(tx->free_chunks);
    tx->free_chunks = NULL;
}

void emu_ring_rx_init(struct emu_ring_rx *rx, void *memory, uint32_t chunk_count)
{
    *rx = (struct emu_ring_rx){.shared = memory, .chunk_count = chunk_count};
}

static bool take_chunk(struct emu_ring_tx *tx, uint32_t *chunk)
{
    emu_ring_hook();
    uint32_t returned = atomic_load_explicit(&tx->shared->returned, memory_order_acquire);
    while (tx->collected != returned) {
        emu_ring_hook();
        uint16_t id =
            atomic_load_explicit(&tx->shared->returned_ids[tx->collected % tx->chunk_count], memory_order_relaxed);
        tx->collected++;
        /* A peer that hands back nonsense must not make us write outside the ring. */
        if (id < tx->chunk_count && tx->free_count < tx->chunk_count)
            tx->free_chunks[tx->free_count++] = id;
    }
    if (tx->free_count)
        *chunk = tx->free_chunks[--tx->free_count];
    else if (tx->fresh < tx->chunk_count)
        *chunk = tx->fresh++;
    else
        return false;
    return true;
}

void *emu_ring_reserve(struct emu_ring_tx *tx, uint32_t length)
{
    uint32_t size = record_size(length);
    if (!length || length > EMU_RING_MOST)
        return NULL;
    /* Behind every record there is room for a link. */
    if (tx->offset + size + EMU_RING_ALIGN > EMU_RING_CHUNK) {
        uint32_t next;
        if (!take_chunk(tx, &next))
            return NULL;
        struct record *first = record_at(tx->shared, tx->chunk_count, next, 0);
        struct record *link = record_at(tx->shared, tx->chunk_count, tx->chunk, tx->offset);
        emu_ring_hook();
        atomic_store_explicit(&first->commit, 0, memory_order_relaxed);
        emu_ring_hook();
        atomic_store_explicit(&link->commit, LINK | next, memory_order_release);
        tx->chunk = next;
        tx->offset = 0;
    }
    tx->reserved = length;
    return record_at(tx->shared, tx->chunk_count, tx->chunk, tx->offset)->data;
}

void emu_ring_commit(struct emu_ring_tx *tx)
{
    struct record *record = record_at(tx->shared, tx->chunk_count, tx->chunk, tx->offset);
    uint32_t length = tx->reserved;
    tx->offset += record_size(length);
    struct record *next = record_at(tx->shared, tx->chunk_count, tx->chunk, tx->offset);
    emu_ring_hook();
    atomic_store_explicit(&next->commit, 0, memory_order_relaxed);
    emu_ring_hook();
    atomic_store_explicit(&record->commit, length, memory_order_release);
    tx->reserved = 0;
}

void *emu_ring_peek(struct emu_ring_rx *rx, uint32_t *length)
{
    while (!rx->broken) {
        struct record *record = record_at(rx->shared, rx->chunk_count, rx->chunk, rx->offset);
        emu_ring_hook();
        uint32_t commit = atomic_load_explicit(&record->commit, memory_order_acquire);
        if (!commit)
            return NULL;
        if (!(commit & LINK)) {
            if (commit > EMU_RING_MOST || rx->offset + record_size(commit) + EMU_RING_ALIGN > EMU_RING_CHUNK)
                break;
            *length = commit;
            return record->data;
        }
        uint32_t next = commit & ~LINK;
        if (next >= rx->chunk_count || next == rx->chunk)
            break;
        emu_ring_hook();
        uint32_t returned = atomic_load_explicit(&rx->shared->returned, memory_order_relaxed);
        atomic_store_explicit(
            &rx->shared->returned_ids[returned % rx->chunk_count], (uint16_t)rx->chunk, memory_order_relaxed);
        emu_ring_hook();
        atomic_store_explicit(&rx->shared->returned, returned + 1, memory_order_release);
        rx->chunk = next;
        rx->offset = 0;
    }
    rx->broken = true;
    return NULL;
}

void emu_ring_consume(struct emu_ring_rx *rx)
{
    struct record *record = record_at(rx->shared, rx->chunk_count, rx->chunk, rx->offset);
    rx->offset += record_size(atomic_load_explicit(&record->commit, memory_order_relaxed));
}
