package io.weft.kernels.ft;

import io.weft.kernels.npb.NpbRandom;

/**
 * The random numbers that the field starts from (RNR-94-007, "Kernel FT", step 1): real and
 * imaginary part in turns, x fastest, then y, then z. A rank jumps ahead to its first plane, so
 * that the field does not depend on the number of ranks.
 */
final class InitialCondition {
  private static final long SEED = 314_159_265L;
  private static final int COLUMNS = BlockFft.NARROW;
  private static final double SCALE = 0x1p-46;

  /** {@code 5^26 mod 2^46}: two steps in one, for the parts are sequences of their own. */
  private static final long TWO_STEPS = NpbRandom.stateAfter(1, 2);

  private InitialCondition() {}

  /**
   * Fills a slab in the order that transforms along x take: {@value BlockFft#NARROW} rows beside
   * each other, x slower, then groups of rows, then z.
   *
   * @param slabs how the grid is dealt out
   * @param rank this rank
   * @param re gets the real parts
   * @param im gets the imaginary parts
   */
  static void fill(Slabs slabs, int rank, double[] re, double[] im) {
    int nx = slabs.nx();
    long before = 2L * slabs.points() * rank;
    long state = NpbRandom.stateAfter(SEED, before + 1);
    int rows = slabs.points() / nx;
    for (int row = 0; row < rows; row++) {
      int first = row / COLUMNS * COLUMNS * nx + row % COLUMNS;
      state = fillRow(state, nx, re, im, first);
    }
  }

  /** One row of the grid, from the state of its first number to that of the next row's. */
  private static long fillRow(long state, int nx, double[] re, double[] im, int first) {
    long real = state;
    long imaginary = (state * NpbRandom.MULTIPLIER) & NpbRandom.MASK;
    for (int x = 0; x < nx; x++) {
      re[first + x * COLUMNS] = real * SCALE;
      im[first + x * COLUMNS] = imaginary * SCALE;
      real = (real * TWO_STEPS) & NpbRandom.MASK;
      imaginary = (imaginary * TWO_STEPS) & NpbRandom.MASK;
    }
    return real;
  }
}
