package io.weft.kernels.ep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.kernels.npb.NpbRandom;
import org.junit.jupiter.api.Test;

/** The loops against the definition, one pair after the other. */
class PairLoopsTest {
  private static final int STEPS = 1000;

  @Test
  void keepsThePointsOfTheDiskInTheOrderOfTheStreams() {
    long[] states = new long[PairLoops.STREAMS];
    NpbRandom[] streams = new NpbRandom[PairLoops.STREAMS];
    for (int k = 0; k < states.length; k++) {
      states[k] = NpbRandom.stateAfter(271_828_183L, 5000L * k);
      streams[k] = new NpbRandom(271_828_183L, 5000L * k);
    }
    double[] x = new double[PairLoops.STREAMS * STEPS];
    double[] y = x.clone();
    double[] squares = x.clone();
    int kept = PairLoops.keepInDisk(states, STEPS, x, y, squares);

    int at = 0;
    for (int step = 0; step < STEPS; step++) {
      for (NpbRandom stream : streams) {
        double expectedX = 2 * stream.next() - 1;
        double expectedY = 2 * stream.next() - 1;
        double square = expectedX * expectedX + expectedY * expectedY;
        if (square <= 1) {
          assertEquals(expectedX, x[at]);
          assertEquals(expectedY, y[at]);
          assertEquals(square, squares[at]);
          at++;
        }
      }
    }
    assertEquals(at, kept);
    assertTrue(kept > 3000 && kept < 3300, "pi / 4 of 4000: " + kept);
    for (int k = 0; k < states.length; k++) {
      assertEquals(streams[k].state(), states[k]);
    }
  }

  /** Lengths that fill no vector, some or all; every annulus; by Math.log and Math.sqrt. */
  @Test
  void talliesLikeTheDefinition() {
    for (int points = 0; points <= 40; points++) {
      double[] x = new double[points + DeviateLoops.PADDING];
      double[] y = x.clone();
      double[] squares = x.clone();
      double sumX = 0;
      double sumY = 0;
      long[] expected = new long[DeviateLoops.ANNULI];
      for (int i = 0; i < points; i++) {
        // Deviates of all sizes, up to 9.
        double larger = 9.3 * i / 40 + 0.01;
        squares[i] = Math.exp(-larger * larger / 1.6);
        double radius = Math.sqrt(squares[i]);
        double angle = 0.4 + 0.01 * i;
        x[i] = (i % 2 == 0 ? -1 : 1) * radius * Math.cos(angle);
        y[i] = (i % 3 == 0 ? -1 : 1) * radius * Math.sin(angle);
        double f = Math.sqrt(-2 * Math.log(squares[i]) / squares[i]);
        sumX += x[i] * f;
        sumY += y[i] * f;
        expected[(int) Math.max(Math.abs(x[i] * f), Math.abs(y[i] * f))]++;
      }
      double[] sums = {100, 200};
      long[] counts = new long[DeviateLoops.ANNULI];
      counts[3] = 7;
      DeviateLoops.tally(x, y, squares, new double[x.length], points, sums, counts);
      expected[3] += 7;
      assertArrayEquals(expected, counts, points + " points");
      assertEquals(100 + sumX, sums[0], 1e-11);
      assertEquals(200 + sumY, sums[1], 1e-11);
    }
  }

  /** Batches of one number anywhere are what stepping through the sequence comes to. */
  @Test
  void batchesStartWhereTheOnesBeforeEnd() {
    NpbRandom random = new NpbRandom(271_828_183L);
    for (int number = 0; number < 3; number++) {
      double sumX = 0;
      double sumY = 0;
      long[] expected = new long[DeviateLoops.ANNULI];
      for (int pair = 0; pair < PairBatch.PAIRS; pair++) {
        double x = 2 * random.next() - 1;
        double y = 2 * random.next() - 1;
        double square = x * x + y * y;
        if (square <= 1) {
          double f = Math.sqrt(-2 * Math.log(square) / square);
          sumX += x * f;
          sumY += y * f;
          expected[(int) Math.max(Math.abs(x * f), Math.abs(y * f))]++;
        }
      }
      PairBatch batch = new PairBatch((xs, ys, squares, points) -> {});
      batch.add(number);
      assertArrayEquals(expected, batch.counts());
      assertEquals(sumX, batch.sums()[0], 1e-9);
      assertEquals(sumY, batch.sums()[1], 1e-9);
      batch.reset();
      assertArrayEquals(new long[DeviateLoops.ANNULI], batch.counts());
    }
  }
}
