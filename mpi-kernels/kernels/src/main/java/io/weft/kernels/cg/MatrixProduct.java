package io.weft.kernels.cg;

/** A matrix that is there to be multiplied by vectors, all cut alike. */
interface MatrixProduct {
  /** The length of this rank's piece of a vector. */
  int length();

  /**
   * Multiplies; collective.
   *
   * @param p this rank's piece of the vector
   * @return this rank's piece of the product, in an array that the next call overwrites and that
   *     may be longer than the piece
   */
  double[] multiply(double[] p);
}
