#include "counters.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "device.h"

static const struct {
    const char *name;
    size_t offset;
} fields[] = {
#define X(name) {#name, offsetof(struct emu_counters, name)},
    EMU_COUNTERS(X)
#undef X
};
enum { FIELD_COUNT = sizeof(fields) / sizeof(fields[0]) };

static uint64_t value_of(const struct emu_counters *counters, unsigned field)
{
    uint64_t value;
    memcpy(&value, (const char *)counters + fields[field].offset, sizeof(value));
    return value;
}

int weft_efa_counter(const char *name, uint64_t *value)
{
    for (unsigned i = 0; i < FIELD_COUNT; i++) {
        if (strcmp(fields[i].name, name))
            continue;
        emu_lock(&emu_device.lock);
        *value = value_of(&emu_device.counters, i);
        emu_unlock(&emu_device.lock);
        return 0;
    }
    return ENOENT;
}

void emu_counters_print(struct emu_device *dev)
{
    char path[512];
    FILE *out = stderr;
    if (!dev->config.counters || !dev->was_active)
        return;
    if (strcmp(dev->config.counters, "stderr")) {
        snprintf(path, sizeof(path), "%s/efa-counters-%s-%u-%u-%ld.json", dev->config.counters, dev->config.job,
            dev->node, dev->slot, (long)getpid());
        out = fopen(path, "we");
        if (!out)
            return;
    }
    /* One line, written at once, so that the lines of several processes do not mix. */
    char line[2048];
    size_t used = (size_t)snprintf(line, sizeof(line),
        "{\"device\":\"emulated\",\"job\":\"%s\",\"node\":%u,\"slot\":%u,\"pid\":%ld", dev->config.job, dev->node,
        dev->slot, (long)getpid());
    for (unsigned i = 0; i < FIELD_COUNT; i++)
        used += (size_t)snprintf(line + used, sizeof(line) - used, ",\"%s\":%llu", fields[i].name,
            (unsigned long long)value_of(&dev->counters, i));
    fprintf(out, "%s}\n", line);
    if (out == stderr)
        fflush(out);
    else
        fclose(out);
}

__attribute__((destructor)) static void at_exit(void)
{
    bool locked = emu_device_lock_at_end(&emu_device);
    emu_counters_print(&emu_device);
    if (locked)
        emu_unlock(&emu_device.lock);
}
