package io.weft.bench.report.statistics;

import java.util.Arrays;

/** Medians of what was measured. */
public final class Medians {
  private Medians() {}

  /**
   * The median; the mean of the two middle values where their number is even.
   *
   * @param values at least one, in any order; left as they are
   * @return the median
   */
  public static double of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("there is no median of nothing");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * The median of all iterations of all rounds.
   *
   * @param rounds the iterations of each
   * @return the median
   */
  public static double ofAll(double[][] rounds) {
    return of(Arrays.stream(rounds).flatMapToDouble(Arrays::stream).toArray());
  }

  /**
   * The median of each round.
   *
   * @param rounds the iterations of each
   * @return as many medians
   */
  public static double[] ofEach(double[][] rounds) {
    return Arrays.stream(rounds).mapToDouble(Medians::of).toArray();
  }
}
