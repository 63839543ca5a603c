package io.weft.testing;

/** Ends a rank whose JUnit JVM is gone, even if that was killed and could not clean up. */
final class RankWatch {
  /** The process that a rank belongs to. */
  static final String HARNESS_VARIABLE = "WEFT_TEST_HARNESS";

  private static final long POLL_MILLIS = 1000;

  private RankWatch() {}

  static void start() {
    String harness = System.getenv(HARNESS_VARIABLE);
    if (harness == null) {
      return;
    }
    long pid = Long.parseLong(harness);
    Thread.ofPlatform().daemon().name("weft-watch").start(() -> watch(pid));
  }

  private static void watch(long pid) {
    try {
      while (ProcessHandle.of(pid).isPresent()) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException nobodyDoesThis) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(JobFiles.FAILED_STATUS);
  }
}
