package io.weft.results.catalog;

import io.weft.results.Refused;
import io.weft.results.event.BucketKeys;
import io.weft.results.port.CatalogRecord;
import io.weft.results.port.CatalogStore;
import io.weft.results.port.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/**
 * Brings changes of manifests into the catalog. What comes late changes nothing, what comes twice
 * neither; a removal leaves a tombstone, so that a creation before it that comes later is known to
 * be before it.
 */
public final class CatalogKeeper {
  private final CatalogStore catalog;
  private final Summaries summaries;
  private final ObjectStore objects;

  /**
   * Keeps a catalog.
   *
   * @param catalog where
   * @param summaries what is in bundles
   * @param objects the bucket
   */
  public CatalogKeeper(CatalogStore catalog, Summaries summaries, ObjectStore objects) {
    this.catalog = catalog;
    this.summaries = summaries;
    this.objects = objects;
  }

  /**
   * Brings in the changes of a message.
   *
   * @param text the message
   * @throws Refused if it is none, or one of its objects is no bundle's; the others are brought in
   * @throws IOException if table or bucket cannot be reached; can be done again
   */
  public void apply(String text) throws IOException, Refused {
    Refused first = null;
    for (ObjectChange change : ObjectChanges.parse(text)) {
      try {
        apply(change);
      } catch (Refused refused) {
        first = first == null ? refused : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void apply(ObjectChange change) throws IOException, Refused {
    if (BucketKeys.idOfManifest(change.key()).isEmpty() || isLate(change)) {
      return;
    }
    if (!change.created()) {
      // Versions that readers did not see any more are removed too, and change nothing.
      if (!change.ofVersion() || objects.head(change.key()).isEmpty()) {
        catalog.putIfLater(new CatalogRecord(change.key(), change.sequencer(), null));
      }
      return;
    }
    Optional<String> summary = summaries.of(change.key());
    // Without one it was removed since, and the removal comes too.
    if (summary.isPresent()) {
      catalog.putIfLater(new CatalogRecord(change.key(), change.sequencer(), summary.get()));
    }
  }

  /** Saves reading the bundle; the store compares again. */
  private boolean isLate(ObjectChange change) throws IOException {
    Optional<CatalogRecord> there = catalog.get(change.key());
    return there.isPresent() && there.get().sequencer().compareTo(change.sequencer()) >= 0;
  }
}
