package io.weft.bench.series;

/** The same loop in Java and in C, on the same numbers. */
public interface Contest {
  /**
   * What it is.
   *
   * @return such as {@code "mg residual, class W"}
   */
  String title();

  /**
   * How much one run works off.
   *
   * @return points, keys, elements or pairs
   */
  long size();

  /** One run in Java. */
  void java();

  /** One run in C. */
  void c();

  /**
   * Compares what both have come to after one run each, the first of either.
   *
   * @return the largest relative difference
   */
  double difference();
}
