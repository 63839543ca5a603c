package io.weft.mpi.ffm;

import static io.weft.ffi.CType.POINTER;

import io.weft.ffi.Unchecked;

/**
 * Which thread may call (MPI-4.0 section 11.6). Every method checks the code that the C function
 * returns and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiThreads {
  private static final MpiFunction IS_THREAD_MAIN = MpiFunction.of("MPI_Is_thread_main", POINTER);

  private static final MpiFunction QUERY_THREAD = MpiFunction.of("MPI_Query_thread", POINTER);

  private MpiThreads() {}

  /**
   * {@code int (int *flag)}, MPI-4.0 section 11.6.
   *
   * @param flag the address for the answer
   */
  public static void isThreadMain(long flag) {
    try {
      IS_THREAD_MAIN.check((int) IS_THREAD_MAIN.handle().invokeExact(flag));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int *provided)}, MPI-4.0 section 11.6.
   *
   * @param provided {@code provided} of the C function
   */
  public static void queryThread(long provided) {
    try {
      QUERY_THREAD.check((int) QUERY_THREAD.handle().invokeExact(provided));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
