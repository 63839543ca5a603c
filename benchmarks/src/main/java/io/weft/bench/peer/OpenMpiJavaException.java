package io.weft.bench.peer;

import mpi.MPIException;

/** The bindings' checked exception, where none may be thrown. */
public final class OpenMpiJavaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Wraps it.
   *
   * @param cause what the bindings threw
   */
  public OpenMpiJavaException(MPIException cause) {
    super(cause.getMessage(), cause);
  }
}
