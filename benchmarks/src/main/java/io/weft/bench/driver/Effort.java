package io.weft.bench.driver;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a fork measures.
 *
 * @param warmups iterations that do not count
 * @param warmupSeconds how long each is
 * @param iterations that count
 * @param seconds how long each is
 */
record Effort(int warmups, double warmupSeconds, int iterations, double seconds) {
  private static final Effort USUAL = new Effort(5, 0.3, 5, 0.2);

  /** Ranks share their cores with the compiler: a warm-up of a second is the least that is fair. */
  private static final Effort QUICK = new Effort(5, 0.2, 3, 0.1);

  /** What JMH's flags say, and the usual where they say nothing. */
  static Effort of(Options options, boolean quick) {
    Effort usual = quick ? QUICK : USUAL;
    return new Effort(
        options.getWarmupIterations().orElse(usual.warmups),
        seconds(options.getWarmupTime().orElse(null), usual.warmupSeconds),
        options.getMeasurementIterations().orElse(usual.iterations),
        seconds(options.getMeasurementTime().orElse(null), usual.seconds));
  }

  private static double seconds(TimeValue value, double usual) {
    return value == null ? usual : value.convertTo(TimeUnit.NANOSECONDS) * 1e-9;
  }

  /** What a fork measures for, in seconds, without its start. */
  double total() {
    return warmups * warmupSeconds + iterations * seconds;
  }

  /** Warm-up iterations as long as those that count. */
  int warmupsOfEqualLength() {
    return (int) Math.ceil(warmups * warmupSeconds / seconds);
  }

  static TimeValue time(double seconds) {
    return TimeValue.nanoseconds(Math.max(1, Math.round(seconds * 1e9)));
  }
}
