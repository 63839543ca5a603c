package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.EventOperations;
import io.weft.fabric.ffm.QueueOperations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An event queue of its own for an endpoint over efa that was given none. That provider ends the
 * process ({@code abort}) if it meets a failure that belongs to no operation and has nowhere to
 * report it: registering its own buffers past the limit of locked memory is one, and happens at the
 * first poll.
 */
final class EndpointGuard {
  private static final long ROOM_BYTES = 256;

  private final EventQueue events;
  private final MemorySegment room = Arena.ofAuto().allocate(ROOM_BYTES + Integer.BYTES, 8);

  private EndpointGuard(EventQueue events) {
    this.events = events;
  }

  /** Null where the endpoint needs none. */
  static EndpointGuard of(EndpointSetup setup) {
    if (!setup.info().provider().startsWith("efa") || setup.reports()) {
      return null;
    }
    EventQueue events = setup.domain().fabric().openEventQueue();
    events.use();
    return new EndpointGuard(events);
  }

  EventQueue events() {
    return events;
  }

  /** Has the provider set itself up, which it puts off until the first poll; takes nothing. */
  void prove(CompletionQueue completions) {
    long queue = completions.address();
    // Asks for progress alone: what may be there already stays. The result does not matter.
    QueueOperations.fi_cq_read(QueueOperations.FI_CQ_READ.of(queue), queue, 0, 0);
    check();
  }

  /** Allocates only to throw. */
  void check() {
    long entry = room.address();
    long result =
        EventOperations.fi_eq_read(events.address(), entry + ROOM_BYTES, entry, ROOM_BYTES);
    if (result == -Constants.FI_EAVAIL) {
      EventError error = events.readError();
      if (error != null) {
        throw FabricException.of(
            "the provider's work for the endpoint (" + error.providerText() + ")", -error.code());
      }
    }
  }

  /** The endpoint is closed. */
  void close() {
    events.release();
    events.close();
  }
}
