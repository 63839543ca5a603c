package io.weft.results.port;

import java.io.IOException;

/**
 * Whoever was asked has answered, and said no: access denied, no such bucket, a request that it
 * does not take. Waiting does not mend that, a person does; what is away throws another {@link
 * IOException}.
 */
public final class RejectedException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what was refused.
   *
   * @param message what was asked of whom, and its answer
   * @param cause the answer
   */
  public RejectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
