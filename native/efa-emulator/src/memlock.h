/*
 * Locked memory, counted as the kernel does when it pins a registration (ib_umem_get): each registration's pages anew,
 * against RLIMIT_MEMLOCK as it is now, unless the process has CAP_IPC_LOCK. Nothing is pinned here; the count is for
 * programs that want to know what they would meet on a card.
 */
#ifndef EMU_MEMLOCK_H
#define EMU_MEMLOCK_H

#include "device.h"

/* 0, or ENOMEM when the registration would exceed the limit; takes the pages of the range into the count. */
int emu_memlock_add_locked(struct emu_device *dev, const void *address, size_t length);
void emu_memlock_remove_locked(struct emu_device *dev, const void *address, size_t length);

#endif
