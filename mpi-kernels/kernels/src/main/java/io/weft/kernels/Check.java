package io.weft.kernels;

/**
 * A computed value held against the one that it must be.
 *
 * @param quantity what is compared, such as {@code zeta}
 * @param expected the right value, not 0
 * @param found the computed value
 * @param relativeTolerance the largest |found - expected| / |expected| that passes; 0 where it must
 *     be exact
 */
public record Check(String quantity, double expected, double found, double relativeTolerance) {
  /**
   * The relative error.
   *
   * @return |found - expected| / |expected|; NaN if {@code found} is
   */
  public double relativeError() {
    return Math.abs(found - expected) / Math.abs(expected);
  }

  /**
   * Says whether the value is right; NaN never is.
   *
   * @return true if the relative error is within the tolerance
   */
  public boolean passed() {
    return relativeError() <= relativeTolerance;
  }
}
