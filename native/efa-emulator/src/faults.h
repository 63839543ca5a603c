/*
 * Deterministic faults. What happens to a request is decided when it is posted, by a stream of random numbers that
 * depends only on the seed, the node, the slot and the queue pair: the same program meets the same faults, whatever the
 * timing.
 */
#ifndef EMU_FAULTS_H
#define EMU_FAULTS_H

#include "device.h"

uint64_t emu_fault_stream(const struct emu_device *dev, uint8_t qp_index);

/* Decides what is to happen to a request just posted. */
void emu_fault_plan_locked(struct emu_qp *qp, struct emu_wqe *wqe, uint64_t now);

/* Whether the reorder fault still holds the request back. */
bool emu_fault_held(const struct emu_qp *qp, const struct emu_wqe *wqe, uint64_t now);

/* Counts one operation leaving the device, and does what is due at that count. */
void emu_fault_count_locked(struct emu_device *dev);

/* Whether a partition keeps this process and the link's (or, without a link, the node's) apart at this time. */
bool emu_fault_partitioned_locked(struct emu_device *dev, uint16_t node, const struct emu_link *link, uint64_t now);

#endif
