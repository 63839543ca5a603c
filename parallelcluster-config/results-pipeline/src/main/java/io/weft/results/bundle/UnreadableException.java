package io.weft.results.bundle;

import java.io.IOException;

/** A bundle cannot be read, which may be the storage's fault and pass. */
public final class UnreadableException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what happened.
   *
   * @param what cannot be read
   * @param cause why
   */
  public UnreadableException(String what, IOException cause) {
    super("cannot read " + what + ": " + cause, cause);
  }
}
