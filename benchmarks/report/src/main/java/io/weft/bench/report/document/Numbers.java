package io.weft.bench.report.document;

import io.weft.bench.report.statistics.Estimate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as a person reads them. */
public final class Numbers {
  private static final MathContext FOUR = new MathContext(4);
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};
  private static final double KIBI = 1024;

  private Numbers() {}

  /**
   * Four significant digits, or all of a larger number's before the point.
   *
   * @param value any
   * @return such as {@code 0.08512}, {@code 15.24} or {@code 152,412}
   */
  public static String of(double value) {
    if (Math.abs(value) >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return new BigDecimal(value).round(FOUR).toPlainString();
  }

  /**
   * A value and its interval.
   *
   * @param estimate any
   * @return such as {@code 15.24 (15.11 to 15.40)}, with a star if the interval is wide
   */
  public static String of(Estimate estimate) {
    return "%s (%s to %s)%s"
        .formatted(of(estimate.value()), of(estimate.low()), of(estimate.high()), mark(estimate));
  }

  /**
   * The mark of a wide interval.
   *
   * @param estimate any
   * @return a star, or nothing
   */
  public static String mark(Estimate estimate) {
    return estimate.isWide() ? " *" : "";
  }

  /**
   * A number without more digits than it has.
   *
   * @param value any
   * @return such as {@code 0.5} or {@code 1,000}
   */
  static String plain(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    return exact.scale() <= 0
        ? String.format(Locale.ROOT, "%,d", exact.toBigInteger())
        : exact.toPlainString();
  }

  /**
   * A length.
   *
   * @param bytes any
   * @return such as {@code 64 B}, {@code 1 KiB} or {@code 1.5 MiB}
   */
  public static String bytes(double bytes) {
    int unit = 0;
    double value = bytes;
    while (value >= KIBI && unit < UNITS.length - 1) {
      value /= KIBI;
      unit++;
    }
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString()
        + " "
        + UNITS[unit];
  }
}
