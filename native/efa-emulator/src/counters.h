/*
 * What the device did, for tests and for the line printed at exit. Guarded by the device's lock; emu_counter_list names
 * the fields for printing and for weft_efa_counter().
 */
#ifndef EMU_COUNTERS_H
#define EMU_COUNTERS_H

#include <stdint.h>

#include "abi.h"

#define EMU_COUNTERS(X)                                                                                                \
    X(tx_packets) /* sends that were delivered to the peer's device */                                                 \
    X(tx_bytes)                                                                                                        \
    X(rx_packets)                                                                                                      \
    X(rx_bytes)                                                                                                        \
    X(read_ops) /* RDMA reads this process finished */                                                                 \
    X(read_bytes)                                                                                                      \
    X(write_ops)                                                                                                       \
    X(write_bytes)                                                                                                     \
    X(rnr) /* sends that met a receiver that was not ready */                                                          \
    X(rnr_injected)                                                                                                    \
    X(reordered) /* sends overtaken by a later one because of the reorder fault */                                     \
    X(delayed)                                                                                                         \
    X(dropped)                                                                                                         \
    X(partitioned)      /* operations that a partition ended */                                                        \
    X(errors)           /* completions with an error status */                                                         \
    X(links)            /* connections this process opened */                                                          \
    X(links_lost)       /* ... and that ended by the peer's death, a timeout or a partition */                         \
    X(credits_restored) /* receives that peers had claimed and, as they died, did not use */

struct emu_counters {
#define X(name) uint64_t name;
    EMU_COUNTERS(X)
#undef X
};

struct emu_device;

/* Writes the line that WEFT_EFA_COUNTERS asks for; without the device ever opened, nothing. */
void emu_counters_print(struct emu_device *dev);

/*
 * For programs that check what crossed the device: puts the value of the counter called name into *value.
 * Returns 0, or ENOENT for a name that does not exist. A process whose device was never opened reads zeros.
 */
EMU_EXPORT int weft_efa_counter(const char *name, uint64_t *value);

#endif
