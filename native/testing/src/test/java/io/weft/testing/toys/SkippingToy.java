package io.weft.testing.toys;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankTest;

/** A method that all ranks skip, one that only rank 0 skips, one that passes. */
@MultiRank(ranks = 2)
public class SkippingToy {
  /** Each rank makes one. */
  public SkippingToy() {}

  @RankTest
  void aSkips() {
    assumeTrue(false, "there is no EFA here");
  }

  @RankTest
  void bDisagrees(RankContext context) {
    assumeTrue(context.rank() == 1, "only rank 1 likes this");
  }

  @RankTest
  void cPasses() {}
}
