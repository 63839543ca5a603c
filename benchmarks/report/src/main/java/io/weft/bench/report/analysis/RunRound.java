package io.weft.bench.report.analysis;

import io.weft.bench.report.Round;

/**
 * A round, and the file it comes from: rounds of one number in two files have nothing to do with
 * each other.
 *
 * @param file the index of the file in its run
 * @param round what was measured
 */
public record RunRound(int file, Round round) {
  /**
   * The times of its iterations.
   *
   * @return nanoseconds for each operation
   */
  public double[] nanos() {
    return round.nanos().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Whether both were measured at the same time. */
  boolean isBeside(RunRound other) {
    return file == other.file && round.round() == other.round.round();
  }
}
