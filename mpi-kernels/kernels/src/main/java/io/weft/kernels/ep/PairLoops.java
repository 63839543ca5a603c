package io.weft.kernels.ep;

import io.weft.kernels.npb.NpbRandom;

/** The loop that makes random points of the square and keeps those of the unit disk. */
final class PairLoops {
  /** Sequences that are stepped at once, so that their multiplications do not wait. */
  static final int STREAMS = 4;

  private static final long A = NpbRandom.MULTIPLIER;
  private static final long MASK = NpbRandom.MASK;

  /** From the sequence's integers to (0, 2). */
  private static final double SCALE = 0x1p-45;

  private static final int SIGN = 63;

  private PairLoops() {}

  /**
   * Takes {@code steps} pairs of numbers from each of four streams, and packs the points with
   * {@code x^2 + y^2 <= 1} at the start of the arrays.
   *
   * <p>A point is written whether it is kept or not, and then overwritten or not: a branch taken
   * with the odds of 0.785 would be guessed wrong in every fifth case.
   *
   * @param states the streams' states, stepped on
   * @param steps pairs from each
   * @param x gets the first coordinates, in (-1, 1); room for {@code STREAMS * steps}
   * @param y gets the second coordinates; as long
   * @param squares gets {@code x^2 + y^2}, in (0, 1]; as long
   * @return how many points were kept
   */
  static int keepInDisk(long[] states, int steps, double[] x, double[] y, double[] squares) {
    long s0 = states[0];
    long s1 = states[1];
    long s2 = states[2];
    long s3 = states[3];
    int kept = 0;
    for (int step = 0; step < steps; step++) {
      s0 = (s0 * A) & MASK;
      s1 = (s1 * A) & MASK;
      s2 = (s2 * A) & MASK;
      s3 = (s3 * A) & MASK;
      double x0 = s0 * SCALE - 1;
      double x1 = s1 * SCALE - 1;
      double x2 = s2 * SCALE - 1;
      double x3 = s3 * SCALE - 1;
      s0 = (s0 * A) & MASK;
      s1 = (s1 * A) & MASK;
      s2 = (s2 * A) & MASK;
      s3 = (s3 * A) & MASK;
      double y0 = s0 * SCALE - 1;
      double y1 = s1 * SCALE - 1;
      double y2 = s2 * SCALE - 1;
      double y3 = s3 * SCALE - 1;
      double t0 = x0 * x0 + y0 * y0;
      double t1 = x1 * x1 + y1 * y1;
      double t2 = x2 * x2 + y2 * y2;
      double t3 = x3 * x3 + y3 * y3;
      x[kept] = x0;
      y[kept] = y0;
      squares[kept] = t0;
      kept += inDisk(t0);
      x[kept] = x1;
      y[kept] = y1;
      squares[kept] = t1;
      kept += inDisk(t1);
      x[kept] = x2;
      y[kept] = y2;
      squares[kept] = t2;
      kept += inDisk(t2);
      x[kept] = x3;
      y[kept] = y3;
      squares[kept] = t3;
      kept += inDisk(t3);
    }
    states[0] = s0;
    states[1] = s1;
    states[2] = s2;
    states[3] = s3;
    return kept;
  }

  /** 1 if the square is at most 1, else 0: by the sign of the difference, not by a comparison. */
  private static int inDisk(double square) {
    return 1 - (int) (Double.doubleToRawLongBits(1 - square) >>> SIGN);
  }
}
