package io.weft.testing.toys;

import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankTest;

/** Rank 2 hangs, the others wait for it; then a method passes. */
@MultiRank(ranks = 3, deadlineSeconds = 4)
public class HangingToy {
  /** Each rank makes one. */
  public HangingToy() {}

  @RankTest
  void aHangs(RankContext context) throws InterruptedException {
    if (context.rank() == 2) {
      stuckForGood();
    } else {
      waitingForRank2();
    }
  }

  private static void stuckForGood() throws InterruptedException {
    Thread.sleep(Long.MAX_VALUE);
  }

  private static void waitingForRank2() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  @RankTest
  void bPasses() {}
}
