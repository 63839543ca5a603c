/*
 * The lock of the device and of a queue pair's staging area. It is held for some hundred nanoseconds, by one thread of
 * the program nearly always, and taken for every poll: so it costs one atomic exchange, and letting go of it a plain
 * store, which does not wait until what was just written to a ring has reached memory. Whoever does not get it yields,
 * and later sleeps a little, since its holder may not be running.
 */
#ifndef EMU_LOCK_H
#define EMU_LOCK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct emu_lock {
    _Alignas(64) _Atomic uint32_t held;
};

static inline bool emu_try_lock(struct emu_lock *lock)
{
    return !atomic_exchange_explicit(&lock->held, 1, memory_order_acquire);
}

/* false: not to be had until then (of emu_now()). */
bool emu_lock_until(struct emu_lock *lock, uint64_t time);

static inline void emu_lock(struct emu_lock *lock)
{
    if (!emu_try_lock(lock))
        emu_lock_until(lock, UINT64_MAX);
}

static inline void emu_unlock(struct emu_lock *lock)
{
    atomic_store_explicit(&lock->held, 0, memory_order_release);
}

#endif
