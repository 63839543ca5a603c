package io.weft.mpi;

import io.weft.mpi.ffm.LibmpiFile;
import io.weft.mpi.ffm.PredefinedHandle;

/** How a reduction makes one element out of two (MPI-4.0 sections 6.9.2 and 12.3.4). Immutable. */
public final class Op {
  /** {@code MPI_SUM}. */
  public static final Op SUM = new Op(PredefinedHandle.MPI_SUM);

  /** {@code MPI_PROD}. */
  public static final Op PROD = new Op(PredefinedHandle.MPI_PROD);

  /** {@code MPI_MIN}. */
  public static final Op MIN = new Op(PredefinedHandle.MPI_MIN);

  /** {@code MPI_MAX}. */
  public static final Op MAX = new Op(PredefinedHandle.MPI_MAX);

  /** {@code MPI_REPLACE}: {@code b}; in operations of a {@link Win} only. */
  public static final Op REPLACE = new Op(PredefinedHandle.MPI_REPLACE);

  /** {@code MPI_NO_OP}: {@code a}; in operations of a {@link Win} that fetch only. */
  public static final Op NO_OP = new Op(PredefinedHandle.MPI_NO_OP);

  private final PredefinedHandle predefined;

  /** Looked up at first use: the library is not known before. A race writes the same value. */
  private long handle;

  private Op(PredefinedHandle predefined) {
    this.predefined = predefined;
  }

  long handle() {
    long h = handle;
    if (h == 0) {
      h = LibmpiFile.current().abi().handle(predefined);
      handle = h;
    }
    return h;
  }

  /** MPI's name of the operation. */
  @Override
  public String toString() {
    return predefined.name();
  }
}
