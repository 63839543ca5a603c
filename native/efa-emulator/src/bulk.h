/*
 * Memory that peers read or write in bulk. The kernel pins the target's pages one by one for each direct copy, which
 * for pages of 4 KiB takes several times as long as the copy. So a process that moves a lot of a registration asks its
 * owner to have it in huge pages, and the owner's service thread asks the kernel to: the contents stay, and where the
 * kernel cannot, nothing happens.
 */
#ifndef EMU_BULK_H
#define EMU_BULK_H

#include "link.h"

/* The initiator's side: one direct copy of so many bytes to or from the registration was made. */
void emu_bulk_moved_locked(struct emu_link *link, uint32_t key, uint32_t length);

/* The owner's side: remembers what was asked for; the service thread does it, letting go of the lock meanwhile. */
void emu_bulk_asked_locked(struct emu_device *dev, uint32_t key);
void emu_bulk_serve_locked(struct emu_device *dev);

#endif
