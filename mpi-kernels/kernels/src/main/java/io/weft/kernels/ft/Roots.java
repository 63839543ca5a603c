package io.weft.kernels.ft;

/** Roots of unity, each to the last bit or nearly so. */
final class Roots {
  private Roots() {}

  /** {@code cos(2 pi k / n)}, for {@code 0 <= k < n}. */
  static double cosine(int k, int n) {
    return cosineOfEighths(8L * k, n);
  }

  /** {@code sin(2 pi k / n)}, for {@code 0 <= k < n}. */
  static double sine(int k, int n) {
    // A quarter turn back.
    return cosineOfEighths(Math.floorMod(8L * k - 2L * n, 8L * n), n);
  }

  /**
   * {@code cos(2 pi k / (8 n))}, for {@code 0 <= k < 8 n}: brought to the first eighth of a turn,
   * in integers, so that the angle has no error but the last rounding.
   */
  private static double cosineOfEighths(long k, long n) {
    if (k > 4 * n) {
      return cosineOfEighths(8 * n - k, n);
    }
    if (k > 2 * n) {
      return -cosineOfEighths(4 * n - k, n);
    }
    if (k > n) {
      return StrictMath.sin(Math.PI * (2 * n - k) / (4 * n));
    }
    return StrictMath.cos(Math.PI * k / (4 * n));
  }
}
