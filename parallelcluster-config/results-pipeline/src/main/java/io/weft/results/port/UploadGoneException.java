package io.weft.results.port;

import java.io.IOException;

/** The upload was completed or ended by somebody else. */
public final class UploadGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says which.
   *
   * @param key of the object
   */
  public UploadGoneException(String key) {
    super("the upload of " + key + " was completed or ended by somebody else");
  }
}
