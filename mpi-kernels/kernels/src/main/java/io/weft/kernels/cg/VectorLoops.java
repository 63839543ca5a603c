package io.weft.kernels.cg;

/**
 * Loops over the first elements of vectors, one small static method each, so that each is compiled
 * for itself. Vectors of one call are different arrays unless said otherwise.
 */
final class VectorLoops {
  private VectorLoops() {}

  /**
   * The sum of {@code x[i] y[i]}, by four sums that do not wait for each other; {@code x} may be
   * {@code y}. The order of additions is fixed: equal vectors give equal bits on every rank.
   */
  static double dot(double[] x, double[] y, int length) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i < length - 3; i += 4) {
      sum0 = Math.fma(x[i], y[i], sum0);
      sum1 = Math.fma(x[i + 1], y[i + 1], sum1);
      sum2 = Math.fma(x[i + 2], y[i + 2], sum2);
      sum3 = Math.fma(x[i + 3], y[i + 3], sum3);
    }
    for (; i < length; i++) {
      sum0 = Math.fma(x[i], y[i], sum0);
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /** The sum of {@code (x[i] - y[i])^2}, in the order of {@link #dot}. */
  static double squaredDistance(double[] x, double[] y, int length) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i < length - 3; i += 4) {
      double difference0 = x[i] - y[i];
      double difference1 = x[i + 1] - y[i + 1];
      double difference2 = x[i + 2] - y[i + 2];
      double difference3 = x[i + 3] - y[i + 3];
      sum0 = Math.fma(difference0, difference0, sum0);
      sum1 = Math.fma(difference1, difference1, sum1);
      sum2 = Math.fma(difference2, difference2, sum2);
      sum3 = Math.fma(difference3, difference3, sum3);
    }
    for (; i < length; i++) {
      double difference = x[i] - y[i];
      sum0 = Math.fma(difference, difference, sum0);
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /** {@code y[i] += a x[i]}. */
  static void addScaled(double a, double[] x, double[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = Math.fma(a, x[i], y[i]);
    }
  }

  /** {@code y[i] = x[i] + a y[i]}. */
  static void scaleAndAdd(double[] x, double a, double[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = Math.fma(a, y[i], x[i]);
    }
  }

  /** {@code y[i] += x[i]}. */
  static void add(double[] x, double[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] += x[i];
    }
  }

  /** {@code y[i] = a x[i]}. */
  static void scale(double a, double[] x, double[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = a * x[i];
    }
  }
}
