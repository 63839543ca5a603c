package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * What a status holds, and buffers of buffered sends (MPI-4.0 sections 3.2.5 and 3.6). Every method
 * checks the code that the C function returns and throws {@link io.weft.mpi.MpiException}; a
 * function that the library lacks, {@link UnsupportedOperationException}.
 */
public final class MpiStatuses {
  private static final MpiFunction GET_ELEMENTS =
      MpiFunction.of("MPI_Get_elements", POINTER, HANDLE, POINTER);

  private static final MpiFunction GET_ELEMENTS_X =
      MpiFunction.of("MPI_Get_elements_x", POINTER, HANDLE, POINTER);

  private static final MpiFunction STATUS_SET_ELEMENTS_X =
      MpiFunction.of("MPI_Status_set_elements_x", POINTER, HANDLE, LONG);

  private static final MpiFunction STATUS_SET_CANCELLED =
      MpiFunction.of("MPI_Status_set_cancelled", POINTER, INT);

  private static final MpiFunction BUFFER_ATTACH =
      MpiFunction.of("MPI_Buffer_attach", POINTER, INT);

  private static final MpiFunction BUFFER_DETACH =
      MpiFunction.of("MPI_Buffer_detach", POINTER, POINTER);

  private static final MpiFunction STATUS_SET_ELEMENTS =
      MpiFunction.of("MPI_Status_set_elements", POINTER, HANDLE, INT);

  private MpiStatuses() {}

  /**
   * {@code int (MPI_Status *status, MPI_Datatype datatype, int count)}, MPI-4.0 section 13.3.
   *
   * @param status the address of the status
   * @param datatype the type
   * @param count basic elements
   */
  public static void statusSetElements(long status, long datatype, int count) {
    try {
      STATUS_SET_ELEMENTS.check(
          (int) STATUS_SET_ELEMENTS.handle().invokeExact(status, datatype, count));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (const MPI_Status *status, MPI_Datatype datatype, int *count)}, MPI-4.0 section
   * 5.1.11.
   *
   * @param status the address for the status, or the value that ignores it
   * @param datatype their type
   * @param count elements
   */
  public static void getElements(long status, long datatype, long count) {
    try {
      GET_ELEMENTS.check((int) GET_ELEMENTS.handle().invokeExact(status, datatype, count));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const MPI_Status *status, MPI_Datatype datatype, MPI_Count *count)}, MPI-4.0
   * section 5.1.11.
   *
   * @param status the address for the status, or the value that ignores it
   * @param datatype their type
   * @param count elements
   */
  public static void getElementsX(long status, long datatype, long count) {
    try {
      GET_ELEMENTS_X.check((int) GET_ELEMENTS_X.handle().invokeExact(status, datatype, count));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Status *status, MPI_Datatype datatype, MPI_Count count)}, MPI-4.0 section 13.3.
   *
   * @param status the address for the status, or the value that ignores it
   * @param datatype their type
   * @param count elements
   */
  public static void statusSetElementsX(long status, long datatype, long count) {
    try {
      STATUS_SET_ELEMENTS_X.check(
          (int) STATUS_SET_ELEMENTS_X.handle().invokeExact(status, datatype, count));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Status *status, int flag)}, MPI-4.0 section 13.3.
   *
   * @param status the address for the status, or the value that ignores it
   * @param flag the address for the answer
   */
  public static void statusSetCancelled(long status, int flag) {
    try {
      STATUS_SET_CANCELLED.check((int) STATUS_SET_CANCELLED.handle().invokeExact(status, flag));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "flag", flag);
    }
  }

  /**
   * {@code int (void *buffer, int size)}, MPI-4.0 section 3.6; its large-count form past 2^31-1.
   *
   * @param buffer the buffer's address
   * @param size the size
   */
  public static void bufferAttach(long buffer, long size) {
    try {
      if (size == (int) size) {
        BUFFER_ATTACH.check((int) BUFFER_ATTACH.handle().invokeExact(buffer, (int) size));
      } else {
        Large.BUFFER_ATTACH.check((int) Large.BUFFER_ATTACH.handle().invokeExact(buffer, size));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "size", size);
    }
  }

  /**
   * {@code int (void *buffer_addr, int *size)}, MPI-4.0 section 3.6.
   *
   * @param bufferAddr {@code buffer_addr} of the C function
   * @param size the size
   */
  public static void bufferDetach(long bufferAddr, long size) {
    try {
      BUFFER_DETACH.check((int) BUFFER_DETACH.handle().invokeExact(bufferAddr, size));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction BUFFER_ATTACH =
        MpiFunction.of("MPI_Buffer_attach_c", POINTER, LONG);

    private Large() {}
  }
}
