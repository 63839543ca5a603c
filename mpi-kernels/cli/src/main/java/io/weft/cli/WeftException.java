package io.weft.cli;

/** Ends the command with a message for its user and an exit status, without a stack trace. */
public final class WeftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The exit status. */
  private final int status;

  /**
   * Ends the command.
   *
   * @param status one of {@link ExitStatus}
   * @param message what, where, and what to do
   */
  public WeftException(int status, String message) {
    super(message);
    this.status = status;
  }

  /**
   * The exit status.
   *
   * @return one of {@link ExitStatus}
   */
  public int status() {
    return status;
  }
}
