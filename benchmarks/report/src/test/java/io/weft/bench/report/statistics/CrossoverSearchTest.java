package io.weft.bench.report.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.Binomial;
import io.weft.bench.report.Synthetic;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Crossings of curves that are straight on log axes, so that their places are known exactly. */
class CrossoverSearchTest {
  private static final double[] SIZES = {8, 64, 512, 4096, 32_768, 262_144, 1_048_576};
  private static final ClusterBootstrap BOOTSTRAP = new ClusterBootstrap(2_000);

  private final Synthetic synthetic = new Synthetic(1).noise(0.02, 0.01);

  private Crossover find(DoubleUnaryOperator first, DoubleUnaryOperator second, long seed) {
    double[] ratios = new double[SIZES.length];
    double[][] draws = new double[SIZES.length][];
    for (int i = 0; i < SIZES.length; i++) {
      double[][] above = synthetic.sample(first.applyAsDouble(SIZES[i]));
      double[][] below = synthetic.sample(second.applyAsDouble(SIZES[i]));
      ratios[i] = Medians.ofAll(above) / Medians.ofAll(below);
      draws[i] = BOOTSTRAP.pairedRatios(above, below, seed * SIZES.length + i);
    }
    return new CrossoverSearch(SIZES).find(ratios, draws, 10);
  }

  private static Crossover exactly(double... ratios) {
    double[][] draws =
        Arrays.stream(ratios).mapToObj(r -> new double[] {r}).toArray(double[][]::new);
    double[] sizes = Arrays.copyOf(SIZES, ratios.length);
    return new CrossoverSearch(sizes).find(ratios, draws, 10);
  }

  @Test
  @DisplayName("99% of intervals hold the one place where power laws cross")
  void one() {
    // 3000 s^0.2 and 200 s^0.5 cross at (3000 / 200)^(1 / 0.3).
    double truth = Math.pow(15, 1 / 0.3);
    int trials = 200;
    int missed = 0;
    double width = 0;
    for (int trial = 0; trial < trials; trial++) {
      Crossover found = find(s -> 3000 * Math.pow(s, 0.2), s -> 200 * Math.pow(s, 0.5), trial);
      assertEquals(1, found.bytes().size());
      assertEquals(1, found.leader(), "the second curve leads at small sizes");
      assertEquals(truth, found.bytes().getFirst(), 0.35 * truth);
      missed += found.low() <= truth && truth <= found.high() ? 0 : 1;
      width += (found.high() - found.low()) / truth / trials;
    }
    assertTrue(missed <= Binomial.most(trials, 0.01), missed + " of " + trials + " missed");
    assertTrue(width < 0.6, width + " of the place wide");
  }

  @Test
  @DisplayName("curves that keep apart do not cross, and who leads is said")
  void none() {
    Crossover found = find(s -> 1000 + s, s -> 2 * (1000 + s), 1);
    assertTrue(found.bytes().isEmpty());
    assertEquals(-1, found.leader());
    assertEquals(1, found.agreement());
    assertTrue(Double.isNaN(found.low()) && Double.isNaN(found.high()));
    assertEquals(1, find(s -> 2 * (1000 + s), s -> 1000 + s, 1).leader());
  }

  @Test
  @DisplayName("curves that are the same but for noise cross anywhere, and are not agreed upon")
  void equal() {
    Crossover found = find(s -> 1000 + s, s -> 1000 + s, 1);
    assertTrue(found.agreement() < 0.9, () -> "agreement " + found.agreement());
  }

  @Test
  @DisplayName("a crossing near the end of the sizes has an interval that is open there")
  void beyond() {
    // Equal at 1,048,576 but for 1%, with noise of 2%.
    Crossover found =
        exactlyWithDraws(
            new double[] {0.5, 1.01}, new double[][] {{0.5, 0.5, 0.5}, {1.01, 0.99, 1.02}});
    assertEquals(1, found.bytes().size());
    assertEquals(Double.POSITIVE_INFINITY, found.high());
    Crossover atStart =
        exactlyWithDraws(new double[] {0.99, 2}, new double[][] {{0.99, 1.01, 0.98}, {2, 2, 2}});
    assertEquals(Double.NEGATIVE_INFINITY, atStart.low());
    assertEquals(2.0 / 3, atStart.agreement(), 1e-12);
  }

  private static Crossover exactlyWithDraws(double[] ratios, double[][] draws) {
    return new CrossoverSearch(new double[] {8, 1_048_576}).find(ratios, draws, 10);
  }

  @Test
  @DisplayName("several crossings are all named")
  void several() {
    // Ratios r and 1/r on both sides of a pair of sizes cross at their geometric mean.
    Crossover found = exactly(0.5, 2, 0.5, 0.5, 2);
    assertEquals(3, found.bytes().size());
    assertEquals(Math.sqrt(8 * 64), found.bytes().get(0), 1e-9);
    assertEquals(Math.sqrt(64 * 512), found.bytes().get(1), 1e-9);
    assertEquals(Math.sqrt(4096 * 32_768.0), found.bytes().get(2), 1e-6);
    assertEquals(-1, found.leader());
  }

  @Test
  @DisplayName("a crossing is where the straight line on log axes is 1")
  void place() {
    // log2 of the ratio goes from -1 to 2 over three octaves: 1 at the first of them.
    assertEquals(16, exactly(0.5, 4).bytes().getFirst(), 1e-9);
  }

  @Test
  @DisplayName("a touch is no crossing, equality in between is crossed in its middle")
  void touch() {
    assertTrue(exactly(0.5, 1, 0.5).bytes().isEmpty());
    assertEquals(64, exactly(0.5, 1, 2).bytes().getFirst(), 1e-9);
    assertEquals(Math.sqrt(64 * 512), exactly(0.5, 1, 1, 2).bytes().getFirst(), 1e-9);
    Crossover same = exactly(1, 1, 1);
    assertTrue(same.bytes().isEmpty());
    assertEquals(0, same.leader());
  }

  @Test
  @DisplayName("sizes that are no axis are refused")
  void sizes() {
    for (double[] bad : new double[][] {{8}, {0, 8}, {8, 8}, {64, 8}}) {
      assertThrows(IllegalArgumentException.class, () -> new CrossoverSearch(bad));
    }
  }
}
