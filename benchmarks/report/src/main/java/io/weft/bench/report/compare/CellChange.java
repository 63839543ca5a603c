package io.weft.bench.report.compare;

import io.weft.bench.report.CellKey;
import io.weft.bench.report.statistics.Estimate;

/**
 * How a cell changed.
 *
 * @param key of the cell
 * @param found the network that it crossed in both files
 * @param unit of the medians
 * @param oldMedian as it is read
 * @param newMedian as it is read
 * @param ratio new time by old time with its 99% interval: above 1 it became slower
 * @param cores the core mode of the rounds compared; empty for all rounds
 * @param oldRounds how many were compared
 * @param newRounds how many were compared
 * @param pValue of the two-sided rank test
 * @param adjusted the same corrected for the number of cells
 * @param verdict what follows
 */
public record CellChange(
    CellKey key,
    String found,
    String unit,
    double oldMedian,
    double newMedian,
    Estimate ratio,
    String cores,
    int oldRounds,
    int newRounds,
    double pValue,
    double adjusted,
    Verdict verdict) {
  /** What follows for a cell. */
  public enum Verdict {
    /** Slower beyond noise, by more than the threshold. */
    REGRESSION,
    /** Faster beyond noise, by more than the threshold. */
    IMPROVEMENT,
    /** Different beyond noise, by no more than the threshold. */
    SMALL,
    /** Not different beyond noise. */
    NOISE,
    /** So few rounds that no difference, however large, would stand out of noise. */
    CANNOT_TELL
  }

  /**
   * How much more time it takes.
   *
   * @return in percent of the old time; less than 0 if it became faster
   */
  public double percent() {
    return 100 * (ratio.value() - 1);
  }
}
