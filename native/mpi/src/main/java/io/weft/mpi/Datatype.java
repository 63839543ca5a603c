package io.weft.mpi;

import io.weft.mpi.ffm.LibmpiFile;
import io.weft.mpi.ffm.PredefinedHandle;

/**
 * The type of a buffer's elements (MPI-4.0 sections 3.2.2 and 5.1): a predefined one, or a {@link
 * DerivedType} made of others. Predefined ones are immutable and safe from any thread.
 */
public sealed class Datatype permits DerivedType {
  /** Bytes without meaning, {@code MPI_BYTE}. */
  public static final Datatype BYTE = new Datatype(PredefinedHandle.MPI_BYTE, 1);

  /** Java's {@code byte}, {@code MPI_INT8_T}. */
  public static final Datatype INT8 = new Datatype(PredefinedHandle.MPI_INT8_T, Byte.BYTES);

  /** Java's {@code char}, {@code MPI_UINT16_T}. */
  public static final Datatype CHAR = new Datatype(PredefinedHandle.MPI_UINT16_T, Character.BYTES);

  /** Java's {@code short}, {@code MPI_INT16_T}. */
  public static final Datatype SHORT = new Datatype(PredefinedHandle.MPI_INT16_T, Short.BYTES);

  /** Java's {@code int}, {@code MPI_INT32_T}. */
  public static final Datatype INT = new Datatype(PredefinedHandle.MPI_INT32_T, Integer.BYTES);

  /** Java's {@code long}, {@code MPI_INT64_T}. */
  public static final Datatype LONG = new Datatype(PredefinedHandle.MPI_INT64_T, Long.BYTES);

  /** Java's {@code float}, {@code MPI_FLOAT}. */
  public static final Datatype FLOAT = new Datatype(PredefinedHandle.MPI_FLOAT, Float.BYTES);

  /** Java's {@code double}, {@code MPI_DOUBLE}. */
  public static final Datatype DOUBLE = new Datatype(PredefinedHandle.MPI_DOUBLE, Double.BYTES);

  /** A truth value of one byte, 0 or 1, {@code MPI_C_BOOL}. */
  public static final Datatype BOOLEAN = new Datatype(PredefinedHandle.MPI_C_BOOL, 1);

  /** Two floats, {@code MPI_C_FLOAT_COMPLEX}. */
  public static final Datatype FLOAT_COMPLEX =
      new Datatype(PredefinedHandle.MPI_C_FLOAT_COMPLEX, 2 * Float.BYTES);

  /** Two doubles, {@code MPI_C_DOUBLE_COMPLEX}. */
  public static final Datatype DOUBLE_COMPLEX =
      new Datatype(PredefinedHandle.MPI_C_DOUBLE_COMPLEX, 2 * Double.BYTES);

  /** What {@link Comm#pack} wrote, {@code MPI_PACKED}. */
  public static final Datatype PACKED = new Datatype(PredefinedHandle.MPI_PACKED, 1);

  /** An int and its int index, {@code MPI_2INT}; for {@link Op#MINLOC} and {@link Op#MAXLOC}. */
  public static final Datatype INT_INT =
      new Datatype(PredefinedHandle.MPI_2INT, 2 * Integer.BYTES, 2 * Integer.BYTES);

  /** A float and its int index, {@code MPI_FLOAT_INT}: the index at byte 4. */
  public static final Datatype FLOAT_INT =
      new Datatype(PredefinedHandle.MPI_FLOAT_INT, Float.BYTES + Integer.BYTES, 8);

  /** A double and its int index, {@code MPI_DOUBLE_INT}: the index at byte 8, 16 bytes each. */
  public static final Datatype DOUBLE_INT =
      new Datatype(PredefinedHandle.MPI_DOUBLE_INT, Double.BYTES + Integer.BYTES, 16);

  /** A long and its int index, {@code MPI_LONG_INT}: the index at byte 8, 16 bytes each. */
  public static final Datatype LONG_INT =
      new Datatype(PredefinedHandle.MPI_LONG_INT, Long.BYTES + Integer.BYTES, 16);

  /** A short and its int index, {@code MPI_SHORT_INT}: the index at byte 4, 8 bytes each. */
  public static final Datatype SHORT_INT =
      new Datatype(PredefinedHandle.MPI_SHORT_INT, Short.BYTES + Integer.BYTES, 8);

  private static final Datatype[] PREDEFINED = {
    BYTE,
    INT8,
    CHAR,
    SHORT,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    BOOLEAN,
    FLOAT_COMPLEX,
    DOUBLE_COMPLEX,
    PACKED,
    INT_INT,
    FLOAT_INT,
    DOUBLE_INT,
    LONG_INT,
    SHORT_INT
  };

  private final PredefinedHandle predefined;
  private final long sizeBytes;
  private final long extentBytes;
  private final long trueLowerBound;
  private final long trueUpperBound;
  private final boolean dense;

  /**
   * Looked up at first use: the library is not known before. A race writes the same value. 0 in a
   * derived type that may not be used.
   */
  long handle;

  private Datatype(PredefinedHandle predefined, long sizeBytes) {
    this(predefined, sizeBytes, sizeBytes);
  }

  /** A pair ends with its index, wherever the next begins. */
  private Datatype(PredefinedHandle predefined, long sizeBytes, long extentBytes) {
    this.predefined = predefined;
    this.sizeBytes = sizeBytes;
    this.extentBytes = extentBytes;
    this.trueLowerBound = 0;
    // The index of a short lies behind a gap.
    this.trueUpperBound = sizeBytes == 6 ? extentBytes : sizeBytes;
    this.dense = sizeBytes == extentBytes;
  }

  /** One that is derived: what the library says of it. */
  Datatype(long sizeBytes, long extentBytes, long trueLowerBound, long trueUpperBound) {
    this.predefined = null;
    this.sizeBytes = sizeBytes;
    this.extentBytes = extentBytes;
    this.trueLowerBound = trueLowerBound;
    this.trueUpperBound = trueUpperBound;
    this.dense = false;
  }

  /** The predefined type of a handle, or null. */
  static Datatype predefined(long handle) {
    for (Datatype type : PREDEFINED) {
      if (type.handle() == handle) {
        return type;
      }
    }
    return null;
  }

  /**
   * The bytes of data in one element, {@code MPI_Type_size}: gaps are not counted.
   *
   * @return bytes
   */
  public long sizeBytes() {
    return sizeBytes;
  }

  /**
   * How far the next element is from this, {@code MPI_Type_get_extent}: gaps are counted.
   *
   * @return bytes; may be negative in a derived type
   */
  public long extentBytes() {
    return extentBytes;
  }

  /**
   * Where an element's first byte lies from where it starts, {@code MPI_Type_get_true_extent}.
   *
   * @return bytes; 0 in predefined types
   */
  public long trueLowerBound() {
    return trueLowerBound;
  }

  /**
   * Where an element's last byte ends from where it starts, {@code MPI_Type_get_true_extent}.
   *
   * @return bytes
   */
  public long trueUpperBound() {
    return trueUpperBound;
  }

  /** The longest step that {@link #firstByte} and {@link #endByte} multiply by. */
  final long widestBytes() {
    return Math.max(Math.abs(extentBytes), Math.max(Math.abs(trueLowerBound), trueUpperBound));
  }

  /** Where the first byte of so many elements lies, from where they start. */
  final long firstByte(long count) {
    return count == 0 ? 0 : trueLowerBound + (extentBytes < 0 ? (count - 1) * extentBytes : 0);
  }

  /** Where the last byte of so many elements ends, from where they start. */
  final long endByte(long count) {
    return count == 0 ? 0 : trueUpperBound + (extentBytes > 0 ? (count - 1) * extentBytes : 0);
  }

  /** Whether every byte of such elements is data. */
  final boolean isDense() {
    return dense;
  }

  /** Refuses a type that may not be used. */
  void check() {
    // A predefined one may be.
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

  /** MPI's name of the type. */
  @Override
  public String toString() {
    return predefined.name();
  }
}
