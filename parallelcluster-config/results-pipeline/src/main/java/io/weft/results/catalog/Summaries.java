package io.weft.results.catalog;

import io.weft.results.Refused;
import java.io.IOException;
import java.util.Optional;

/** Says what the bundle of a manifest holds. */
public interface Summaries {
  /**
   * Summarises a bundle.
   *
   * @param key of its manifest
   * @return JSON; nothing if the manifest is not there any more
   * @throws Refused if what is there is no bundle of the pipeline
   * @throws IOException if the bucket cannot be asked
   */
  Optional<String> of(String key) throws IOException, Refused;
}
