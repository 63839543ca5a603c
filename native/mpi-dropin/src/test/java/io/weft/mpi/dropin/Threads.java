package io.weft.mpi.dropin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Threads of a rank, for which the rank's own waits. */
final class Threads {
  private static final long DEADLINE_MILLIS = 90_000;

  private Threads() {}

  /** What a thread does; told its number, from 0 on. */
  interface Body {
    void run(int thread) throws Exception;
  }

  /**
   * Runs threads to their end.
   *
   * @param count how many
   * @throws AssertionError what the first of those that failed threw, or where one hangs
   */
  static void run(int count, Body body) throws InterruptedException {
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("worker " + number)
              .start(
                  () -> {
                    try {
                      body.run(number);
                    } catch (Throwable failed) {
                      failures.add(failed);
                    }
                  }));
    }
    long end = System.nanoTime() + DEADLINE_MILLIS * 1_000_000;
    for (Thread each : threads) {
      long left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
      if (failures.isEmpty() && !each.join(java.time.Duration.ofMillis(left))) {
        AssertionError hangs = new AssertionError(each.getName() + " did not end");
        hangs.setStackTrace(each.getStackTrace());
        throw hangs;
      }
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("in a thread", failures.peek());
    }
  }
}
