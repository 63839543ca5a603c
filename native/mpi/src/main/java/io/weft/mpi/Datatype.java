package io.weft.mpi;

import io.weft.mpi.ffm.LibmpiFile;
import io.weft.mpi.ffm.PredefinedHandle;

/** The type of a buffer's elements (MPI-4.0 section 3.2.2). Immutable; safe from any thread. */
public final class Datatype {
  /** Bytes without meaning, {@code MPI_BYTE}. */
  public static final Datatype BYTE = new Datatype(PredefinedHandle.MPI_BYTE, 1);

  /** Java's {@code int}, {@code MPI_INT32_T}. */
  public static final Datatype INT = new Datatype(PredefinedHandle.MPI_INT32_T, Integer.BYTES);

  /** Java's {@code long}, {@code MPI_INT64_T}. */
  public static final Datatype LONG = new Datatype(PredefinedHandle.MPI_INT64_T, Long.BYTES);

  /** Java's {@code float}, {@code MPI_FLOAT}. */
  public static final Datatype FLOAT = new Datatype(PredefinedHandle.MPI_FLOAT, Float.BYTES);

  /** Java's {@code double}, {@code MPI_DOUBLE}. */
  public static final Datatype DOUBLE = new Datatype(PredefinedHandle.MPI_DOUBLE, Double.BYTES);

  private final PredefinedHandle predefined;
  private final long sizeBytes;

  /** Looked up at first use: the library is not known before. A race writes the same value. */
  private long handle;

  private Datatype(PredefinedHandle predefined, long sizeBytes) {
    this.predefined = predefined;
    this.sizeBytes = sizeBytes;
  }

  /**
   * The length of one element.
   *
   * @return bytes
   */
  public long sizeBytes() {
    return sizeBytes;
  }

  long handle() {
    long h = handle;
    if (h == 0) {
      h = LibmpiFile.current().abi().handle(predefined);
      handle = h;
    }
    return h;
  }

  /** MPI's name of the type. */
  @Override
  public String toString() {
    return predefined.name();
  }
}
