package io.weft.comm.fabric;

import io.weft.comm.CommunicatorException;
import java.util.Arrays;

/** Who takes what comes in for no receive, by context. */
final class Handlers {
  private final int rank;
  private ActiveMessages[] handlers = new ActiveMessages[4];

  /** Nobody, on this rank. */
  Handlers(int rank) {
    this.rank = rank;
  }

  /** Says who; null for nobody any more. */
  void set(int context, ActiveMessages handler) {
    if (context >= handlers.length) {
      handlers = Arrays.copyOf(handlers, Math.max(context + 1, 2 * handlers.length));
    }
    handlers[context] = handler;
  }

  ActiveMessages of(int context) {
    ActiveMessages handler = context < handlers.length ? handlers[context] : null;
    if (handler == null) {
      throw new CommunicatorException(
          "rank " + rank + ": a message for context " + context + ", which nobody has opened");
    }
    return handler;
  }

  /** Hands over what a write of another rank tells. */
  void told(long told) {
    of(RemoteAccess.contextOf(told)).written(RemoteAccess.whichOf(told));
  }
}
