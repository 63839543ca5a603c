package io.weft.fabric;

import io.weft.fabric.ffm.Constants;

/** What a {@link Counter} counts of an endpoint, fi_endpoint(3) at {@code fi_ep_bind}. */
public enum CounterEvent {
  /** Messages sent, injected ones too. */
  SEND(Constants.FI_SEND, null),

  /** Messages received. */
  RECEIVE(Constants.FI_RECV, null),

  /** Reads of peers' memory, and atomic operations that fetch. */
  READ(Constants.FI_READ, Capability.RMA),

  /** Writes to peers' memory, injected ones too, and atomic operations that do not fetch. */
  WRITE(Constants.FI_WRITE, Capability.RMA),

  /** Reads of this process's memory by peers; net of 1.17 counts none. */
  REMOTE_READ(Constants.FI_REMOTE_READ, Capability.RMA_EVENTS),

  /**
   * Writes to this process's memory by peers; net of 1.17 counts {@link OneSided#writeData} only.
   */
  REMOTE_WRITE(Constants.FI_REMOTE_WRITE, Capability.RMA_EVENTS);

  private final long bit;
  private final Capability needed;

  CounterEvent(long bit, Capability needed) {
    this.bit = bit;
    this.needed = needed;
  }

  long bit() {
    return bit;
  }

  /** Fails where an endpoint has no such events. */
  void check(FabricInfo info) {
    if (needed != null) {
      info.require(needed);
    }
  }
}
