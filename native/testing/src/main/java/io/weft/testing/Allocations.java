package io.weft.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Counts the bytes that the current thread allocates on the Java heap. What other threads allocate
 * is not counted, nor is native memory.
 */
public final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Enough for the measurement itself to be linked and to allocate nothing more. */
  private static final int SELF_WARMUP = 100;

  private Allocations() {}

  /**
   * Runs a body and counts what all runs together allocate.
   *
   * <p>The body should be one instance that is made before: a lambda that captures is allocated by
   * the caller, and not counted. The warm-up must be long enough for the body to be linked, and
   * compiled where it relies on the compiler to allocate nothing (escape analysis); some ten
   * thousand runs are.
   *
   * @param warmup runs before counting begins
   * @param n runs that are counted, at least 1
   * @param body what to run
   * @return bytes allocated by the current thread in the {@code n} runs; exact, without the
   *     measurement's own
   * @throws IllegalArgumentException if {@code n} is below 1 or {@code warmup} is negative
   * @throws UnsupportedOperationException if this JVM does not count
   */
  public static long total(int warmup, int n, Runnable body) {
    if (n < 1 || warmup < 0) {
      throw new IllegalArgumentException("n=" + n + ", warmup=" + warmup);
    }
    for (int i = 0; i < SELF_WARMUP; i++) {
      measure(0, body);
    }
    measure(warmup, body);
    return measure(n, body);
  }

  /**
   * Runs a body and counts what a run allocates.
   *
   * @param warmup as in {@link #total}
   * @param n as in {@link #total}
   * @param body as in {@link #total}
   * @return bytes per run, rounded up: 0 means that no run allocated anything
   */
  public static long perOperation(int warmup, int n, Runnable body) {
    return Math.ceilDiv(total(warmup, n, body), n);
  }

  private static long measure(int n, Runnable body) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < n; i++) {
      body.run();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
