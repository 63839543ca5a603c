package io.weft.launch;

/** Ranks cannot be started as asked; the message says what is missing and what to do. */
public final class LaunchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message what was looked for, what was found, what to do
   */
  public LaunchException(String message) {
    super(message);
  }
}
