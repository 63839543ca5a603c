package io.weft.results.port;

/**
 * What the catalog knows of a key in the bucket.
 *
 * @param key the key of a bundle's manifest
 * @param sequencer of the last change, padded so that texts compare as changes do
 * @param summary what the bundle holds, as JSON; null for a tombstone: the object was removed
 */
public record CatalogRecord(String key, String sequencer, String summary) {
  /**
   * Says whether the object is there.
   *
   * @return false for a tombstone
   */
  public boolean isPresent() {
    return summary != null;
  }
}
