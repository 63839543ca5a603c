package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Starting, ending and asking about libmpi (MPI-4.0 chapters 9 and 11). Every method checks the
 * code that the C function returns and throws {@link io.weft.mpi.MpiException}.
 */
public final class MpiEnvironment {
  private static final MpiFunction INIT_THREAD =
      MpiFunction.of("MPI_Init_thread", POINTER, POINTER, INT, POINTER);

  private static final MpiFunction INITIALIZED = MpiFunction.of("MPI_Initialized", POINTER);

  private static final MpiFunction FINALIZE_MPI = MpiFunction.of("MPI_Finalize");

  private static final MpiFunction FINALIZED = MpiFunction.of("MPI_Finalized", POINTER);

  private static final MpiFunction ABORT = MpiFunction.of("MPI_Abort", HANDLE, INT);

  private static final MpiFunction GET_LIBRARY_VERSION =
      MpiFunction.of("MPI_Get_library_version", POINTER, POINTER);

  private static final MpiFunction GET_VERSION =
      MpiFunction.of("MPI_Get_version", POINTER, POINTER);

  private static final MpiFunction GET_PROCESSOR_NAME =
      MpiFunction.of("MPI_Get_processor_name", POINTER, POINTER);

  private static final MpiFunction INIT = MpiFunction.of("MPI_Init", POINTER, POINTER);

  private static final MpiFunction.OfDouble WTIME = MpiFunction.ofDouble("MPI_Wtime");

  private static final MpiFunction.OfDouble WTICK = MpiFunction.ofDouble("MPI_Wtick");

  private MpiEnvironment() {}

  /**
   * {@code int (int *argc, char ***argv)}, MPI-4.0 section 11.2.1.
   *
   * @param argc 0
   * @param argv 0
   */
  public static void init(long argc, long argv) {
    try {
      INIT.check((int) INIT.handle().invokeExact(argc, argv));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code double (void)}, MPI-4.0 section 9.6.
   *
   * @return seconds since some time in the past
   */
  public static double wtime() {
    try {
      return (double) WTIME.handle().invokeExact();
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code double (void)}, MPI-4.0 section 9.6.
   *
   * @return seconds between two ticks of {@link #wtime}
   */
  public static double wtick() {
    try {
      return (double) WTICK.handle().invokeExact();
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int *argc, char ***argv, int required, int *provided)}, MPI-4.0 section 11.6.2.
   *
   * @param argc 0: no arguments are passed
   * @param argv 0: no arguments are passed
   * @param required the thread level asked for
   * @param provided the address of the level given
   */
  public static void initThread(long argc, long argv, int required, long provided) {
    try {
      INIT_THREAD.check((int) INIT_THREAD.handle().invokeExact(argc, argv, required, provided));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "required", required);
    }
  }

  /**
   * {@code int (int *flag)}, MPI-4.0 section 11.4.1.
   *
   * @param flag the address of the answer
   */
  public static void initialized(long flag) {
    try {
      INITIALIZED.check((int) INITIALIZED.handle().invokeExact(flag));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** {@code int (void)}, MPI-4.0 section 11.2.2. */
  public static void finalizeMpi() {
    try {
      FINALIZE_MPI.check((int) FINALIZE_MPI.handle().invokeExact());
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int *flag)}, MPI-4.0 section 11.4.1.
   *
   * @param flag the address of the answer
   */
  public static void finalized(long flag) {
    try {
      FINALIZED.check((int) FINALIZED.handle().invokeExact(flag));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int errorcode)}, MPI-4.0 section 9.7.
   *
   * @param comm the communicator
   * @param errorcode the job's exit status
   */
  public static void abort(long comm, int errorcode) {
    try {
      ABORT.check((int) ABORT.handle().invokeExact(comm, errorcode));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "errorcode", errorcode);
    }
  }

  /**
   * {@code int (char *version, int *resultlen)}, MPI-4.0 section 9.1.1.
   *
   * @param version the address of the answer
   * @param resultlen the address of its length
   */
  public static void getLibraryVersion(long version, long resultlen) {
    try {
      GET_LIBRARY_VERSION.check((int) GET_LIBRARY_VERSION.handle().invokeExact(version, resultlen));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int *version, int *subversion)}, MPI-4.0 section 9.1.1.
   *
   * @param version the address of the answer
   * @param subversion the address of the second number
   */
  public static void getVersion(long version, long subversion) {
    try {
      GET_VERSION.check((int) GET_VERSION.handle().invokeExact(version, subversion));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (char *name, int *resultlen)}, MPI-4.0 section 9.1.2.
   *
   * @param name the address of the answer
   * @param resultlen the address of its length
   */
  public static void getProcessorName(long name, long resultlen) {
    try {
      GET_PROCESSOR_NAME.check((int) GET_PROCESSOR_NAME.handle().invokeExact(name, resultlen));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
