package io.weft.mpi;

/** There is no usable libmpi; the message ends with what mends it. */
public final class MpiUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message what was looked for, what was found, what to do
   */
  public MpiUnavailableException(String message) {
    super(message);
  }
}
