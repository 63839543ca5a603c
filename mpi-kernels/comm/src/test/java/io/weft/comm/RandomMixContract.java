package io.weft.comm;

import io.weft.testing.RankTest;

/** Messages of random lengths, tags and peers, received with and without wild cards. */
interface RandomMixContract extends CommunicatorCase {
  long MIX_SEED = 20_250_811;

  /** Messages in flight at most, over all ranks. */
  int ROUND_MESSAGES = 500;

  @RankTest
  default void randomMixArrivesWhole() {
    int rounds = (context().longRun() ? 200_000 : 2_000) / ROUND_MESSAGES;
    for (int round = 0; round < rounds; round++) {
      long seed = MIX_SEED + round;
      try {
        new RandomMix(comm(), seed, ROUND_MESSAGES).run();
      } catch (Throwable failed) {
        throw new AssertionError("with seed " + seed + ": " + failed.getMessage(), failed);
      }
      comm().barrier();
    }
  }
}
