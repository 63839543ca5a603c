package io.weft.fabric;

import io.weft.fabric.ffm.Constants;

/**
 * What an endpoint can be asked to do beyond tagged and untagged messages, fi_getinfo(3). A
 * provider may be able to do more than it is asked for; an endpoint does what was asked for in
 * {@link FabricHints#capabilities}.
 */
public enum Capability {
  /** Reads and writes of a peer's memory: {@link OneSided}. */
  RMA("FI_RMA", Constants.FI_RMA),

  /** One receive takes several messages: {@link Messages#receiveMany}. */
  MULTI_RECEIVE("FI_MULTI_RECV", Constants.FI_MULTI_RECV),

  /** Operations that start when a {@link Counter} has risen: {@link DeferredWork}. */
  DEFERRED_WORK("FI_TRIGGER", Constants.FI_TRIGGER),

  /**
   * Endpoints take their receives from a {@link SharedReceiveContext}; no capability in libfabric
   * but a number of contexts.
   */
  SHARED_RECEIVE("FI_SHARED_CONTEXT", 0),

  /** Atomic operations on a peer's memory: {@link Atomics}. */
  ATOMICS("FI_ATOMIC", Constants.FI_ATOMIC),

  /** A {@link Counter} can count what peers read and write here. */
  RMA_EVENTS("FI_RMA_EVENT", Constants.FI_RMA_EVENT);

  private final String libraryName;
  private final long bit;

  Capability(String libraryName, long bit) {
    this.libraryName = libraryName;
    this.bit = bit;
  }

  /**
   * The capability's name in libfabric, such as {@code FI_RMA}.
   *
   * @return its name
   */
  public String libraryName() {
    return libraryName;
  }

  long bit() {
    return bit;
  }
}
