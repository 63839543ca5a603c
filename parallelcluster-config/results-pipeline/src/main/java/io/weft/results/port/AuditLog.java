package io.weft.results.port;

import java.io.IOException;

/** Where what was announced is written down: once each, never changed, never removed. */
public interface AuditLog {
  /**
   * Writes an entry down if there is none.
   *
   * @param key where, below the audit's prefix
   * @param content its content
   * @return false if there is one already
   * @throws IOException if it cannot be written
   */
  boolean append(String key, byte[] content) throws IOException;
}
