#include "lock.h"

#include <sched.h>
#include <time.h>

#include "device.h"

enum { SPINS = 100, YIELDS = 20, SLEEP_NS = 20 * 1000 };

bool emu_lock_until(struct emu_lock *lock, uint64_t time)
{
    for (unsigned round = 0;; round++) {
        for (unsigned i = 0; i < SPINS; i++) {
            if (!atomic_load_explicit(&lock->held, memory_order_relaxed) && emu_try_lock(lock))
                return true;
        }
        if (time != UINT64_MAX && emu_now() >= time)
            return false;
        if (round < YIELDS)
            sched_yield();
        else
            nanosleep(&(struct timespec){.tv_nsec = SLEEP_NS}, NULL);
    }
}
