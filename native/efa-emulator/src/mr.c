/*
 * Memory registration. A key is an index into the shared table of registrations with a generation above it, so that a
 * key that is no longer valid is recognised. lkey and rkey are the same number.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "device.h"
#include "memlock.h"

#undef ibv_reg_mr
#undef ibv_reg_mr_iova

enum { ACCESS = IBV_ACCESS_LOCAL_WRITE | IBV_ACCESS_REMOTE_READ | IBV_ACCESS_REMOTE_WRITE };

bool emu_mr_check(struct emu_shared *shared, uint32_t key, uint64_t address, uint64_t length, unsigned access)
{
    struct emu_mr_shared *mr = &shared->mrs[key % EMU_MAX_MR];
    if (!key || atomic_load_explicit(&mr->key, memory_order_acquire) != key)
        return false;
    uint64_t start = atomic_load_explicit(&mr->address, memory_order_relaxed);
    uint64_t size = atomic_load_explicit(&mr->length, memory_order_relaxed);
    unsigned granted = atomic_load_explicit(&mr->access, memory_order_relaxed);
    /* Only now are the three known to be of one registration. */
    atomic_thread_fence(memory_order_acquire);
    if (atomic_load_explicit(&mr->key, memory_order_relaxed) != key)
        return false;
    return (granted & access) == access && address >= start && length <= size && address - start <= size - length;
}

static struct ibv_mr *register_memory(struct ibv_pd *pd, void *address, size_t length, uint64_t iova, unsigned access)
{
    struct emu_device *dev = emu_of(pd->context);
    unsigned unsupported = access & ~(unsigned)(ACCESS | IBV_ACCESS_OPTIONAL_RANGE);
    /* The card reads and writes at virtual addresses; offsets are the provider's business. */
    if (unsupported || iova != (uintptr_t)address) {
        errno = EOPNOTSUPP;
        return NULL;
    }
    struct emu_mr *mr = calloc(1, sizeof(*mr));
    if (!mr) {
        errno = ENOMEM;
        return NULL;
    }
    emu_lock(&dev->lock);
    if (dev->mr_count == EMU_MAX_MR - 1 || emu_memlock_add_locked(dev, address, length)) {
        emu_unlock(&dev->lock);
        free(mr);
        errno = ENOMEM;
        return NULL;
    }
    struct emu_mr_shared *entry;
    do {
        dev->mr_next = dev->mr_next % (EMU_MAX_MR - 1) + 1;
        entry = &dev->shared->mrs[dev->mr_next];
    } while (atomic_load_explicit(&entry->key, memory_order_relaxed));
    uint32_t key = (uint32_t)++dev->mr_generation[dev->mr_next] << 16 | dev->mr_next;
    dev->mr_count++;
    atomic_store_explicit(&entry->address, (uintptr_t)address, memory_order_relaxed);
    atomic_store_explicit(&entry->length, length, memory_order_relaxed);
    atomic_store_explicit(&entry->access, access & ACCESS, memory_order_relaxed);
    atomic_store_explicit(&entry->bulk_moves, 0, memory_order_relaxed);
    atomic_store_explicit(&entry->key, key, memory_order_release);
    emu_unlock(&dev->lock);
    mr->dev = dev;
    mr->ibv.context = pd->context;
    mr->ibv.pd = pd;
    mr->ibv.addr = address;
    mr->ibv.length = length;
    mr->ibv.handle = key;
    mr->ibv.lkey = mr->ibv.rkey = key;
    return &mr->ibv;
}

EMU_EXPORT struct ibv_mr *ibv_reg_mr(struct ibv_pd *pd, void *address, size_t length, int access)
{
    return register_memory(pd, address, length, (uintptr_t)address, (unsigned)access);
}

EMU_EXPORT struct ibv_mr *ibv_reg_mr_iova(struct ibv_pd *pd, void *address, size_t length, uint64_t iova, int access)
{
    return register_memory(pd, address, length, iova, (unsigned)access);
}

EMU_EXPORT struct ibv_mr *ibv_reg_mr_iova2(
    struct ibv_pd *pd, void *address, size_t length, uint64_t iova, unsigned access)
{
    return register_memory(pd, address, length, iova, access);
}

/* There is no accelerator memory behind this device. */
EMU_EXPORT struct ibv_mr *ibv_reg_dmabuf_mr(
    struct ibv_pd *pd, uint64_t offset, size_t length, uint64_t iova, int fd, int access)
{
    (void)pd, (void)offset, (void)length, (void)iova, (void)fd, (void)access;
    errno = EOPNOTSUPP;
    return NULL;
}

EMU_EXPORT int ibv_dereg_mr(struct ibv_mr *ibv)
{
    struct emu_mr *mr = (struct emu_mr *)ibv;
    struct emu_device *dev = mr->dev;
    emu_lock(&dev->lock);
    emu_memlock_remove_locked(dev, ibv->addr, ibv->length);
    /* A program may close the device before it deregisters: then the table is gone already. */
    if (dev->active) {
        struct emu_mr_shared *entry = &dev->shared->mrs[ibv->lkey % EMU_MAX_MR];
        if (atomic_load_explicit(&entry->key, memory_order_relaxed) == ibv->lkey) {
            atomic_store_explicit(&entry->key, 0, memory_order_release);
            dev->mr_count--;
        }
    }
    emu_unlock(&dev->lock);
    free(mr);
    return 0;
}

/* Under a name of our own, because newer headers declare it with a type that older ones do not have. */
EMU_EXPORT int emu_query_mr(struct ibv_mr *ibv, struct emu_dv_mr_attr *attr, uint32_t size) __asm__("efadv_query_mr");
EMU_EXPORT int emu_query_mr(struct ibv_mr *ibv, struct emu_dv_mr_attr *attr, uint32_t size)
{
    (void)ibv;
    /* No interconnect identifiers are valid: there is no such hardware. */
    memset(attr, 0, size);
    return 0;
}
