package io.weft.ffi;

/** What to do with the {@code Throwable} that {@code MethodHandle.invokeExact} declares. */
public final class Unchecked {
  private Unchecked() {}

  /**
   * Throws an unchecked exception or error as it is; a checked one, which no downcall throws, is
   * wrapped.
   *
   * @param thrown what a call through a method handle threw
   * @return never; declared so that callers can write {@code throw Unchecked.rethrow(t)}
   */
  public static RuntimeException rethrow(Throwable thrown) {
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException("a downcall threw a checked exception", thrown);
  }
}
