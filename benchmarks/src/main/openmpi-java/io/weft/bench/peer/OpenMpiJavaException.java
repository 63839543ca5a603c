package io.weft.bench.peer;

import mpi.MPIException;

/** The bindings' checked exception, where none may be thrown. */
final class OpenMpiJavaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OpenMpiJavaException(MPIException cause) {
    super(cause.getMessage(), cause);
  }
}
