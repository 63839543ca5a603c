package io.weft.results.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a message waits until the next try: longer each time, and never as long as others. */
final class Retries {
  /** With the waits between them they span four hours; then an operator has to look. */
  static final int TRIES = 5;

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final int FACTOR = 6;

  /** SQS ends visibility then, counted from when the message was received. */
  private static final Duration MOST = Duration.ofHours(11);

  private Retries() {}

  /**
   * The wait after a try.
   *
   * @param tried how often, from 1
   * @param random for the jitter
   * @return between half of 1, 6, 36, 216 minutes and all of it
   */
  static Duration after(int tried, RandomGenerator random) {
    long most = FIRST.toMillis();
    for (int i = 1; i < tried && most < MOST.toMillis(); i++) {
      most *= FACTOR;
    }
    most = Math.min(most, MOST.toMillis());
    return Duration.ofMillis(random.nextLong(most / 2, most + 1));
  }
}
