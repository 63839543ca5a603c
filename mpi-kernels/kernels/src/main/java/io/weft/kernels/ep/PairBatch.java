package io.weft.kernels.ep;

import io.weft.kernels.npb.NpbRandom;
import java.util.Arrays;

/**
 * Works off batches of {@value #PAIRS} pairs of random numbers, and keeps the sums. A batch's
 * numbers come in four quarters at once, each of a stream that jumps ahead to its start. Allocates
 * only in the constructor.
 */
final class PairBatch {
  /** The pairs of a batch are 2 to this power; NPB deals out batches of the same size. */
  static final int LOG2_PAIRS = 16;

  /** The pairs of a batch. */
  static final int PAIRS = 1 << LOG2_PAIRS;

  /** The seed of the sequence. */
  static final long SEED = 271_828_183L;

  private static final int QUARTER = PAIRS / PairLoops.STREAMS;

  /** Steps between packing and working off: four arrays of 8 KiB almost stay in the first cache. */
  private static final int STEPS = 256;

  private static final int CAPACITY = PairLoops.STREAMS * STEPS + DeviateLoops.PADDING;
  private static final int ARRAYS = 4;

  private final PointHook hook;
  private final long[] states = new long[PairLoops.STREAMS];
  private final double[] x = new double[CAPACITY];
  private final double[] y = new double[CAPACITY];
  private final double[] squares = new double[CAPACITY];
  private final double[] logs = new double[CAPACITY];
  private final double[] sums = new double[2];
  private final long[] counts = new long[DeviateLoops.ANNULI];

  /** May change points before they are worked off. */
  @FunctionalInterface
  interface PointHook {
    /** Changes the first {@code points} of the arrays of {@link PairLoops#keepInDisk}. */
    void accept(double[] x, double[] y, double[] squares, int points);
  }

  PairBatch(PointHook hook) {
    this.hook = hook;
  }

  /** What the arrays take, in bytes. */
  static long bytes() {
    return (long) ARRAYS * Double.BYTES * CAPACITY;
  }

  /** Forgets what was added up. */
  void reset() {
    sums[0] = 0;
    sums[1] = 0;
    Arrays.fill(counts, 0);
  }

  /**
   * Adds a batch.
   *
   * @param number from 0
   */
  void add(long number) {
    for (int stream = 0; stream < states.length; stream++) {
      long pairsBefore = number * PAIRS + (long) stream * QUARTER;
      states[stream] = NpbRandom.stateAfter(SEED, 2 * pairsBefore);
    }
    for (int step = 0; step < QUARTER; step += STEPS) {
      int kept = PairLoops.keepInDisk(states, STEPS, x, y, squares);
      hook.accept(x, y, squares, kept);
      DeviateLoops.tally(x, y, squares, logs, kept, sums, counts);
    }
  }

  /** The sums of X and Y so far; live. */
  double[] sums() {
    return sums;
  }

  /** The pairs of deviates by annulus so far; live. */
  long[] counts() {
    return counts;
  }
}
