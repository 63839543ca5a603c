package io.weft.comm;

/** A message could not be carried; says what failed, with the library's own text. */
public class CommunicatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message what failed, where, and what to do
   */
  public CommunicatorException(String message) {
    super(message);
  }

  /**
   * Makes one.
   *
   * @param message what failed, where, and what to do
   * @param cause the library's error
   */
  public CommunicatorException(String message, Throwable cause) {
    super(message, cause);
  }
}
