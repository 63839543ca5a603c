package io.weft.results.webhook;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * At most so many a second, one after the other, without bursts: who comes too early waits. Safe
 * for several threads.
 */
final class RateLimit {
  /** Waits. */
  interface Sleeper {
    void sleep(long nanos) throws InterruptedException;
  }

  private final long intervalNanos;
  private final LongSupplier clock;
  private final Sleeper sleeper;
  private boolean used;
  private long next;

  RateLimit(double perSecond) {
    this(perSecond, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  RateLimit(double perSecond, LongSupplier clock, Sleeper sleeper) {
    this.intervalNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * Waits for its turn.
   *
   * @throws InterruptedException if the thread is told to end
   */
  void take() throws InterruptedException {
    long wait = reserve();
    if (wait > 0) {
      sleeper.sleep(wait);
    }
  }

  private synchronized long reserve() {
    long now = clock.getAsLong();
    long turn = used && next - now > 0 ? next : now;
    used = true;
    next = turn + intervalNanos;
    return turn - now;
  }
}
