package io.weft.ffi;

/** A library or a symbol is not there. */
public final class NativeLibraryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message what was looked for and what the dynamic linker said
   */
  public NativeLibraryException(String message) {
    super(message);
  }
}
