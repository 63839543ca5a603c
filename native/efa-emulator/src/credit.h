/*
 * Receive credits (shared.h). A sender counts its claims in the memory of its link as well. When it dies between a
 * claim and its message, the receiver finds more claims in its queue pair than the messages that came and the claims of
 * the senders that live, and takes back the difference.
 */
#ifndef EMU_CREDIT_H
#define EMU_CREDIT_H

#include "link.h"

/* The sender's side. false: no receive is posted that nobody else has claimed. */
bool emu_credit_claim_locked(struct emu_link *link, uint16_t target_qpn);

/* The receiver's side: a message that came with a claim is dealt with. */
void emu_credit_spent_locked(struct emu_link *link, uint16_t target_qpn);

/* A sender is gone and what it had sent is delivered. Leaves dev->credits_suspect set while a claim is being made. */
void emu_credits_restore_locked(struct emu_device *dev);

/* Called at each step of a claim when built with EMU_CREDIT_HOOK, by the test of sudden deaths. */
#ifdef EMU_CREDIT_HOOK
void emu_credit_hook(int step);
#else
static inline void emu_credit_hook(int step)
{
    (void)step;
}
#endif

#endif
