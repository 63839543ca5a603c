/*
 * The device's own thread: what a card does while the program does nothing. It accepts connections, notices the death
 * of peers, answers reads that need a copy, and pushes on what waits when no thread of the program polls. All signals
 * are blocked in it. Without anything to wait for it sleeps in epoll_wait() and costs nothing.
 */
#ifndef EMU_SERVICE_H
#define EMU_SERVICE_H

#include <sched.h>

#include "device.h"

/* 0 or an errno. The descriptors it waits on belong to the device. */
int emu_service_start(struct emu_device *dev);
/* Not under the lock: waits for the thread to end. */
void emu_service_stop(struct emu_device *dev);
/* There is something to wait for: if the thread sleeps without a limit, it must not. */
void emu_service_wake_locked(struct emu_device *dev);

/* A thread that polls in a tight loop would hardly ever let go of the lock: before it takes it, it looks here. */
static inline void emu_service_give_way(struct emu_device *dev)
{
    for (int i = 0; i < 64 && atomic_load_explicit(&dev->service_waiting, memory_order_relaxed); i++)
        sched_yield();
}

#endif
