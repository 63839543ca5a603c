package io.weft.mpi;

import io.weft.mpi.ffm.MpiConstant;

/** From where a pointer into a file is moved (MPI-4.0 section 14.4.3). */
public enum Whence {
  /** From the start of the view. */
  START(MpiConstant.MPI_SEEK_SET),
  /** From where it is. */
  CURRENT(MpiConstant.MPI_SEEK_CUR),
  /** From the end of the file. */
  END(MpiConstant.MPI_SEEK_END);

  private final MpiConstant constant;

  Whence(MpiConstant constant) {
    this.constant = constant;
  }

  MpiConstant constant() {
    return constant;
  }
}
