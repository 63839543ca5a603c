package io.weft.bench.report.statistics;

/**
 * A value and the interval that is to hold it.
 *
 * @param value as observed
 * @param low the interval's lower end
 * @param high its upper end
 * @param rounds that it rests on
 */
public record Estimate(double value, double low, double high, int rounds) {
  /** The confidence that intervals are made for. */
  public static final double CONFIDENCE = 0.99;

  /** An interval that is wider than this share of the value is marked. */
  public static final double WIDE = 0.10;

  /**
   * The fewest rounds whose range holds the median of all possible rounds with {@link #CONFIDENCE}:
   * that of r rounds does so with a probability of 1 - 2^(1-r), whatever their distribution.
   */
  public static final int ENOUGH_ROUNDS = 8;

  /**
   * Whether the interval is wider than a tenth of the value.
   *
   * @return whether it is to be marked
   */
  public boolean isWide() {
    return high - low > WIDE * value;
  }

  /**
   * Whether the rounds are too few for an interval of {@link #CONFIDENCE}.
   *
   * @return whether it is to be marked
   */
  public boolean isOfFewRounds() {
    return rounds < ENOUGH_ROUNDS;
  }

  /**
   * The same in another unit.
   *
   * @param factor more than 0
   * @return each number times the factor
   */
  public Estimate times(double factor) {
    return new Estimate(value * factor, low * factor, high * factor, rounds);
  }

  /**
   * A rate instead of a time.
   *
   * @param numerator more than 0
   * @return the numerator by each number, the ends changed over
   */
  public Estimate dividing(double numerator) {
    return new Estimate(numerator / value, numerator / high, numerator / low, rounds);
  }
}
