#include "bulk.h"

#include <errno.h>
#include <sys/mman.h>
#include <time.h>

#include "service.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25 /* Linux 6.1 */
#endif

enum {
    BULK = 256 * 1024, /* a shorter copy is not worth it */
    AFTER = 4,         /* copies: whoever registers anew for each transfer gains nothing */
    HUGE_PAGE = 2 * 1024 * 1024,
    MOST = 128 * 1024 * 1024, /* of one registration */
    PATIENCE = 100,           /* pauses, for all of it */
    PAUSE_NS = 200 * 1000,
};

void emu_bulk_moved_locked(struct emu_link *link, uint32_t key, uint32_t length)
{
    if (length < BULK || atomic_fetch_add(&link->peer->mrs[key % EMU_MAX_MR].bulk_moves, 1) + 1 != AFTER)
        return;
    struct emu_frame *frame = link->wire->reserve(link, 0);
    if (!frame)
        return;
    *frame = (struct emu_frame){.type = EMU_FRAME_BULK, .rkey = key};
    link->wire->commit(link);
    link->wire->flush(link, true);
}

void emu_bulk_asked_locked(struct emu_device *dev, uint32_t key)
{
    struct emu_mr_shared *mr = &dev->shared->mrs[key % EMU_MAX_MR];
    if (!key || atomic_load(&mr->key) != key || dev->bulk_count == EMU_MAX_BULK)
        return;
    uint64_t length = atomic_load(&mr->length);
    dev->bulk[dev->bulk_count++] =
        (struct emu_range){.address = atomic_load(&mr->address), .length = length < MOST ? length : MOST};
    emu_service_wake_locked(dev);
}

/* false: not now, because a page is in use, by a peer's copy for example. */
static bool collapse(uint64_t address)
{
    return !madvise((void *)(uintptr_t)address, HUGE_PAGE, MADV_COLLAPSE) || (errno != EAGAIN && errno != EBUSY);
}

void emu_bulk_serve_locked(struct emu_device *dev)
{
    while (dev->bulk_count) {
        struct emu_range range = dev->bulk[--dev->bulk_count];
        uint64_t at = range.address & ~(uint64_t)(HUGE_PAGE - 1), end = range.address + range.length;
        unsigned patience = PATIENCE;
        emu_unlock(&dev->lock);
        /* One by one: what cannot be had for one says nothing of the next. */
        for (; at < end; at += HUGE_PAGE) {
            while (!collapse(at) && patience) {
                patience--;
                nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
            }
        }
        emu_lock(&dev->lock);
    }
}
