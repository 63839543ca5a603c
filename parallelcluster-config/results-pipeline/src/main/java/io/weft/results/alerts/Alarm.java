package io.weft.results.alerts;

import java.io.IOException;

/** How people are told. */
public interface Alarm {
  /**
   * Tells them.
   *
   * @param subject in one line
   * @param text of several
   * @throws IOException if they cannot be told now
   */
  void tell(String subject, String text) throws IOException;
}
