/*
 * The send engine: moves work requests from pending (accepted, not yet on a wire) to in flight (on a wire, to be
 * answered) to a completion. A send over shared memory is complete as soon as it stands in the peer's ring. Everything
 * here is done under the device's lock, by whichever thread posts or polls, or by the service thread when none does.
 */
#ifndef EMU_ENGINE_H
#define EMU_ENGINE_H

#include "device.h"

/* Takes over all of the count requests and tries to send them; ENOMEM, taking none, when the queue has no room. */
int emu_engine_post_locked(struct emu_qp *qp, const struct emu_wqe *staged, uint32_t count);

/* One round of all there is to do: incoming frames, served reads, pending sends, deadlines. */
void emu_progress_locked(struct emu_device *dev);

/* Puts a completion for the request in the queue pair's completion queue and frees the request. */
void emu_engine_complete_locked(struct emu_qp *qp, struct emu_wqe *wqe, enum emu_status status);

/* The peer was not ready: tries again later, or gives up with an error, as the queue pair's rnr_retry says. */
void emu_engine_not_ready_locked(struct emu_qp *qp, struct emu_wqe *wqe, uint64_t now);

/* Puts a request that is on the wire in the in-flight list. */
void emu_engine_in_flight_locked(struct emu_qp *qp, struct emu_wqe *wqe);

/* Ends everything with a "flushed" completion, receives included. */
void emu_engine_flush_locked(struct emu_qp *qp);
/* Forgets everything without a completion. */
void emu_engine_discard_locked(struct emu_qp *qp);

/* Ends all requests that wait for or travel on a link that is dead. */
void emu_engine_link_died_locked(struct emu_device *dev, struct emu_link *link);

/* Names an in-flight request on the wire, and finds it again: NULL when it is gone. */
uint32_t emu_engine_token(struct emu_qp *qp, struct emu_wqe *wqe);
struct emu_wqe *emu_engine_find_locked(struct emu_device *dev, uint32_t token, struct emu_qp **qp);

#endif
