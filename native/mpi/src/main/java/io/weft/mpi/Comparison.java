package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiConstant;

/** How two groups or communicators are alike (MPI-4.0 sections 7.3.1 and 7.4.1). */
public enum Comparison {
  /** The same. */
  IDENT(MpiConstant.MPI_IDENT),
  /** The same ranks in the same order, in another context. */
  CONGRUENT(MpiConstant.MPI_CONGRUENT),
  /** The same ranks in another order. */
  SIMILAR(MpiConstant.MPI_SIMILAR),
  /** Others. */
  UNEQUAL(MpiConstant.MPI_UNEQUAL);

  private final MpiConstant constant;

  Comparison(MpiConstant constant) {
    this.constant = constant;
  }

  static Comparison of(MpiAbi abi, int value) {
    for (Comparison each : values()) {
      if (abi.value(each.constant) == value) {
        return each;
      }
    }
    throw new IllegalStateException("the library compared to " + value);
  }
}
