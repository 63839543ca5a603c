package io.weft.bench.report.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Intervals from the draws of a bootstrap: expanded percentile intervals. Plain percentiles of few
 * rounds are too narrow, as a normal interval is where Student's belongs and the variance lacks its
 * factor n / (n - 1); the tails are made smaller by as much (T. C. Hesterberg, What Teachers Should
 * Know About the Bootstrap, The American Statistician 69(4), 2015). Very few rounds get the range
 * of the draws.
 */
public final class Intervals {
  private Intervals() {}

  /**
   * The interval of {@link Estimate#CONFIDENCE}.
   *
   * @param observed the value of the sample itself
   * @param draws of the same value; left as they are
   * @param rounds that the sample has
   * @return the value with its interval
   */
  public static Estimate of(double observed, double[] draws, int rounds) {
    double[] sorted = draws.clone();
    Arrays.sort(sorted);
    double tail = tail(rounds);
    return new Estimate(
        observed,
        Math.min(observed, lower(sorted, tail)),
        Math.max(observed, upper(sorted, tail)),
        rounds);
  }

  /**
   * The share of draws to leave out at each end.
   *
   * @param rounds at least 1; of one round nothing is known but its iterations
   * @return the share
   */
  static double tail(int rounds) {
    double plain = (1 - Estimate.CONFIDENCE) / 2;
    if (rounds < 2) {
      return plain;
    }
    double student = TDistribution.of(rounds - 1.0).inverseSurvivalProbability(plain);
    double inflation = Math.sqrt(rounds / (rounds - 1.0));
    return NormalDistribution.of(0, 1).cumulativeProbability(-inflation * student);
  }

  /** The draw that has the share below it; rounded towards the end. */
  static double lower(double[] sorted, double share) {
    return sorted[(int) Math.floor(share * (sorted.length - 1))];
  }

  /** The draw that has the share above it; rounded towards the end. */
  static double upper(double[] sorted, double share) {
    return sorted[(int) Math.ceil((1 - share) * (sorted.length - 1))];
  }
}
