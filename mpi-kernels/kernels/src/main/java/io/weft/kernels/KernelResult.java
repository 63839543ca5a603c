package io.weft.kernels;

import java.util.List;

/**
 * What a kernel run came to; the same on every rank.
 *
 * @param kernel the kernel's name
 * @param problemClass its class
 * @param ranks the number of ranks
 * @param verification the computed values against the published ones
 * @param seconds wall time of the timed part, the largest of all ranks
 * @param megaOperationsPerSecond the kernel's own operation count over {@code seconds}, in 1e6
 * @param phases time by phase
 * @param loadImbalance how much longer the rank that computes longest does so than the mean of all
 *     ranks, as a share of the mean: 0 where all compute equally long
 * @param resumedAfter the step of the checkpoint that the run continued from, 0 if it started at
 *     the beginning; times, and operations per second, are of the steps after it alone
 */
public record KernelResult(
    String kernel,
    String problemClass,
    int ranks,
    Verification verification,
    double seconds,
    double megaOperationsPerSecond,
    List<PhaseTime> phases,
    double loadImbalance,
    long resumedAfter) {
  /** Copies the list. */
  public KernelResult {
    phases = List.copyOf(phases);
  }

  /**
   * The share of the timed part spent communicating, mean over ranks.
   *
   * @return {@code 0 .. 1}
   */
  public double communicationShare() {
    double communicating = 0;
    for (PhaseTime phase : phases) {
      if (phase.communication()) {
        communicating += phase.meanSeconds();
      }
    }
    return seconds == 0 ? 0 : communicating / seconds;
  }
}
