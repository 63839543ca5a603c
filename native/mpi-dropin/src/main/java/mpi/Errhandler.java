package mpi;

import io.weft.mpi.ffm.MpiErrorClass;

/** What is done about errors (MPI-4.0 section 9.3). */
public final class Errhandler {
  /** In place of a handle that the library does not have. */
  static final long NONE = 0;

  final long handle;

  long handle(String function) throws MPIException {
    State.check(function);
    if (handle == NONE) {
      throw Errors.argument(
          function,
          MpiErrorClass.MPI_ERR_UNSUPPORTED_OPERATION,
          "this library has no MPI_ERRORS_ABORT that works; MPI-4.0 brought it");
    }
    return handle;
  }

  Errhandler(long handle) {
    this.handle = handle;
  }
}
