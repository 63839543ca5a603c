package io.weft.mpi;

import io.weft.ffi.Unchecked;
import io.weft.mpi.ffm.LibmpiFile;
import io.weft.mpi.ffm.PredefinedHandle;

/**
 * How a reduction makes one element out of two (MPI-4.0 sections 6.9.2 and 12.3.4): a predefined
 * operation, or a {@link UserOp}. Predefined ones are immutable.
 */
public sealed class Op permits UserOp {
  /** {@code MPI_SUM}. */
  public static final Op SUM = new Op(PredefinedHandle.MPI_SUM);

  /** {@code MPI_PROD}. */
  public static final Op PROD = new Op(PredefinedHandle.MPI_PROD);

  /** {@code MPI_MIN}. */
  public static final Op MIN = new Op(PredefinedHandle.MPI_MIN);

  /** {@code MPI_MAX}. */
  public static final Op MAX = new Op(PredefinedHandle.MPI_MAX);

  /** {@code MPI_LAND}: logical and, of whole numbers and {@link Datatype#BOOLEAN}. */
  public static final Op LAND = new Op(PredefinedHandle.MPI_LAND);

  /** {@code MPI_LOR}: logical or. */
  public static final Op LOR = new Op(PredefinedHandle.MPI_LOR);

  /** {@code MPI_LXOR}: logical exclusive or. */
  public static final Op LXOR = new Op(PredefinedHandle.MPI_LXOR);

  /** {@code MPI_BAND}: bitwise and, of whole numbers and {@link Datatype#BYTE}. */
  public static final Op BAND = new Op(PredefinedHandle.MPI_BAND);

  /** {@code MPI_BOR}: bitwise or. */
  public static final Op BOR = new Op(PredefinedHandle.MPI_BOR);

  /** {@code MPI_BXOR}: bitwise exclusive or. */
  public static final Op BXOR = new Op(PredefinedHandle.MPI_BXOR);

  /**
   * {@code MPI_MINLOC}: the least value and its least index; of pairs, {@link Datatype#INT_INT}.
   */
  public static final Op MINLOC = new Op(PredefinedHandle.MPI_MINLOC);

  /** {@code MPI_MAXLOC}: the greatest value and its least index; of pairs. */
  public static final Op MAXLOC = new Op(PredefinedHandle.MPI_MAXLOC);

  /** {@code MPI_REPLACE}: {@code b}; in operations of a {@link Win} only. */
  public static final Op REPLACE = new Op(PredefinedHandle.MPI_REPLACE);

  /** {@code MPI_NO_OP}: {@code a}; in operations of a {@link Win} that fetch only. */
  public static final Op NO_OP = new Op(PredefinedHandle.MPI_NO_OP);

  private final PredefinedHandle predefined;

  /**
   * Looked up at first use: the library is not known before. A race writes the same value. 0 in a
   * user operation that is closed.
   */
  long handle;

  private Op(PredefinedHandle predefined) {
    this.predefined = predefined;
  }

  /** A user operation. */
  Op(long handle) {
    this.predefined = null;
    this.handle = handle;
  }

  final long handle() {
    long h = handle;
    return h != 0 ? h : lookUp();
  }

  /** The handle where {@link #handle} holds none. */
  long lookUp() {
    long h = LibmpiFile.current().abi().handle(predefined);
    handle = h;
    return h;
  }

  /** What the operation threw while C called it, given once; null for nothing. */
  Throwable thrown() {
    return null; // A predefined one throws nothing.
  }

  final void rethrow() {
    Throwable t = thrown();
    if (t != null) {
      throw Unchecked.rethrow(t);
    }
  }

  /** C has failed: what the operation threw is told along with it, and not by a later call. */
  final void failed(Throwable failure) {
    Throwable t = thrown();
    if (t != null) {
      failure.addSuppressed(t);
    }
  }

  /** MPI's name of the operation. */
  @Override
  public String toString() {
    return predefined.name();
  }
}
