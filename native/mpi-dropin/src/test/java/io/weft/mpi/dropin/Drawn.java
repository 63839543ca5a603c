package io.weft.mpi.dropin;

import java.util.List;
import java.util.SplittableRandom;

/** What a short run does of cases that a long one ({@code -Dweft.long=true}) does all of. */
final class Drawn {
  private static final String SEED = "weft.test.seed";

  private Drawn() {}

  /**
   * One of the cases, drawn by {@code -Dweft.test.seed} as the cells of {@link
   * io.weft.testing.MultiRank#sampled} are, and printed; all of them in a long run.
   *
   * @param what whose cases
   * @param cases at least one
   */
  static <T> List<T> of(String what, List<T> cases) {
    if (Boolean.getBoolean("weft.long")) {
      return cases;
    }
    String seed = System.getProperty(SEED, "1");
    T drawn = cases.get(new SplittableRandom((what + seed).hashCode()).nextInt(cases.size()));
    System.out.println(
        "[sampled] " + what + ": " + drawn + " of " + cases + ", drawn by -D" + SEED + "=" + seed);
    return List.of(drawn);
  }
}
