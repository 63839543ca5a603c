package io.weft.mpi.ffm;

import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Requests of the program's own (MPI-4.0 section 13.2). Every method checks the code that the C
 * function returns and throws {@link io.weft.mpi.MpiException}; a function that the library lacks,
 * {@link UnsupportedOperationException}.
 */
public final class MpiGeneralizedRequests {
  private static final MpiFunction GREQUEST_START =
      MpiFunction.of("MPI_Grequest_start", POINTER, POINTER, POINTER, POINTER, POINTER);

  private static final MpiFunction GREQUEST_COMPLETE =
      MpiFunction.of("MPI_Grequest_complete", HANDLE);

  private MpiGeneralizedRequests() {}

  /**
   * {@code int (MPI_Grequest_query_function *query_fn, MPI_Grequest_free_function *free_fn,
   * MPI_Grequest_cancel_function *cancel_fn, void *extra_state, MPI_Request *request)}, MPI-4.0
   * section 13.2.
   *
   * @param queryFn the address of a function
   * @param freeFn the address of a function
   * @param cancelFn the address of a function
   * @param extraState what they get
   * @param request the address of the request
   */
  public static void start(
      long queryFn, long freeFn, long cancelFn, long extraState, long request) {
    try {
      GREQUEST_START.check(
          (int)
              GREQUEST_START.handle().invokeExact(queryFn, freeFn, cancelFn, extraState, request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Request request)}, MPI-4.0 section 13.2.
   *
   * @param request the request
   */
  public static void complete(long request) {
    try {
      GREQUEST_COMPLETE.check((int) GREQUEST_COMPLETE.handle().invokeExact(request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
