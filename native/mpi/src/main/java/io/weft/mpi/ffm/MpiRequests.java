package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Completing what was started (MPI-4.0 sections 3.7 and 3.9). Every method checks the code that the
 * C function returns and throws {@link io.weft.mpi.MpiException}; a function that the library
 * lacks, {@link UnsupportedOperationException}.
 */
public final class MpiRequests {
  private static final MpiFunction WAIT = MpiFunction.of("MPI_Wait", POINTER, POINTER);

  private static final MpiFunction TEST = MpiFunction.of("MPI_Test", POINTER, POINTER, POINTER);

  private static final MpiFunction FREE = MpiFunction.of("MPI_Request_free", POINTER);

  private static final MpiFunction GET_STATUS =
      MpiFunction.of("MPI_Request_get_status", HANDLE, POINTER, POINTER);

  private static final MpiFunction CANCEL = MpiFunction.of("MPI_Cancel", POINTER);

  private static final MpiFunction TEST_CANCELLED =
      MpiFunction.of("MPI_Test_cancelled", POINTER, POINTER);

  private static final MpiFunction WAITALL = MpiFunction.of("MPI_Waitall", INT, POINTER, POINTER);

  private static final MpiFunction TESTALL =
      MpiFunction.of("MPI_Testall", INT, POINTER, POINTER, POINTER);

  private static final MpiFunction WAITANY =
      MpiFunction.of("MPI_Waitany", INT, POINTER, POINTER, POINTER);

  private static final MpiFunction TESTANY =
      MpiFunction.of("MPI_Testany", INT, POINTER, POINTER, POINTER, POINTER);

  private static final MpiFunction WAITSOME =
      MpiFunction.of("MPI_Waitsome", INT, POINTER, POINTER, POINTER, POINTER);

  private static final MpiFunction TESTSOME =
      MpiFunction.of("MPI_Testsome", INT, POINTER, POINTER, POINTER, POINTER);

  private static final MpiFunction START = MpiFunction.of("MPI_Start", POINTER);

  private static final MpiFunction STARTALL = MpiFunction.of("MPI_Startall", INT, POINTER);

  private MpiRequests() {}

  /**
   * {@code int (MPI_Request *request, MPI_Status *status)}, MPI-4.0 section 3.7.3.
   *
   * @param request the address of the request
   * @param status the address for the status, or the value that ignores it
   */
  public static void await(long request, long status) {
    try {
      WAIT.check((int) WAIT.handle().invokeExact(request, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Request *request, int *flag, MPI_Status *status)}, MPI-4.0 section 3.7.3.
   *
   * @param request the address of the request
   * @param flag the address for the answer
   * @param status the address for the status, or the value that ignores it
   */
  public static void test(long request, long flag, long status) {
    try {
      TEST.check((int) TEST.handle().invokeExact(request, flag, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Request *request)}, MPI-4.0 section 3.7.3.
   *
   * @param request the address of the request
   */
  public static void free(long request) {
    try {
      FREE.check((int) FREE.handle().invokeExact(request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Request request, int *flag, MPI_Status *status)}, MPI-4.0 section 3.7.6.
   *
   * @param request the address of the request
   * @param flag the address for the answer
   * @param status the address for the status, or the value that ignores it
   */
  public static void getStatus(long request, long flag, long status) {
    try {
      GET_STATUS.check((int) GET_STATUS.handle().invokeExact(request, flag, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Request *request)}, MPI-4.0 section 3.8.4.
   *
   * @param request the address of the request
   */
  public static void cancel(long request) {
    try {
      CANCEL.check((int) CANCEL.handle().invokeExact(request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const MPI_Status *status, int *flag)}, MPI-4.0 section 3.8.4.
   *
   * @param status the address for the status, or the value that ignores it
   * @param flag the address for the answer
   */
  public static void testCancelled(long status, long flag) {
    try {
      TEST_CANCELLED.check((int) TEST_CANCELLED.handle().invokeExact(status, flag));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int count, MPI_Request array_of_requests[], MPI_Status *array_of_statuses)},
   * MPI-4.0 section 3.7.5.
   *
   * @param count elements
   * @param arrayOfRequests the address of the requests
   * @param arrayOfStatuses the address for the statuses
   */
  public static void waitall(int count, long arrayOfRequests, long arrayOfStatuses) {
    try {
      WAITALL.check((int) WAITALL.handle().invokeExact(count, arrayOfRequests, arrayOfStatuses));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (int count, MPI_Request array_of_requests[], int *flag, MPI_Status
   * *array_of_statuses)}, MPI-4.0 section 3.7.5.
   *
   * @param count elements
   * @param arrayOfRequests the address of the requests
   * @param flag the address for the answer
   * @param arrayOfStatuses the address for the statuses
   */
  public static void testall(int count, long arrayOfRequests, long flag, long arrayOfStatuses) {
    try {
      TESTALL.check(
          (int) TESTALL.handle().invokeExact(count, arrayOfRequests, flag, arrayOfStatuses));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (int count, MPI_Request array_of_requests[], int *indx, MPI_Status *status)},
   * MPI-4.0 section 3.7.5.
   *
   * @param count elements
   * @param arrayOfRequests the address of the requests
   * @param indx the address for the index
   * @param status the address for the status, or the value that ignores it
   */
  public static void waitany(int count, long arrayOfRequests, long indx, long status) {
    try {
      WAITANY.check((int) WAITANY.handle().invokeExact(count, arrayOfRequests, indx, status));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (int count, MPI_Request array_of_requests[], int *indx, int *flag, MPI_Status
   * *status)}, MPI-4.0 section 3.7.5.
   *
   * @param count elements
   * @param arrayOfRequests the address of the requests
   * @param indx the address for the index
   * @param flag the address for the answer
   * @param status the address for the status, or the value that ignores it
   */
  public static void testany(int count, long arrayOfRequests, long indx, long flag, long status) {
    try {
      TESTANY.check((int) TESTANY.handle().invokeExact(count, arrayOfRequests, indx, flag, status));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (int incount, MPI_Request array_of_requests[], int *outcount, int
   * array_of_indices[], MPI_Status *array_of_statuses)}, MPI-4.0 section 3.7.5.
   *
   * @param incount how many
   * @param arrayOfRequests the address of the requests
   * @param outcount the address for how many
   * @param arrayOfIndices the address for the indices
   * @param arrayOfStatuses the address for the statuses
   */
  public static void waitsome(
      int incount, long arrayOfRequests, long outcount, long arrayOfIndices, long arrayOfStatuses) {
    try {
      WAITSOME.check(
          (int)
              WAITSOME
                  .handle()
                  .invokeExact(
                      incount, arrayOfRequests, outcount, arrayOfIndices, arrayOfStatuses));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "incount", incount);
    }
  }

  /**
   * {@code int (int incount, MPI_Request array_of_requests[], int *outcount, int
   * array_of_indices[], MPI_Status *array_of_statuses)}, MPI-4.0 section 3.7.5.
   *
   * @param incount how many
   * @param arrayOfRequests the address of the requests
   * @param outcount the address for how many
   * @param arrayOfIndices the address for the indices
   * @param arrayOfStatuses the address for the statuses
   */
  public static void testsome(
      int incount, long arrayOfRequests, long outcount, long arrayOfIndices, long arrayOfStatuses) {
    try {
      TESTSOME.check(
          (int)
              TESTSOME
                  .handle()
                  .invokeExact(
                      incount, arrayOfRequests, outcount, arrayOfIndices, arrayOfStatuses));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "incount", incount);
    }
  }

  /**
   * {@code int (MPI_Request *request)}, MPI-4.0 section 3.9.
   *
   * @param request the address of the request
   */
  public static void start(long request) {
    try {
      START.check((int) START.handle().invokeExact(request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int count, MPI_Request array_of_requests[])}, MPI-4.0 section 3.9.
   *
   * @param count elements
   * @param arrayOfRequests the address of the requests
   */
  public static void startall(int count, long arrayOfRequests) {
    try {
      STARTALL.check((int) STARTALL.handle().invokeExact(count, arrayOfRequests));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }
}
