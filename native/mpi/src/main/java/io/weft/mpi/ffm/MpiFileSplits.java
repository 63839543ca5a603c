package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Reading and writing in two steps (MPI-4.0 section 14.4.5). Every method checks the code that the
 * C function returns and throws {@link io.weft.mpi.MpiException}; a function that the library
 * lacks, {@link UnsupportedOperationException}.
 */
public final class MpiFileSplits {
  private static final MpiFunction READ_AT_ALL_BEGIN =
      MpiFunction.of("MPI_File_read_at_all_begin", HANDLE, LONG, POINTER, INT, HANDLE);

  private static final MpiFunction READ_AT_ALL_END =
      MpiFunction.of("MPI_File_read_at_all_end", HANDLE, POINTER, POINTER);

  private static final MpiFunction READ_ALL_BEGIN =
      MpiFunction.of("MPI_File_read_all_begin", HANDLE, POINTER, INT, HANDLE);

  private static final MpiFunction READ_ALL_END =
      MpiFunction.of("MPI_File_read_all_end", HANDLE, POINTER, POINTER);

  private static final MpiFunction READ_ORDERED_BEGIN =
      MpiFunction.of("MPI_File_read_ordered_begin", HANDLE, POINTER, INT, HANDLE);

  private static final MpiFunction READ_ORDERED_END =
      MpiFunction.of("MPI_File_read_ordered_end", HANDLE, POINTER, POINTER);

  private static final MpiFunction WRITE_AT_ALL_BEGIN =
      MpiFunction.of("MPI_File_write_at_all_begin", HANDLE, LONG, POINTER, INT, HANDLE);

  private static final MpiFunction WRITE_AT_ALL_END =
      MpiFunction.of("MPI_File_write_at_all_end", HANDLE, POINTER, POINTER);

  private static final MpiFunction WRITE_ALL_BEGIN =
      MpiFunction.of("MPI_File_write_all_begin", HANDLE, POINTER, INT, HANDLE);

  private static final MpiFunction WRITE_ALL_END =
      MpiFunction.of("MPI_File_write_all_end", HANDLE, POINTER, POINTER);

  private static final MpiFunction WRITE_ORDERED_BEGIN =
      MpiFunction.of("MPI_File_write_ordered_begin", HANDLE, POINTER, INT, HANDLE);

  private static final MpiFunction WRITE_ORDERED_END =
      MpiFunction.of("MPI_File_write_ordered_end", HANDLE, POINTER, POINTER);

  private MpiFileSplits() {}

  /**
   * {@code int (MPI_File fh, MPI_Offset offset, void *buf, int count, MPI_Datatype datatype)},
   * MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   */
  public static void readAtAllBegin(long fh, long offset, long buf, long count, long datatype) {
    try {
      if (count == (int) count) {
        READ_AT_ALL_BEGIN.check(
            (int) READ_AT_ALL_BEGIN.handle().invokeExact(fh, offset, buf, (int) count, datatype));
      } else {
        Large.READ_AT_ALL_BEGIN.check(
            (int) Large.READ_AT_ALL_BEGIN.handle().invokeExact(fh, offset, buf, count, datatype));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, void *buf, MPI_Status *status)}, MPI-4.0 section 14.4.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param status the address for the status, or the value that ignores it
   */
  public static void readAtAllEnd(long fh, long buf, long status) {
    try {
      READ_AT_ALL_END.check((int) READ_AT_ALL_END.handle().invokeExact(fh, buf, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, void *buf, int count, MPI_Datatype datatype)}, MPI-4.0 section 14.4;
   * its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   */
  public static void readAllBegin(long fh, long buf, long count, long datatype) {
    try {
      if (count == (int) count) {
        READ_ALL_BEGIN.check(
            (int) READ_ALL_BEGIN.handle().invokeExact(fh, buf, (int) count, datatype));
      } else {
        Large.READ_ALL_BEGIN.check(
            (int) Large.READ_ALL_BEGIN.handle().invokeExact(fh, buf, count, datatype));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, void *buf, MPI_Status *status)}, MPI-4.0 section 14.4.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param status the address for the status, or the value that ignores it
   */
  public static void readAllEnd(long fh, long buf, long status) {
    try {
      READ_ALL_END.check((int) READ_ALL_END.handle().invokeExact(fh, buf, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, void *buf, int count, MPI_Datatype datatype)}, MPI-4.0 section 14.4;
   * its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   */
  public static void readOrderedBegin(long fh, long buf, long count, long datatype) {
    try {
      if (count == (int) count) {
        READ_ORDERED_BEGIN.check(
            (int) READ_ORDERED_BEGIN.handle().invokeExact(fh, buf, (int) count, datatype));
      } else {
        Large.READ_ORDERED_BEGIN.check(
            (int) Large.READ_ORDERED_BEGIN.handle().invokeExact(fh, buf, count, datatype));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, void *buf, MPI_Status *status)}, MPI-4.0 section 14.4.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param status the address for the status, or the value that ignores it
   */
  public static void readOrderedEnd(long fh, long buf, long status) {
    try {
      READ_ORDERED_END.check((int) READ_ORDERED_END.handle().invokeExact(fh, buf, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset offset, const void *buf, int count, MPI_Datatype
   * datatype)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   */
  public static void writeAtAllBegin(long fh, long offset, long buf, long count, long datatype) {
    try {
      if (count == (int) count) {
        WRITE_AT_ALL_BEGIN.check(
            (int) WRITE_AT_ALL_BEGIN.handle().invokeExact(fh, offset, buf, (int) count, datatype));
      } else {
        Large.WRITE_AT_ALL_BEGIN.check(
            (int) Large.WRITE_AT_ALL_BEGIN.handle().invokeExact(fh, offset, buf, count, datatype));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, const void *buf, MPI_Status *status)}, MPI-4.0 section 14.4.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param status the address for the status, or the value that ignores it
   */
  public static void writeAtAllEnd(long fh, long buf, long status) {
    try {
      WRITE_AT_ALL_END.check((int) WRITE_AT_ALL_END.handle().invokeExact(fh, buf, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, const void *buf, int count, MPI_Datatype datatype)}, MPI-4.0 section
   * 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   */
  public static void writeAllBegin(long fh, long buf, long count, long datatype) {
    try {
      if (count == (int) count) {
        WRITE_ALL_BEGIN.check(
            (int) WRITE_ALL_BEGIN.handle().invokeExact(fh, buf, (int) count, datatype));
      } else {
        Large.WRITE_ALL_BEGIN.check(
            (int) Large.WRITE_ALL_BEGIN.handle().invokeExact(fh, buf, count, datatype));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, const void *buf, MPI_Status *status)}, MPI-4.0 section 14.4.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param status the address for the status, or the value that ignores it
   */
  public static void writeAllEnd(long fh, long buf, long status) {
    try {
      WRITE_ALL_END.check((int) WRITE_ALL_END.handle().invokeExact(fh, buf, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File fh, const void *buf, int count, MPI_Datatype datatype)}, MPI-4.0 section
   * 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   */
  public static void writeOrderedBegin(long fh, long buf, long count, long datatype) {
    try {
      if (count == (int) count) {
        WRITE_ORDERED_BEGIN.check(
            (int) WRITE_ORDERED_BEGIN.handle().invokeExact(fh, buf, (int) count, datatype));
      } else {
        Large.WRITE_ORDERED_BEGIN.check(
            (int) Large.WRITE_ORDERED_BEGIN.handle().invokeExact(fh, buf, count, datatype));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, const void *buf, MPI_Status *status)}, MPI-4.0 section 14.4.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param status the address for the status, or the value that ignores it
   */
  public static void writeOrderedEnd(long fh, long buf, long status) {
    try {
      WRITE_ORDERED_END.check((int) WRITE_ORDERED_END.handle().invokeExact(fh, buf, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction READ_AT_ALL_BEGIN =
        MpiFunction.of("MPI_File_read_at_all_begin_c", HANDLE, LONG, POINTER, LONG, HANDLE);

    private static final MpiFunction READ_ALL_BEGIN =
        MpiFunction.of("MPI_File_read_all_begin_c", HANDLE, POINTER, LONG, HANDLE);

    private static final MpiFunction READ_ORDERED_BEGIN =
        MpiFunction.of("MPI_File_read_ordered_begin_c", HANDLE, POINTER, LONG, HANDLE);

    private static final MpiFunction WRITE_AT_ALL_BEGIN =
        MpiFunction.of("MPI_File_write_at_all_begin_c", HANDLE, LONG, POINTER, LONG, HANDLE);

    private static final MpiFunction WRITE_ALL_BEGIN =
        MpiFunction.of("MPI_File_write_all_begin_c", HANDLE, POINTER, LONG, HANDLE);

    private static final MpiFunction WRITE_ORDERED_BEGIN =
        MpiFunction.of("MPI_File_write_ordered_begin_c", HANDLE, POINTER, LONG, HANDLE);

    private Large() {}
  }
}
