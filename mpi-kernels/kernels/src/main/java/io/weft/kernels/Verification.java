package io.weft.kernels;

/**
 * A computed value held against a published one.
 *
 * @param quantity what is compared, such as {@code zeta}
 * @param expected the published value
 * @param found the computed value
 * @param relativeTolerance the largest |found - expected| / |expected| that passes
 * @param source where the expected value is published
 */
public record Verification(
    String quantity, double expected, double found, double relativeTolerance, String source) {
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
