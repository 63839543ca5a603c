package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

/**
 * Writing files (MPI-4.0 section 14.4). Every method checks the code that the C function returns
 * and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiFileWrites {
  private static final MpiFunction WRITE_AT =
      MpiFunction.of("MPI_File_write_at", HANDLE, LONG, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction WRITE_AT_ALL =
      MpiFunction.of("MPI_File_write_at_all", HANDLE, LONG, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction IWRITE_AT =
      MpiFunction.of("MPI_File_iwrite_at", HANDLE, LONG, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction IWRITE_AT_ALL =
      MpiFunction.of("MPI_File_iwrite_at_all", HANDLE, LONG, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction WRITE =
      MpiFunction.of("MPI_File_write", HANDLE, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction WRITE_ALL =
      MpiFunction.of("MPI_File_write_all", HANDLE, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction IWRITE =
      MpiFunction.of("MPI_File_iwrite", HANDLE, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction IWRITE_ALL =
      MpiFunction.of("MPI_File_iwrite_all", HANDLE, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction WRITE_SHARED =
      MpiFunction.of("MPI_File_write_shared", HANDLE, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction IWRITE_SHARED =
      MpiFunction.of("MPI_File_iwrite_shared", HANDLE, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction WRITE_ORDERED =
      MpiFunction.of("MPI_File_write_ordered", HANDLE, POINTER, INT, HANDLE, POINTER);

  private MpiFileWrites() {}

  /**
   * {@code int (MPI_File fh, MPI_Offset offset, const void *buf, int count, MPI_Datatype datatype,
   * MPI_Status *status)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param status the address for the status, or the value that ignores it
   */
  public static void writeAt(
      long fh, long offset, long buf, long count, long datatype, long status) {
    try {
      if (count == (int) count) {
        WRITE_AT.check(
            (int) WRITE_AT.handle().invokeExact(fh, offset, buf, (int) count, datatype, status));
      } else {
        Large.WRITE_AT.check(
            (int) Large.WRITE_AT.handle().invokeExact(fh, offset, buf, count, datatype, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset offset, const void *buf, int count, MPI_Datatype datatype,
   * MPI_Status *status)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param status the address for the status, or the value that ignores it
   */
  public static void writeAtAll(
      long fh, long offset, long buf, long count, long datatype, long status) {
    try {
      if (count == (int) count) {
        WRITE_AT_ALL.check(
            (int)
                WRITE_AT_ALL.handle().invokeExact(fh, offset, buf, (int) count, datatype, status));
      } else {
        Large.WRITE_AT_ALL.check(
            (int)
                Large.WRITE_AT_ALL.handle().invokeExact(fh, offset, buf, count, datatype, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset offset, const void *buf, int count, MPI_Datatype datatype,
   * MPI_Request *request)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param request the address of the request
   */
  public static void iwriteAt(
      long fh, long offset, long buf, long count, long datatype, long request) {
    try {
      if (count == (int) count) {
        IWRITE_AT.check(
            (int) IWRITE_AT.handle().invokeExact(fh, offset, buf, (int) count, datatype, request));
      } else {
        Large.IWRITE_AT.check(
            (int) Large.IWRITE_AT.handle().invokeExact(fh, offset, buf, count, datatype, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset offset, const void *buf, int count, MPI_Datatype datatype,
   * MPI_Request *request)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param request the address of the request
   */
  public static void iwriteAtAll(
      long fh, long offset, long buf, long count, long datatype, long request) {
    try {
      if (count == (int) count) {
        IWRITE_AT_ALL.check(
            (int)
                IWRITE_AT_ALL
                    .handle()
                    .invokeExact(fh, offset, buf, (int) count, datatype, request));
      } else {
        Large.IWRITE_AT_ALL.check(
            (int)
                Large.IWRITE_AT_ALL
                    .handle()
                    .invokeExact(fh, offset, buf, count, datatype, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, const void *buf, int count, MPI_Datatype datatype, MPI_Status
   * *status)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param status the address for the status, or the value that ignores it
   */
  public static void write(long fh, long buf, long count, long datatype, long status) {
    try {
      if (count == (int) count) {
        WRITE.check((int) WRITE.handle().invokeExact(fh, buf, (int) count, datatype, status));
      } else {
        Large.WRITE.check((int) Large.WRITE.handle().invokeExact(fh, buf, count, datatype, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, const void *buf, int count, MPI_Datatype datatype, MPI_Status
   * *status)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param status the address for the status, or the value that ignores it
   */
  public static void writeAll(long fh, long buf, long count, long datatype, long status) {
    try {
      if (count == (int) count) {
        WRITE_ALL.check(
            (int) WRITE_ALL.handle().invokeExact(fh, buf, (int) count, datatype, status));
      } else {
        Large.WRITE_ALL.check(
            (int) Large.WRITE_ALL.handle().invokeExact(fh, buf, count, datatype, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, const void *buf, int count, MPI_Datatype datatype, MPI_Request
   * *request)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param request the address of the request
   */
  public static void iwrite(long fh, long buf, long count, long datatype, long request) {
    try {
      if (count == (int) count) {
        IWRITE.check((int) IWRITE.handle().invokeExact(fh, buf, (int) count, datatype, request));
      } else {
        Large.IWRITE.check(
            (int) Large.IWRITE.handle().invokeExact(fh, buf, count, datatype, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, const void *buf, int count, MPI_Datatype datatype, MPI_Request
   * *request)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param request the address of the request
   */
  public static void iwriteAll(long fh, long buf, long count, long datatype, long request) {
    try {
      if (count == (int) count) {
        IWRITE_ALL.check(
            (int) IWRITE_ALL.handle().invokeExact(fh, buf, (int) count, datatype, request));
      } else {
        Large.IWRITE_ALL.check(
            (int) Large.IWRITE_ALL.handle().invokeExact(fh, buf, count, datatype, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, const void *buf, int count, MPI_Datatype datatype, MPI_Status
   * *status)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param status the address for the status, or the value that ignores it
   */
  public static void writeShared(long fh, long buf, long count, long datatype, long status) {
    try {
      if (count == (int) count) {
        WRITE_SHARED.check(
            (int) WRITE_SHARED.handle().invokeExact(fh, buf, (int) count, datatype, status));
      } else {
        Large.WRITE_SHARED.check(
            (int) Large.WRITE_SHARED.handle().invokeExact(fh, buf, count, datatype, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, const void *buf, int count, MPI_Datatype datatype, MPI_Request
   * *request)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param request the address of the request
   */
  public static void iwriteShared(long fh, long buf, long count, long datatype, long request) {
    try {
      if (count == (int) count) {
        IWRITE_SHARED.check(
            (int) IWRITE_SHARED.handle().invokeExact(fh, buf, (int) count, datatype, request));
      } else {
        Large.IWRITE_SHARED.check(
            (int) Large.IWRITE_SHARED.handle().invokeExact(fh, buf, count, datatype, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, const void *buf, int count, MPI_Datatype datatype, MPI_Status
   * *status)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param status the address for the status, or the value that ignores it
   */
  public static void writeOrdered(long fh, long buf, long count, long datatype, long status) {
    try {
      if (count == (int) count) {
        WRITE_ORDERED.check(
            (int) WRITE_ORDERED.handle().invokeExact(fh, buf, (int) count, datatype, status));
      } else {
        Large.WRITE_ORDERED.check(
            (int) Large.WRITE_ORDERED.handle().invokeExact(fh, buf, count, datatype, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction WRITE_AT =
        MpiFunction.of("MPI_File_write_at_c", HANDLE, LONG, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction WRITE_AT_ALL =
        MpiFunction.of("MPI_File_write_at_all_c", HANDLE, LONG, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction IWRITE_AT =
        MpiFunction.of("MPI_File_iwrite_at_c", HANDLE, LONG, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction IWRITE_AT_ALL =
        MpiFunction.of("MPI_File_iwrite_at_all_c", HANDLE, LONG, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction WRITE =
        MpiFunction.of("MPI_File_write_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction WRITE_ALL =
        MpiFunction.of("MPI_File_write_all_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction IWRITE =
        MpiFunction.of("MPI_File_iwrite_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction IWRITE_ALL =
        MpiFunction.of("MPI_File_iwrite_all_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction WRITE_SHARED =
        MpiFunction.of("MPI_File_write_shared_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction IWRITE_SHARED =
        MpiFunction.of("MPI_File_iwrite_shared_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction WRITE_ORDERED =
        MpiFunction.of("MPI_File_write_ordered_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private Large() {}
  }
}
