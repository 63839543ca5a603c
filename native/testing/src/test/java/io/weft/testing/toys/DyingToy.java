package io.weft.testing.toys;

import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankTest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Ways to end a process in the middle; the others wait. */
@MultiRank(ranks = 2)
public class DyingToy {
  /** Each rank makes one. */
  public DyingToy() {}

  @RankTest
  void aKilled(RankContext context) throws Exception {
    if (context.rank() == 1) {
      long pid = ProcessHandle.current().pid();
      new ProcessBuilder(List.of("sh", "-c", "kill -KILL " + pid)).start();
    }
    Thread.sleep(Long.MAX_VALUE);
  }

  @RankTest
  void bExits(RankContext context) throws Exception {
    if (context.rank() == 1) {
      leave();
    }
    Thread.sleep(Long.MAX_VALUE);
  }

  private static void leave() {
    System.exit(0);
  }

  @RankTest
  void cHalts(RankContext context) throws Exception {
    if (context.rank() == 0) {
      Runtime.getRuntime().halt(0);
    }
    Thread.sleep(Long.MAX_VALUE);
  }

  @RankTest
  void dAllExit() {
    System.exit(0);
  }

  @RankTest
  @SuppressWarnings("restricted")
  void eCrashes(RankContext context) throws Exception {
    if (context.rank() == 1) {
      MemorySegment.ofAddress(8).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, 1);
    }
    Thread.sleep(Long.MAX_VALUE);
  }

  @RankTest
  void fPasses() {}
}
