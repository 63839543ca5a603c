package io.weft.bench.ranks;

import io.weft.bench.peer.Operation;

/** What a batch took on a rank. */
final class Batch {
  private Batch() {}

  static long nanos(Operation operation, long around) {
    long own = operation.ownNanos();
    return own < 0 ? around : own;
  }
}
