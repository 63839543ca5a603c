package io.weft.mpi;

import io.weft.mpi.ffm.MpiConstant;

/** How a file is opened (MPI-4.0 section 14.2.1): one of the first three, and any of the others. */
public enum FileMode {
  /** For reading only. */
  READ_ONLY(MpiConstant.MPI_MODE_RDONLY),
  /** For writing only. */
  WRITE_ONLY(MpiConstant.MPI_MODE_WRONLY),
  /** For both. */
  READ_WRITE(MpiConstant.MPI_MODE_RDWR),
  /** Made if it is not there. */
  CREATE(MpiConstant.MPI_MODE_CREATE),
  /** With {@link #CREATE}: an error if it is there. */
  EXCLUSIVE(MpiConstant.MPI_MODE_EXCL),
  /** Deleted when it is closed. */
  DELETE_ON_CLOSE(MpiConstant.MPI_MODE_DELETE_ON_CLOSE),
  /** Opened by nobody else. */
  UNIQUE_OPEN(MpiConstant.MPI_MODE_UNIQUE_OPEN),
  /** All pointers begin at the end. */
  APPEND(MpiConstant.MPI_MODE_APPEND),
  /** By the shared pointer only. */
  SEQUENTIAL(MpiConstant.MPI_MODE_SEQUENTIAL);

  private final MpiConstant constant;

  FileMode(MpiConstant constant) {
    this.constant = constant;
  }

  MpiConstant constant() {
    return constant;
  }
}
