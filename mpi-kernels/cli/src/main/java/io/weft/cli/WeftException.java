package io.weft.cli;

/** Ends the command with a message for its user and an exit status, without a stack trace. */
final class WeftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The exit status. */
  private final int status;

  WeftException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
