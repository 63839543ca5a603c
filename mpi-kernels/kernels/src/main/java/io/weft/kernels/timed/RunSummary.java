package io.weft.kernels.timed;

import io.weft.comm.ReduceOp;
import io.weft.kernels.Check;
import io.weft.kernels.PhaseTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What all ranks of a run found, combined at its end, so that every rank reports the same.
 *
 * @param checks the checks; what was found is NaN where two ranks differ in a single bit
 * @param seconds the largest wall time
 * @param phases time by phase
 * @param loadImbalance how much longer the rank that computes longest does so than the mean
 */
record RunSummary(
    List<Check> checks, double seconds, List<PhaseTime> phases, double loadImbalance) {
  /** Copies the lists. */
  RunSummary {
    checks = List.copyOf(checks);
    phases = List.copyOf(phases);
  }

  /**
   * Combines; collective.
   *
   * @param reductions over the ranks
   * @param ranks how many there are
   * @param found what this rank found
   * @param seconds this rank's wall time
   * @param timers this rank's time by phase
   */
  static RunSummary of(
      SmallReductions reductions,
      int ranks,
      List<Check> found,
      double seconds,
      PhaseTimers timers) {
    double[] own = new double[2 + timers.count()];
    own[0] = seconds;
    int computing = 1 + timers.count();
    for (int k = 0; k < timers.count(); k++) {
      own[1 + k] = timers.seconds(k);
      own[computing] += timers.phase(k).communication() ? 0 : own[1 + k];
    }
    double[] least = reductions.combine(own, ReduceOp.MIN);
    double[] sum = reductions.combine(own, ReduceOp.SUM);
    double[] most = reductions.combine(own, ReduceOp.MAX);
    List<PhaseTime> phases = new ArrayList<>();
    for (int k = 0; k < timers.count(); k++) {
      Phase phase = timers.phase(k);
      phases.add(
          new PhaseTime(
              phase.label(), phase.communication(), least[1 + k], sum[1 + k] / ranks, most[1 + k]));
    }
    List<Check> checks = new ArrayList<>();
    for (Check check : found) {
      checks.add(
          new Check(
              check.quantity(),
              reductions.agreed(check.expected()),
              reductions.agreed(check.found()),
              check.relativeTolerance()));
    }
    double mean = sum[computing] / ranks;
    return new RunSummary(checks, most[0], phases, mean == 0 ? 0 : most[computing] / mean - 1);
  }
}
