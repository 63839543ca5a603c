package io.weft.kernels.cg;

import java.util.Arrays;

/**
 * Stop watches of one rank, one per {@link Phase}. The clock is read once at each border between
 * phases: what passed since the last border belongs to the phase that ends there.
 */
final class PhaseTimers {
  private final long[] nanos = new long[Phase.values().length];
  private long border;

  /** Sets all to zero. */
  void reset() {
    Arrays.fill(nanos, 0);
  }

  /** Starts here; time since the last border belongs to no phase. */
  void start() {
    border = System.nanoTime();
  }

  /** Ends a phase here. */
  void end(Phase phase) {
    long now = System.nanoTime();
    nanos[phase.ordinal()] += now - border;
    border = now;
  }

  /** The time of a phase, in seconds. */
  double seconds(Phase phase) {
    return nanos[phase.ordinal()] * 1e-9;
  }
}
