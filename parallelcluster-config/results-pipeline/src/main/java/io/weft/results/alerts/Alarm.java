package io.weft.results.alerts;

import java.io.IOException;

/** How people are told. */
public interface Alarm {
  /**
   * Tells them.
   *
   * @param id of what happened: the same each time it is told, if it is told again
   * @param subject in one line
   * @param text of several
   * @throws IOException if they cannot be told now
   */
  void tell(String id, String subject, String text) throws IOException;
}
