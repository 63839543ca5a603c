package io.weft.bench.peer;

/** A cell cannot be filled here; the message says why, for a reader. */
public final class AbsentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Makes one.
   *
   * @param reason why
   */
  public AbsentException(String reason) {
    super(reason);
  }
}
