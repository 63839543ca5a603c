package io.weft.kernels.cg;

import io.weft.kernels.timed.Phase;

/** What the timed part's time is spent on. */
enum CgPhase implements Phase {
  /** The product of a rank's block with its piece of a vector. */
  MATRIX_VECTOR("matrix-vector", false),
  /** Sums of vectors, and each rank's own part of the inner products. */
  VECTOR_UPDATES("vector updates", false),
  /** Adding up partial products along a grid row. */
  ROW_SUMS("row sums", true),
  /** Swapping row sums for the own piece of the product. */
  TRANSPOSE_EXCHANGE("transpose exchange", true),
  /** Adding up inner products along a grid row. */
  SCALAR_REDUCTIONS("scalar reductions", true);

  private final String label;
  private final boolean communication;

  CgPhase(String label, boolean communication) {
    this.label = label;
    this.communication = communication;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public boolean communication() {
    return communication;
  }
}
