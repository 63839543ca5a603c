package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Error handlers, classes and codes (MPI-4.0 chapter 9). Every method checks the code that the C
 * function returns and throws {@link io.weft.mpi.MpiException}; a function that the library lacks,
 * {@link UnsupportedOperationException}.
 */
public final class MpiErrorHandlers {
  private static final MpiFunction COMM_CREATE_ERRHANDLER =
      MpiFunction.of("MPI_Comm_create_errhandler", POINTER, POINTER);

  private static final MpiFunction WIN_CREATE_ERRHANDLER =
      MpiFunction.of("MPI_Win_create_errhandler", POINTER, POINTER);

  private static final MpiFunction FILE_CREATE_ERRHANDLER =
      MpiFunction.of("MPI_File_create_errhandler", POINTER, POINTER);

  private static final MpiFunction ERRHANDLER_FREE = MpiFunction.of("MPI_Errhandler_free", POINTER);

  private static final MpiFunction COMM_CALL_ERRHANDLER =
      MpiFunction.of("MPI_Comm_call_errhandler", HANDLE, INT);

  private static final MpiFunction WIN_CALL_ERRHANDLER =
      MpiFunction.of("MPI_Win_call_errhandler", HANDLE, INT);

  private static final MpiFunction FILE_CALL_ERRHANDLER =
      MpiFunction.of("MPI_File_call_errhandler", HANDLE, INT);

  private static final MpiFunction ADD_ERROR_CLASS = MpiFunction.of("MPI_Add_error_class", POINTER);

  private static final MpiFunction ADD_ERROR_CODE =
      MpiFunction.of("MPI_Add_error_code", INT, POINTER);

  private static final MpiFunction ADD_ERROR_STRING =
      MpiFunction.of("MPI_Add_error_string", INT, POINTER);

  private MpiErrorHandlers() {}

  /**
   * {@code int (MPI_Comm_errhandler_function *comm_errhandler_fn, MPI_Errhandler *errhandler)},
   * MPI-4.0 section 9.3.
   *
   * @param commErrhandlerFn {@code comm_errhandler_fn} of the C function
   * @param errhandler the error handler
   */
  public static void commCreateErrhandler(long commErrhandlerFn, long errhandler) {
    try {
      COMM_CREATE_ERRHANDLER.check(
          (int) COMM_CREATE_ERRHANDLER.handle().invokeExact(commErrhandlerFn, errhandler));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win_errhandler_function *win_errhandler_fn, MPI_Errhandler *errhandler)},
   * MPI-4.0 section 9.3.
   *
   * @param winErrhandlerFn {@code win_errhandler_fn} of the C function
   * @param errhandler the error handler
   */
  public static void winCreateErrhandler(long winErrhandlerFn, long errhandler) {
    try {
      WIN_CREATE_ERRHANDLER.check(
          (int) WIN_CREATE_ERRHANDLER.handle().invokeExact(winErrhandlerFn, errhandler));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_File_errhandler_function *file_errhandler_fn, MPI_Errhandler *errhandler)},
   * MPI-4.0 section 9.3.
   *
   * @param fileErrhandlerFn {@code file_errhandler_fn} of the C function
   * @param errhandler the error handler
   */
  public static void fileCreateErrhandler(long fileErrhandlerFn, long errhandler) {
    try {
      FILE_CREATE_ERRHANDLER.check(
          (int) FILE_CREATE_ERRHANDLER.handle().invokeExact(fileErrhandlerFn, errhandler));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Errhandler *errhandler)}, MPI-4.0 section 9.3.
   *
   * @param errhandler the error handler
   */
  public static void errhandlerFree(long errhandler) {
    try {
      ERRHANDLER_FREE.check((int) ERRHANDLER_FREE.handle().invokeExact(errhandler));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int errorcode)}, MPI-4.0 section 9.3.
   *
   * @param comm the communicator
   * @param errorcode the code
   */
  public static void commCallErrhandler(long comm, int errorcode) {
    try {
      COMM_CALL_ERRHANDLER.check((int) COMM_CALL_ERRHANDLER.handle().invokeExact(comm, errorcode));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "errorcode", errorcode);
    }
  }

  /**
   * {@code int (MPI_Win win, int errorcode)}, MPI-4.0 section 9.3.
   *
   * @param win the window
   * @param errorcode the code
   */
  public static void winCallErrhandler(long win, int errorcode) {
    try {
      WIN_CALL_ERRHANDLER.check((int) WIN_CALL_ERRHANDLER.handle().invokeExact(win, errorcode));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "errorcode", errorcode);
    }
  }

  /**
   * {@code int (MPI_File fh, int errorcode)}, MPI-4.0 section 9.3.
   *
   * @param fh the file
   * @param errorcode the code
   */
  public static void fileCallErrhandler(long fh, int errorcode) {
    try {
      FILE_CALL_ERRHANDLER.check((int) FILE_CALL_ERRHANDLER.handle().invokeExact(fh, errorcode));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "errorcode", errorcode);
    }
  }

  /**
   * {@code int (int *errorclass)}, MPI-4.0 section 9.5.
   *
   * @param errorclass {@code errorclass} of the C function
   */
  public static void addErrorClass(long errorclass) {
    try {
      ADD_ERROR_CLASS.check((int) ADD_ERROR_CLASS.handle().invokeExact(errorclass));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int errorclass, int *errorcode)}, MPI-4.0 section 9.5.
   *
   * @param errorclass {@code errorclass} of the C function
   * @param errorcode the code
   */
  public static void addErrorCode(int errorclass, long errorcode) {
    try {
      ADD_ERROR_CODE.check((int) ADD_ERROR_CODE.handle().invokeExact(errorclass, errorcode));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "errorclass", errorclass);
    }
  }

  /**
   * {@code int (int errorcode, const char *string)}, MPI-4.0 section 9.5.
   *
   * @param errorcode the code
   * @param string {@code string} of the C function
   */
  public static void addErrorString(int errorcode, long string) {
    try {
      ADD_ERROR_STRING.check((int) ADD_ERROR_STRING.handle().invokeExact(errorcode, string));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "errorcode", errorcode);
    }
  }
}
