package io.weft.bench.report.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The ends of intervals. */
class IntervalsTest {
  private static final double[] DRAWS =
      IntStream.rangeClosed(0, 10_000).mapToDouble(i -> i).toArray();

  @Test
  @DisplayName(
      "tails are Hesterberg's, from printed tables of Student's and the normal distribution")
  void tails() {
    // t of 9 degrees at 0.995 is 3.2498; times sqrt(10/9) 3.4256, where the normal tail is
    // 0.000307.
    assertEquals(0.000307, Intervals.tail(10), 1e-6);
    // t of 29 degrees is 2.7564; times sqrt(30/29) 2.8035: 0.00253.
    assertEquals(0.00253, Intervals.tail(30), 1e-5);
    assertEquals(0.005, Intervals.tail(1), 1e-12);
    assertTrue(Intervals.tail(2) < 1e-9, "two rounds get the range of the draws");
  }

  @Test
  @DisplayName("ends are draws with the tail beyond them")
  void ends() {
    Estimate thirty = Intervals.of(5_000, DRAWS, 30);
    assertEquals(25, thirty.low());
    assertEquals(9_975, thirty.high());
    Estimate two = Intervals.of(5_000, DRAWS, 2);
    assertEquals(0, two.low());
    assertEquals(10_000, two.high());
  }

  @Test
  @DisplayName("the value is never outside of its interval")
  void holdsItsValue() {
    assertEquals(12_000, Intervals.of(12_000, DRAWS, 30).high());
    assertEquals(-3, Intervals.of(-3, DRAWS, 30).low());
  }

  @Test
  @DisplayName("wide is more than a tenth of the value, few is less than eight rounds")
  void marks() {
    assertFalse(new Estimate(100, 95, 105, 8).isWide());
    assertTrue(new Estimate(100, 94.9, 105, 8).isWide());
    assertFalse(new Estimate(100, 95, 105, 8).isOfFewRounds());
    assertTrue(new Estimate(100, 95, 105, 7).isOfFewRounds());
  }

  @Test
  @DisplayName("a rate has the ends of its time changed over")
  void rates() {
    assertEquals(new Estimate(0.5, 0.4, 1, 9), new Estimate(4, 2, 5, 9).dividing(2));
    assertEquals(new Estimate(40, 20, 50, 9), new Estimate(4, 2, 5, 9).times(10));
  }
}
