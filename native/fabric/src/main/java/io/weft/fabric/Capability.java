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
