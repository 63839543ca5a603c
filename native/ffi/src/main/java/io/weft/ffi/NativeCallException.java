package io.weft.ffi;

/** A call of the C library failed. */
public final class NativeCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The {@code errno} it left. */
  private final int errno;

  /**
   * Makes one.
   *
   * @param function the C function's name
   * @param errno what it left in {@code errno}
   * @param text the C library's text for it
   */
  public NativeCallException(String function, int errno, String text) {
    super(function + " failed: " + text + " (errno " + errno + ")");
    this.errno = errno;
  }

  /**
   * The error's number.
   *
   * @return {@code errno}
   */
  public int errno() {
    return errno;
  }
}
