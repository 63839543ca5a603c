package mpi;

/** MPI refused, or an argument is wrong. */
public final class MPIException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What MPI returned. */
  private final int errorCode;

  /** The class of it. */
  private final int errorClass;

  /**
   * Makes one that comes from no error of MPI's.
   *
   * @param message what is wrong
   */
  public MPIException(String message) {
    super(message);
    this.errorCode = 0;
    this.errorClass = 0;
  }

  /**
   * Makes one that comes from no error of MPI's.
   *
   * @param cause what was thrown
   */
  public MPIException(Throwable cause) {
    super(cause);
    this.errorCode = 0;
    this.errorClass = 0;
  }

  MPIException(int errorCode, int errorClass, String message, Throwable cause) {
    super(message, cause);
    this.errorCode = errorCode;
    this.errorClass = errorClass;
  }

  /**
   * What MPI returned; MPICH's codes carry more than their class.
   *
   * @return the code, or 0 if the error is not MPI's
   */
  public int getErrorCode() {
    return errorCode;
  }

  /**
   * The class that the code belongs to, {@code MPI_Error_class}.
   *
   * @return such as {@link MPI#ERR_TRUNCATE}, or 0 if the error is not MPI's
   */
  public int getErrorClass() {
    return errorClass;
  }
}
