package io.weft.bench.report.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Medians by hand. */
class MediansTest {
  @Test
  @DisplayName("the middle of an odd number, the mean of the middle two of an even one")
  void middle() {
    assertEquals(3, Medians.of(9, 1, 3));
    assertEquals(2.5, Medians.of(9, 1, 3, 2));
    assertEquals(7, Medians.of(7));
    assertThrows(IllegalArgumentException.class, Medians::of);
  }

  @Test
  @DisplayName("rounds of different lengths count by their iterations together, each once apart")
  void rounds() {
    double[][] rounds = {{1, 2, 3}, {10}, {4, 6}};
    assertEquals(3.5, Medians.ofAll(rounds));
    assertArrayEquals(new double[] {2, 10, 5}, Medians.ofEach(rounds));
  }

  @Test
  @DisplayName("a resample that takes each round once has the median of its draws")
  void resampled() {
    // Rounds of one iteration: drawing them in order is the sample itself.
    Resampler resampler = new Resampler(new double[][] {{5}, {1}, {3}, {2}});
    assertEquals(2.5, resampler.median(new int[] {0, 1, 2, 3}, new SplittableRandom(1)));
    assertEquals(5, resampler.median(new int[] {0, 0, 0, 1}, new SplittableRandom(1)));
    assertEquals(1.5, resampler.median(new int[] {1, 1, 3, 3}, new SplittableRandom(1)));
  }
}
