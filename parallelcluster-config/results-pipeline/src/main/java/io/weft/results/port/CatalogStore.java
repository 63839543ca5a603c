package io.weft.results.port;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The catalog's table: one record a key, which only a later change replaces. */
public interface CatalogStore {
  /**
   * Stores a record if there is none for its key, or an older one. One step: of two that come at
   * the same time the later change stays.
   *
   * @param record what to store
   * @return false if the record there is of this or a later change
   * @throws IOException if the table cannot be reached
   */
  boolean putIfLater(CatalogRecord record) throws IOException;

  /**
   * Reads a record.
   *
   * @param key of the manifest
   * @return nothing if there was never one
   * @throws IOException if the table cannot be reached
   */
  Optional<CatalogRecord> get(String key) throws IOException;

  /**
   * Reads all records, tombstones too.
   *
   * @param each gets one after the other
   * @throws IOException if the table cannot be reached
   */
  void forEach(Consumer<CatalogRecord> each) throws IOException;
}
