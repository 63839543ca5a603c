package io.weft.kernels.timed;

import io.weft.kernels.Progress;
import java.util.Arrays;

/**
 * Stop watches of one rank, one per {@link Phase}. The clock is read once at each border between
 * phases: what passed since the last border belongs to the phase that ends there.
 */
public final class PhaseTimers {
  private final Phase[] phases;
  private final long[] nanos;
  private final Progress progress;
  private long border;

  /**
   * Makes stopped ones.
   *
   * @param progress told of each phase that ends
   * @param phases all phases of the kernel, in order of {@link Phase#ordinal}
   */
  public PhaseTimers(Progress progress, Phase... phases) {
    this.progress = progress;
    this.phases = phases.clone();
    this.nanos = new long[phases.length];
  }

  /** Sets all to zero, and starts. */
  void reset() {
    Arrays.fill(nanos, 0);
    progress.timedPartStarts();
    start();
  }

  /** Starts here; time since the last border belongs to no phase. */
  public void start() {
    border = System.nanoTime();
  }

  /**
   * Ends a phase here.
   *
   * @param phase what was done since the last border
   */
  public void end(Phase phase) {
    long now = System.nanoTime();
    nanos[phase.ordinal()] += now - border;
    progress.phaseEnded(phase.label(), phase.communication(), border, now);
    border = now;
  }

  /** The number of phases. */
  int count() {
    return phases.length;
  }

  /** One phase, from 0. */
  Phase phase(int ordinal) {
    return phases[ordinal];
  }

  /** The time of a phase, in seconds. */
  double seconds(int ordinal) {
    return nanos[ordinal] * 1e-9;
  }
}
