package io.weft.bench.report.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Whether two groups of rounds differ: the two-sided test of Mann and Whitney (Annals of
 * Mathematical Statistics 18, 1947), which asks nothing of the distribution. Its units are the
 * medians of rounds, since iterations of one round are no independent observations.
 */
public final class RankTest {
  private RankTest() {}

  /**
   * The probability of such a difference, or a larger one, where there is none.
   *
   * @param one medians of rounds
   * @param other medians of other rounds
   * @return between {@link #leastPValue} and 1; exact where no two values are equal
   */
  public static double pValue(double[] one, double[] other) {
    double first = one[0];
    if (Arrays.stream(one).allMatch(v -> v == first)
        && Arrays.stream(other).allMatch(v -> v == first)) {
      return 1;
    }
    double p = MannWhitneyUTest.withDefaults().test(one, other).getPValue();
    // With equal values among them the library approximates, perhaps to less than is possible.
    return Math.clamp(p, leastPValue(one.length, other.length), 1);
  }

  /**
   * The least probability that so many rounds can come to: all of one group below all of the other,
   * which happens twice in (one + other) choose one orders.
   *
   * @param one how many rounds
   * @param other how many other rounds
   * @return at most 1
   */
  public static double leastPValue(int one, int other) {
    double orders = 1;
    for (int i = 1; i <= one; i++) {
      orders *= (double) (other + i) / i;
    }
    return Math.min(1, 2 / orders);
  }
}
