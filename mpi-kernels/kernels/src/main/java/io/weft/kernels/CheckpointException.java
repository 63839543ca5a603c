package io.weft.kernels;

/** A checkpoint that cannot be written, or none to continue from: says where, why, what to do. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Makes one.
   *
   * @param message for the user
   * @param cause may be null
   */
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
