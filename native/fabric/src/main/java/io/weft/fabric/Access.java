package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import java.util.Set;

/** What registered memory may be used for, fi_mr(3). */
public enum Access {
  /** Its content is sent. */
  SEND(Constants.FI_SEND),

  /** Messages are received into it. */
  RECEIVE(Constants.FI_RECV),

  /** What is read from peers, or fetched by atomic operations, goes into it. */
  READ(Constants.FI_READ),

  /** Its content is written to peers, or an operand of atomic operations. */
  WRITE(Constants.FI_WRITE),

  /** Peers read it. */
  REMOTE_READ(Constants.FI_REMOTE_READ),

  /** Peers write it; atomic operations on it need this and {@link #REMOTE_READ}. */
  REMOTE_WRITE(Constants.FI_REMOTE_WRITE);

  private final long bit;

  Access(long bit) {
    this.bit = bit;
  }

  static long bits(Set<Access> accesses) {
    long bits = 0;
    for (Access each : accesses) {
      bits |= each.bit;
    }
    return bits;
  }
}
