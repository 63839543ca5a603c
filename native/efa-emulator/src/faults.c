#include "faults.h"

#include <signal.h>
#include <unistd.h>

#include "link.h"

/* A request held back is let go after this time although too few others follow it. */
enum { HOLD_NS = 200 * 1000 };

/* The mixing function of a 64-bit counter generator (splitmix). */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
}

static bool happens(uint64_t *state, double rate)
{
    return rate > 0 && (double)(next_random(state) >> 11) * 0x1p-53 < rate;
}

uint64_t emu_fault_stream(const struct emu_device *dev, uint8_t qp_index)
{
    uint64_t state = dev->config.fault.seed;
    state = next_random(&state) ^ dev->node;
    state = next_random(&state) ^ dev->slot;
    return next_random(&state) ^ qp_index;
}

void emu_fault_plan_locked(struct emu_qp *qp, struct emu_wqe *wqe, uint64_t now)
{
    const struct emu_fault_config *f = &qp->dev->config.fault;
    wqe->order = wqe->number;
    if (f->delay_ns) {
        wqe->due = now + f->delay_ns;
        qp->dev->counters.delayed++;
    }
    if (wqe->op == EMU_OP_SEND) {
        while (wqe->fault_rnr < 1000 && happens(&qp->random, f->rnr))
            wqe->fault_rnr++;
    }
    wqe->fault_drop = happens(&qp->random, f->drop);
    wqe->hold_until = now + HOLD_NS;
    if (f->reorder > 1)
        wqe->order += next_random(&qp->random) % f->reorder;
}

bool emu_fault_held(const struct emu_qp *qp, const struct emu_wqe *wqe, uint64_t now)
{
    if (wqe->order == wqe->number || wqe->order < qp->numbered)
        return false;
    return now < wqe->hold_until;
}

static bool on_side(const struct emu_fault_config *f, int side, uint16_t node)
{
    for (unsigned i = 0; i < f->cut_count[side]; i++) {
        if (f->cut[side][i] == node)
            return true;
    }
    return false;
}

static void begin_partition_locked(struct emu_device *dev)
{
    dev->partition_active = true;
    atomic_store(&dev->shared->partitioned, 1);
    emu_links_announce_partition_locked(dev);
}

static bool partition_due(const struct emu_device *dev, uint64_t now)
{
    const struct emu_fault_config *f = &dev->config.fault;
    if (f->partition_after_ns)
        return now - dev->opened_at >= f->partition_after_ns;
    return dev->operations >= f->partition_after;
}

void emu_fault_count_locked(struct emu_device *dev)
{
    const struct emu_fault_config *f = &dev->config.fault;
    dev->operations++;
    if (f->kill && f->kill_node == dev->node && dev->operations > f->kill_after)
        kill(getpid(), SIGKILL);
}

bool emu_fault_partitioned_locked(struct emu_device *dev, uint16_t node, const struct emu_link *link, uint64_t now)
{
    const struct emu_fault_config *f = &dev->config.fault;
    if (!f->partition || node == dev->node)
        return false;
    bool cut = (on_side(f, 0, node) && on_side(f, 1, dev->node)) || (on_side(f, 1, node) && on_side(f, 0, dev->node));
    if (!cut)
        return false;
    if (!dev->partition_active && partition_due(dev, now))
        begin_partition_locked(dev);
    return dev->partition_active || (link && emu_link_peer_partitioned(link));
}
