package io.weft.kernels.ft;

/**
 * The factors of a step in time (RNR-94-007, "Kernel FT", step 3): {@code exp(-4 alpha pi^2 |k|^2
 * t)} with {@code alpha = 1e-6} and each wave number folded to {@code -n/2 .. n/2 - 1}. They are
 * products of one factor for each direction, so that three short tables stand for a grid of them,
 * and are computed from the time itself, not from the step before.
 */
final class Evolution {
  private static final double ALPHA = 1e-6;

  private final double[] x;
  private final double[] y;
  private final double[] z;

  /** Allocates for a grid. */
  Evolution(Slabs slabs) {
    x = new double[slabs.nx()];
    y = new double[slabs.ny()];
    z = new double[slabs.nz()];
  }

  /** What an instance takes, in bytes. */
  static long bytes(Slabs slabs) {
    return (long) Double.BYTES * (slabs.nx() + slabs.ny() + slabs.nz());
  }

  /**
   * Computes the factors; allocates nothing.
   *
   * @param time how many steps from the start
   */
  void at(int time) {
    fill(x, time);
    fill(y, time);
    fill(z, time);
  }

  private static void fill(double[] factors, int time) {
    int n = factors.length;
    for (int k = 0; k < n; k++) {
      long folded = k < n / 2 ? k : k - n;
      factors[k] = StrictMath.exp(-4 * ALPHA * Math.PI * Math.PI * (folded * folded * time));
    }
  }

  /** By wave number in x; live. */
  double[] x() {
    return x;
  }

  /** By wave number in y; live. */
  double[] y() {
    return y;
  }

  /** By wave number in z; live. */
  double[] z() {
    return z;
  }
}
