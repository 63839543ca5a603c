package io.weft.bench.driver;

import io.weft.bench.ranks.RankMain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The ranks of a fork under way. */
final class Ranks {
  private static final long PATIENCE_SECONDS = 60;

  private Ranks() {}

  /** Rank 1, once it runs. */
  static ProcessHandle other(Process bench) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < until && bench.isAlive()) {
      Optional<ProcessHandle> found =
          bench.descendants().filter(process -> isRankOne(process.pid())).findFirst();
      if (found.isPresent()) {
        Thread.sleep(2000); // Let it come to measuring.
        return found.get();
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no rank 1 was started");
  }

  private static boolean isRankOne(long pid) {
    return text(pid, "cmdline").contains(RankMain.class.getName())
        && text(pid, "environ").contains("\0OMPI_COMM_WORLD_RANK=1\0")
        && text(pid, "cmdline").split("\0")[0].endsWith("java");
  }

  private static String text(long pid, String file) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
