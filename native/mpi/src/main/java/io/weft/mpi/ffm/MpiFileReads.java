package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

/**
 * Reading files (MPI-4.0 section 14.4). Every method checks the code that the C function returns
 * and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiFileReads {
  private static final MpiFunction READ_AT =
      MpiFunction.of("MPI_File_read_at", HANDLE, LONG, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction READ_AT_ALL =
      MpiFunction.of("MPI_File_read_at_all", HANDLE, LONG, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction IREAD_AT =
      MpiFunction.of("MPI_File_iread_at", HANDLE, LONG, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction IREAD_AT_ALL =
      MpiFunction.of("MPI_File_iread_at_all", HANDLE, LONG, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction READ =
      MpiFunction.of("MPI_File_read", HANDLE, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction READ_ALL =
      MpiFunction.of("MPI_File_read_all", HANDLE, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction IREAD =
      MpiFunction.of("MPI_File_iread", HANDLE, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction IREAD_ALL =
      MpiFunction.of("MPI_File_iread_all", HANDLE, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction READ_SHARED =
      MpiFunction.of("MPI_File_read_shared", HANDLE, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction IREAD_SHARED =
      MpiFunction.of("MPI_File_iread_shared", HANDLE, POINTER, INT, HANDLE, POINTER);

  private static final MpiFunction READ_ORDERED =
      MpiFunction.of("MPI_File_read_ordered", HANDLE, POINTER, INT, HANDLE, POINTER);

  private MpiFileReads() {}

  /**
   * {@code int (MPI_File fh, MPI_Offset offset, void *buf, int count, MPI_Datatype datatype,
   * MPI_Status *status)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param status the address for the status, or the value that ignores it
   */
  public static void readAt(
      long fh, long offset, long buf, long count, long datatype, long status) {
    try {
      if (count == (int) count) {
        READ_AT.check(
            (int) READ_AT.handle().invokeExact(fh, offset, buf, (int) count, datatype, status));
      } else {
        Large.READ_AT.check(
            (int) Large.READ_AT.handle().invokeExact(fh, offset, buf, count, datatype, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset offset, void *buf, int count, MPI_Datatype datatype,
   * MPI_Status *status)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param status the address for the status, or the value that ignores it
   */
  public static void readAtAll(
      long fh, long offset, long buf, long count, long datatype, long status) {
    try {
      if (count == (int) count) {
        READ_AT_ALL.check(
            (int) READ_AT_ALL.handle().invokeExact(fh, offset, buf, (int) count, datatype, status));
      } else {
        Large.READ_AT_ALL.check(
            (int) Large.READ_AT_ALL.handle().invokeExact(fh, offset, buf, count, datatype, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset offset, void *buf, int count, MPI_Datatype datatype,
   * MPI_Request *request)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param request the address of the request
   */
  public static void ireadAt(
      long fh, long offset, long buf, long count, long datatype, long request) {
    try {
      if (count == (int) count) {
        IREAD_AT.check(
            (int) IREAD_AT.handle().invokeExact(fh, offset, buf, (int) count, datatype, request));
      } else {
        Large.IREAD_AT.check(
            (int) Large.IREAD_AT.handle().invokeExact(fh, offset, buf, count, datatype, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, MPI_Offset offset, void *buf, int count, MPI_Datatype datatype,
   * MPI_Request *request)}, MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param offset where, in elements of the view
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param request the address of the request
   */
  public static void ireadAtAll(
      long fh, long offset, long buf, long count, long datatype, long request) {
    try {
      if (count == (int) count) {
        IREAD_AT_ALL.check(
            (int)
                IREAD_AT_ALL.handle().invokeExact(fh, offset, buf, (int) count, datatype, request));
      } else {
        Large.IREAD_AT_ALL.check(
            (int)
                Large.IREAD_AT_ALL.handle().invokeExact(fh, offset, buf, count, datatype, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, void *buf, int count, MPI_Datatype datatype, MPI_Status *status)},
   * MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param status the address for the status, or the value that ignores it
   */
  public static void read(long fh, long buf, long count, long datatype, long status) {
    try {
      if (count == (int) count) {
        READ.check((int) READ.handle().invokeExact(fh, buf, (int) count, datatype, status));
      } else {
        Large.READ.check((int) Large.READ.handle().invokeExact(fh, buf, count, datatype, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, void *buf, int count, MPI_Datatype datatype, MPI_Status *status)},
   * MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param status the address for the status, or the value that ignores it
   */
  public static void readAll(long fh, long buf, long count, long datatype, long status) {
    try {
      if (count == (int) count) {
        READ_ALL.check((int) READ_ALL.handle().invokeExact(fh, buf, (int) count, datatype, status));
      } else {
        Large.READ_ALL.check(
            (int) Large.READ_ALL.handle().invokeExact(fh, buf, count, datatype, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, void *buf, int count, MPI_Datatype datatype, MPI_Request *request)},
   * MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param request the address of the request
   */
  public static void iread(long fh, long buf, long count, long datatype, long request) {
    try {
      if (count == (int) count) {
        IREAD.check((int) IREAD.handle().invokeExact(fh, buf, (int) count, datatype, request));
      } else {
        Large.IREAD.check(
            (int) Large.IREAD.handle().invokeExact(fh, buf, count, datatype, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, void *buf, int count, MPI_Datatype datatype, MPI_Request *request)},
   * MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param request the address of the request
   */
  public static void ireadAll(long fh, long buf, long count, long datatype, long request) {
    try {
      if (count == (int) count) {
        IREAD_ALL.check(
            (int) IREAD_ALL.handle().invokeExact(fh, buf, (int) count, datatype, request));
      } else {
        Large.IREAD_ALL.check(
            (int) Large.IREAD_ALL.handle().invokeExact(fh, buf, count, datatype, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, void *buf, int count, MPI_Datatype datatype, MPI_Status *status)},
   * MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param status the address for the status, or the value that ignores it
   */
  public static void readShared(long fh, long buf, long count, long datatype, long status) {
    try {
      if (count == (int) count) {
        READ_SHARED.check(
            (int) READ_SHARED.handle().invokeExact(fh, buf, (int) count, datatype, status));
      } else {
        Large.READ_SHARED.check(
            (int) Large.READ_SHARED.handle().invokeExact(fh, buf, count, datatype, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, void *buf, int count, MPI_Datatype datatype, MPI_Request *request)},
   * MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param request the address of the request
   */
  public static void ireadShared(long fh, long buf, long count, long datatype, long request) {
    try {
      if (count == (int) count) {
        IREAD_SHARED.check(
            (int) IREAD_SHARED.handle().invokeExact(fh, buf, (int) count, datatype, request));
      } else {
        Large.IREAD_SHARED.check(
            (int) Large.IREAD_SHARED.handle().invokeExact(fh, buf, count, datatype, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (MPI_File fh, void *buf, int count, MPI_Datatype datatype, MPI_Status *status)},
   * MPI-4.0 section 14.4; its large-count form past 2^31-1.
   *
   * @param fh the file
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param status the address for the status, or the value that ignores it
   */
  public static void readOrdered(long fh, long buf, long count, long datatype, long status) {
    try {
      if (count == (int) count) {
        READ_ORDERED.check(
            (int) READ_ORDERED.handle().invokeExact(fh, buf, (int) count, datatype, status));
      } else {
        Large.READ_ORDERED.check(
            (int) Large.READ_ORDERED.handle().invokeExact(fh, buf, count, datatype, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction READ_AT =
        MpiFunction.of("MPI_File_read_at_c", HANDLE, LONG, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction READ_AT_ALL =
        MpiFunction.of("MPI_File_read_at_all_c", HANDLE, LONG, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction IREAD_AT =
        MpiFunction.of("MPI_File_iread_at_c", HANDLE, LONG, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction IREAD_AT_ALL =
        MpiFunction.of("MPI_File_iread_at_all_c", HANDLE, LONG, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction READ =
        MpiFunction.of("MPI_File_read_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction READ_ALL =
        MpiFunction.of("MPI_File_read_all_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction IREAD =
        MpiFunction.of("MPI_File_iread_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction IREAD_ALL =
        MpiFunction.of("MPI_File_iread_all_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction READ_SHARED =
        MpiFunction.of("MPI_File_read_shared_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction IREAD_SHARED =
        MpiFunction.of("MPI_File_iread_shared_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private static final MpiFunction READ_ORDERED =
        MpiFunction.of("MPI_File_read_ordered_c", HANDLE, POINTER, LONG, HANDLE, POINTER);

    private Large() {}
  }
}
