package io.weft.bench.report;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/** How often something of a known probability may come in a number of trials. */
public final class Binomial {
  private static final double RARE = 1e-4;

  private Binomial() {}

  /**
   * More comes in one of ten thousand tests.
   *
   * @param trials how many
   * @param probability of one
   * @return the number
   */
  public static int most(int trials, double probability) {
    return BinomialDistribution.of(trials, probability).inverseCumulativeProbability(1 - RARE);
  }

  /**
   * Less comes in one of ten thousand tests.
   *
   * @param trials how many
   * @param probability of one
   * @return the number
   */
  public static int least(int trials, double probability) {
    return BinomialDistribution.of(trials, probability).inverseCumulativeProbability(RARE);
  }
}
