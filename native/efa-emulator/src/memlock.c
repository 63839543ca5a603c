#include "memlock.h"

#include <errno.h>
#include <linux/capability.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static uint64_t pages_of(const void *address, size_t length)
{
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), start = (uintptr_t)address;
    return length ? (start + length + page - 1) / page - start / page : 0;
}

static bool may_lock_anything(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {{0}};
    return !syscall(SYS_capget, &header, data) && (data[0].effective & 1u << CAP_IPC_LOCK);
}

int emu_memlock_add_locked(struct emu_device *dev, const void *address, size_t length)
{
    if (!dev->config.memlock)
        return 0;
    uint64_t pages = dev->locked_pages + pages_of(address, length);
    struct rlimit limit;
    if (!may_lock_anything() && !getrlimit(RLIMIT_MEMLOCK, &limit) && limit.rlim_cur != RLIM_INFINITY &&
        pages > limit.rlim_cur / (uint64_t)sysconf(_SC_PAGESIZE))
        return ENOMEM;
    dev->locked_pages = pages;
    return 0;
}

void emu_memlock_remove_locked(struct emu_device *dev, const void *address, size_t length)
{
    if (dev->config.memlock)
        dev->locked_pages -= pages_of(address, length);
}
