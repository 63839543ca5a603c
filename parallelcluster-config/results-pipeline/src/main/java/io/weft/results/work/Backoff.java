package io.weft.results.work;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits longer after each failure, up to a minute, and never as long as others who failed too. */
public final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 10;

  private int failures;

  /** Makes one that has seen no failure. */
  public Backoff() {}

  /**
   * The next wait: a random one between half of its time and all of it.
   *
   * @return how long
   */
  public Duration next() {
    long most = Math.min(MOST.toMillis(), FIRST.toMillis() << Math.min(failures, MOST_DOUBLINGS));
    failures++;
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }

  /**
   * Waits.
   *
   * @throws InterruptedException if the thread is told to end
   */
  public void pause() throws InterruptedException {
    Thread.sleep(next());
  }

  /** What was away is back. */
  public void reset() {
    failures = 0;
  }
}
