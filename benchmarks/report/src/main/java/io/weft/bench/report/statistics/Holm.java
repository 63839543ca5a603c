package io.weft.bench.report.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction for many tests at once (S. Holm, A Simple Sequentially Rejective Multiple Test
 * Procedure, Scandinavian Journal of Statistics 6, 1979): the probability of even one false finding
 * stays below the level. It asks nothing of how the tests depend on each other, and cells of one
 * run do, for they share a machine; it never finds less than Bonferroni's. (Benjamini and Hochberg
 * bound the share of false findings, which does for a list to look through; what stops a build must
 * rarely be wrong at all.)
 */
public final class Holm {
  private Holm() {}

  /**
   * Corrects probabilities for their number.
   *
   * @param pValues one for each test
   * @return in the same order, to be compared with the level
   */
  public static double[] adjust(double[] pValues) {
    int[] order =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double most = 0;
    for (int i = 0; i < order.length; i++) {
      most = Math.max(most, Math.min(1, (order.length - i) * pValues[order[i]]));
      adjusted[order[i]] = most;
    }
    return adjusted;
  }
}
