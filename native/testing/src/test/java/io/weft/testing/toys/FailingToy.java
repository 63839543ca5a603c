package io.weft.testing.toys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankTest;

/** One method fails on rank 1, one everywhere, the others pass. */
@MultiRank(ranks = 3)
public class FailingToy {
  /** Each rank makes one. */
  public FailingToy() {}

  @RankTest
  void aPasses() {}

  @RankTest
  void bFailsOnRank1(RankContext context) throws InterruptedException {
    System.out.println("this is rank " + context.rank());
    if (context.rank() == 1) {
      assertEquals(3, 4, "the sum");
    }
    waitForever();
  }

  private static void waitForever() throws InterruptedException {
    Thread.sleep(Long.MAX_VALUE);
  }

  @RankTest
  void cPasses() {}

  @RankTest
  void dFailsEverywhere(RankContext context) {
    assertTrue(context.rank() < 0, "rank " + context.rank() + " is below 0");
  }

  @RankTest
  void ePasses() {}
}
