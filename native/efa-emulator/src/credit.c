#include "credit.h"

bool emu_credit_claim_locked(struct emu_link *link, uint16_t target_qpn)
{
    struct emu_qp_shared *target = &link->peer->qps[target_qpn % EMU_MAX_QP];
    _Atomic uint64_t *count = &link->claims->count[target_qpn % EMU_MAX_QP];
    struct emu_seen *seen = &link->seen[target_qpn % EMU_MAX_QP];
    uint32_t state = atomic_load_explicit(&target->state, memory_order_relaxed);
    bool made = false;
    if (seen->state != state)
        *seen = (struct emu_seen){.state = state};
    /* While busy is set, claimed and count may disagree. Whoever reads the new claimed reads busy, or the new count. */
    atomic_store_explicit(&link->claims->busy, 1, memory_order_relaxed);
    emu_credit_hook(1);
    uint64_t claimed = atomic_load_explicit(&target->claimed, memory_order_relaxed);
    while (!made) {
        if (claimed >= seen->posted) {
            seen->posted = atomic_load_explicit(&target->posted, memory_order_acquire);
            if (claimed >= seen->posted)
                break;
        }
        made = atomic_compare_exchange_weak_explicit(
            &target->claimed, &claimed, claimed + 1, memory_order_acq_rel, memory_order_relaxed);
    }
    emu_credit_hook(2);
    if (made)
        atomic_store_explicit(count, atomic_load_explicit(count, memory_order_relaxed) + 1, memory_order_release);
    emu_credit_hook(3);
    atomic_store_explicit(&link->claims->busy, 0, memory_order_release);
    return made;
}

void emu_credit_spent_locked(struct emu_link *link, uint16_t target_qpn)
{
    link->spent[target_qpn % EMU_MAX_QP]++;
}

/*
 * Claims that senders hold whose message is still to come. false: one of them is at it. A process that has ended is
 * not, whatever it left in busy: its message will not come unless it was counted.
 */
static bool held(struct emu_device *dev, unsigned index, uint64_t *sum)
{
    *sum = 0;
    for (struct emu_link *link = dev->incoming; link; link = link->next) {
        if (!link->claims)
            continue;
        if (!link->ended && atomic_load_explicit(&link->claims->busy, memory_order_acquire))
            return false;
        *sum += atomic_load_explicit(&link->claims->count[index], memory_order_acquire) - link->spent[index];
    }
    return true;
}

static bool restore(struct emu_device *dev, struct emu_qp *qp)
{
    struct emu_qp_shared *shared = &dev->shared->qps[qp->index];
    uint64_t claimed = atomic_load_explicit(&shared->claimed, memory_order_acquire);
    uint64_t taken = atomic_load_explicit(&shared->posted, memory_order_relaxed) - qp->rq_count;
    uint64_t sum;
    if (!held(dev, qp->index, &sum) || atomic_load_explicit(&shared->claimed, memory_order_relaxed) != claimed)
        return false;
    if (claimed > taken + sum) {
        dev->counters.credits_restored += claimed - taken - sum;
        atomic_fetch_sub(&shared->claimed, claimed - taken - sum);
    }
    return true;
}

void emu_credits_restore_locked(struct emu_device *dev)
{
    dev->credits_suspect = false;
    for (unsigned i = 0; i < EMU_MAX_QP; i++) {
        struct emu_qp *qp = dev->qps[i];
        if (qp && (qp->state == IBV_QPS_RTR || qp->state == IBV_QPS_RTS) && !restore(dev, qp))
            dev->credits_suspect = true;
    }
}
