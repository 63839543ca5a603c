package io.weft.bench.report.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rank test and its correction, against numbers that can be counted. */
class RankTestTest {
  @Test
  @DisplayName("all of five below all of five is 2 of the 252 orders")
  void separated() {
    double[] low = {1, 2, 3, 4, 5};
    double[] high = {6, 7, 8, 9, 10};
    assertEquals(2.0 / 252, RankTest.pValue(low, high), 1e-12);
    assertEquals(2.0 / 252, RankTest.pValue(high, low), 1e-12);
    assertEquals(2.0 / 252, RankTest.leastPValue(5, 5), 1e-12);
  }

  @Test
  @DisplayName("one exchange of neighbours is 4 of the 20 orders of three and three")
  void almostSeparated() {
    // U is 1: orders with U of 0 or 1 are two of twenty on each side.
    assertEquals(4.0 / 20, RankTest.pValue(new double[] {1, 2, 4}, new double[] {3, 5, 6}), 1e-12);
  }

  @Test
  @DisplayName("the least probability by counting orders")
  void least() {
    assertEquals(1, RankTest.leastPValue(1, 1));
    assertEquals(2.0 / 20, RankTest.leastPValue(3, 3), 1e-12);
    assertEquals(2.0 / 184_756, RankTest.leastPValue(10, 10), 1e-15);
    assertEquals(2.0 / 35, RankTest.leastPValue(4, 3), 1e-12);
  }

  @Test
  @DisplayName(
      "values that are all equal differ in nothing, and ties never beat the least probability")
  void ties() {
    assertEquals(1, RankTest.pValue(new double[] {3, 3, 3}, new double[] {3, 3, 3, 3}));
    double tied = RankTest.pValue(new double[] {1, 1, 1}, new double[] {2, 2, 2});
    assertTrue(tied >= 2.0 / 20, () -> "p " + tied);
  }

  @Test
  @DisplayName("Holm multiplies by how many are left, and never goes down")
  void holm() {
    // By the definition: 5 x 0.01, 4 x 0.02, 3 x 0.03, then 2 x 0.04 < 0.09 and 0.05 < 0.09.
    assertArrayEquals(
        new double[] {0.09, 0.05, 0.09, 0.08, 0.09},
        Holm.adjust(new double[] {0.04, 0.01, 0.05, 0.02, 0.03}),
        1e-12);
    assertArrayEquals(new double[] {1, 1}, Holm.adjust(new double[] {0.7, 0.8}), 1e-12);
    assertEquals(0, Holm.adjust(new double[0]).length);
  }
}
