package io.weft.bench.report.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.Binomial;
import io.weft.bench.report.Synthetic;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether intervals hold what they say, on samples of which the truth is known. */
class ClusterBootstrapTest {
  private static final int TRIALS = 400;
  private static final ClusterBootstrap BOOTSTRAP = new ClusterBootstrap(2_000);

  private static Estimate median(double[][] rounds, long seed) {
    return Intervals.of(Medians.ofAll(rounds), BOOTSTRAP.medians(rounds, seed), rounds.length);
  }

  private static Estimate pairedRatio(double[][] above, double[][] below, long seed) {
    return Intervals.of(
        Medians.ofAll(above) / Medians.ofAll(below),
        BOOTSTRAP.pairedRatios(above, below, seed),
        above.length);
  }

  private static boolean holds(Estimate estimate, double truth) {
    return estimate.low() <= truth && truth <= estimate.high();
  }

  @ParameterizedTest(name = "{0} rounds of {1}, deviations {2} between and {3} within")
  @CsvSource({"8, 5, 0.05, 0.02", "10, 5, 0.05, 0.05", "10, 10, 0.02, 0.10", "20, 3, 0.10, 0.01"})
  @DisplayName("99% of intervals hold the median, and they are no wider than Student's need be")
  void coverage(int rounds, int iterations, double between, double within) {
    Synthetic synthetic = new Synthetic(1).rounds(rounds, iterations).noise(between, within);
    int missed = 0;
    double width = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Estimate estimate = median(synthetic.sample(1000), trial);
      missed += holds(estimate, 1000) ? 0 : 1;
      width += (estimate.high() - estimate.low()) / 1000 / TRIALS;
    }
    assertTrue(missed <= Binomial.most(TRIALS, 0.01), missed + " of " + TRIALS + " missed");
    // The median of so many normal values deviates by 1.2533 of their deviation over their root.
    double deviation =
        1.2533 * Math.sqrt((between * between + within * within / iterations) / rounds);
    double needed = 2 * 2.576 * deviation;
    assertTrue(width > needed / 2 && width < 2.5 * needed, width + " wide, needed " + needed);
  }

  @Test
  @DisplayName("a draw of iterations alone would miss far more often: rounds are what differs")
  void roundsMatter() {
    Synthetic synthetic = new Synthetic(2).rounds(10, 10).noise(0.05, 0.01);
    int trials = TRIALS / 4;
    int missed = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] flat =
          Arrays.stream(synthetic.sample(1000)).flatMapToDouble(Arrays::stream).toArray();
      double[][] asRounds =
          Arrays.stream(flat).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
      missed += holds(median(asRounds, trial), 1000) ? 0 : 1;
    }
    assertTrue(missed > Binomial.most(trials, 0.01), missed + " of " + trials + " missed");
  }

  @ParameterizedTest(name = "a ratio of {0}")
  @CsvSource({"1.0", "1.1", "0.25"})
  @DisplayName("99% of intervals of a ratio hold the known shift, or that there is none")
  void shift(double ratio) {
    Synthetic synthetic = new Synthetic(3).rounds(10, 5).noise(0.03, 0.02);
    int missed = 0;
    int open = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Estimate estimate =
          pairedRatio(synthetic.sample(1000 * ratio), synthetic.sample(1000), trial);
      missed += holds(estimate, ratio) ? 0 : 1;
      open += holds(estimate, 1) ? 1 : 0;
    }
    assertTrue(missed <= Binomial.most(TRIALS, 0.01), missed + " of " + TRIALS + " missed");
    if (ratio != 1) {
      assertTrue(open < TRIALS / 2, open + " of " + TRIALS + " did not see the shift");
    }
  }

  @Test
  @DisplayName("drift over rounds cancels out of a ratio of paired rounds, and of no other")
  void drift() {
    Synthetic synthetic =
        new Synthetic(4).rounds(10, 5).noise(0.01, 0.01).drift(round -> 1 + 0.1 * round);
    int missed = 0;
    double paired = 0;
    double apart = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      double[][] above = synthetic.sample(1200);
      double[][] below = synthetic.sample(1000);
      Estimate estimate = pairedRatio(above, below, trial);
      missed += holds(estimate, 1.2) ? 0 : 1;
      paired += estimate.high() - estimate.low();
      double[] draws = BOOTSTRAP.independentRatios(above, below, trial);
      Estimate other = Intervals.of(1.2, draws, 10);
      apart += other.high() - other.low();
    }
    assertTrue(missed <= Binomial.most(TRIALS, 0.01), missed + " of " + TRIALS + " missed");
    assertTrue(paired * 4 < apart, paired + " of paired rounds, " + apart + " of others");
  }

  @Test
  @DisplayName("the same seed brings the same draws, another one others")
  void seeded() {
    double[][] sample = new Synthetic(5).sample(100);
    assertArrayEquals(BOOTSTRAP.medians(sample, 7), BOOTSTRAP.medians(sample, 7));
    assertFalse(Arrays.equals(BOOTSTRAP.medians(sample, 7), BOOTSTRAP.medians(sample, 8)));
  }

  @Test
  @DisplayName("rounds that are paired are as many")
  void unequal() {
    double[][] two = {{1}, {2}};
    double[][] one = {{1}};
    assertThrows(IllegalArgumentException.class, () -> BOOTSTRAP.pairedRatios(two, one, 1));
    assertEquals(2_000, BOOTSTRAP.independentRatios(two, one, 1).length);
  }
}
