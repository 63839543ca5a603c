package io.weft.testing;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which methods a cell runs. In runs that are not long, cells that {@link MultiRank#sampled} names
 * run a share of them: of each MPI and variant, each method on one number of ranks above one, drawn
 * by a seed.
 *
 * @param testClass whose methods
 * @param settings the class's
 * @param whole whether all methods run on all cells
 * @param seed of the drawing
 */
record Sample(Class<?> testClass, MultiRank settings, boolean whole, long seed) {
  /** The property that holds another seed. */
  static final String SEED = "weft.test.seed";

  private static final String USUAL_SEED = "1";

  static Sample of(Class<?> testClass, MultiRank settings) {
    String seed = System.getProperty(SEED, USUAL_SEED);
    if (!seed.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("-D" + SEED + "=" + seed + ": use a whole number");
    }
    return new Sample(testClass, settings, Boolean.getBoolean("weft.long"), Long.parseLong(seed));
  }

  boolean isDrawn(Cell cell) {
    return !whole && Arrays.stream(settings.sampled()).anyMatch(cell.displayName()::contains);
  }

  boolean holds(Cell cell, String method) {
    if (!isDrawn(cell)) {
      return true;
    }
    String drawn = testClass.getName() + method + cell.mpi() + cell.variant() + seed;
    // One rank alone leaves out most of what a method does.
    int[] some = Arrays.stream(settings.ranks()).filter(ranks -> ranks > 1).toArray();
    int[] ranks = some.length == 0 ? settings.ranks() : some;
    return ranks[new SplittableRandom(drawn.hashCode()).nextInt(ranks.length)] == cell.ranks();
  }

  @Override
  public String toString() {
    return "[sampled] %s: of cells with %s each method runs on one number of ranks, drawn by -D%s=%d; all of them with -Dweft.long=true"
        .formatted(testClass.getSimpleName(), String.join(" or ", settings.sampled()), SEED, seed);
  }
}
