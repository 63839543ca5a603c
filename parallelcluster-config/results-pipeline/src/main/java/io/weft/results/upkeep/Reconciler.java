package io.weft.results.upkeep;

import io.weft.results.Refused;
import io.weft.results.bundle.BundleTree;
import io.weft.results.bundle.UnreadableException;
import io.weft.results.catalog.BucketSummaries;
import io.weft.results.catalog.Sequencer;
import io.weft.results.event.BucketKeys;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.Announcer;
import io.weft.results.hook.RunReader;
import io.weft.results.port.CatalogRecord;
import io.weft.results.port.CatalogStore;
import io.weft.results.port.ObjectStore;
import io.weft.results.port.Site;
import io.weft.results.ship.BundleShipper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Compares bundles on disk, bucket and catalog, and brings back what is missing in any of them: a
 * bundle that is not in the bucket is announced again, whether a message waits for it or not; a
 * file that is missing beside its manifest is put back; the catalog is made to say what the bucket
 * has.
 */
public final class Reconciler {
  private final Site site;
  private final Announcer announcer;
  private final BundleShipper shipper;
  private final Consumer<String> say;
  private final Outcome outcome = new Outcome();

  /**
   * Makes one for one use.
   *
   * @param site what to compare
   * @param shipper what puts files back
   * @param say gets a line for each thing found
   */
  public Reconciler(Site site, BundleShipper shipper, Consumer<String> say) {
    this.site = site;
    this.announcer = new Announcer(site, null, false);
    this.shipper = shipper;
    this.say = say;
  }

  /** What was found and done. */
  public static final class Outcome {
    private int bundles;
    private int announced;
    private int putBack;
    private int catalogued;
    private int buried;
    private int broken;

    private Outcome() {}

    /**
     * Bundles on disk.
     *
     * @return how many
     */
    public int bundles() {
      return bundles;
    }

    /**
     * Bundles that were not in the bucket and are announced again.
     *
     * @return how many
     */
    public int announced() {
      return announced;
    }

    /**
     * Bundles of which files were missing in the bucket, and are there again.
     *
     * @return how many
     */
    public int putBack() {
      return putBack;
    }

    /**
     * Manifests in the bucket that the catalog did not know, and knows now.
     *
     * @return how many
     */
    public int catalogued() {
      return catalogued;
    }

    /**
     * Records of the catalog whose manifest is not in the bucket, and that are tombstones now.
     *
     * @return how many
     */
    public int buried() {
      return buried;
    }

    /**
     * What somebody has to look at: no bundle, one that cannot be read, or something else in its
     * place.
     *
     * @return how many
     */
    public int broken() {
      return broken;
    }

    @Override
    public String toString() {
      return "%d bundles on disk; announced %d, put back %d, catalogued %d, buried %d, broken %d"
          .formatted(bundles, announced, putBack, catalogued, buried, broken);
    }
  }

  /**
   * Compares.
   *
   * @param root where bundles are on disk
   * @return what was found and done
   * @throws IOException if a place cannot be reached; can be done again
   * @throws InterruptedException if the thread is told to end
   */
  public Outcome reconcile(Path root) throws IOException, InterruptedException {
    for (Path folder : BundleTree.find(root)) {
      outcome.bundles++;
      try {
        bundle(RunReader.read(folder, null));
      } catch (Refused | UnreadableException wrong) {
        // One that cannot be read holds up no other.
        broken(folder + ": " + wrong.getMessage());
      }
    }
    Set<String> manifests = catalogue();
    bury(manifests);
    return outcome;
  }

  private void bundle(RunEvent event) throws IOException, Refused, InterruptedException {
    Placement placement = Placement.of(event, site.objects());
    if (!placement.different().isEmpty()) {
      broken(event.bundle() + ": something else is in the bucket as " + placement.different());
    } else if (!placement.manifest()) {
      // Another id than before: the topic would drop what it had some minutes ago.
      announcer.publish(event, event.id() + "-" + UUID.randomUUID().toString().substring(0, 8));
      outcome.announced++;
      say.accept(event.bundle() + ": not in the bucket; announced again");
    } else if (!placement.absent().isEmpty()) {
      shipper.putBack(event);
      outcome.putBack++;
      say.accept(event.bundle() + ": put back into the bucket: " + placement.absent());
    }
  }

  private void broken(String what) {
    outcome.broken++;
    say.accept(what);
  }

  /** Brings what the bucket has into the catalog; gives the keys of the bucket's manifests. */
  private Set<String> catalogue() throws IOException {
    ObjectStore objects = site.objects();
    CatalogStore catalog = site.catalog();
    Set<String> keys = new HashSet<>();
    objects.list(
        BucketKeys.RUNS,
        key -> {
          if (BucketKeys.idOfManifest(key).isPresent()) {
            keys.add(key);
          }
        });
    BucketSummaries summaries = new BucketSummaries(objects);
    for (String key : keys) {
      Optional<CatalogRecord> there = catalog.get(key);
      if (there.isPresent() && there.get().isPresent()) {
        continue;
      }
      try {
        Optional<String> summary = summaries.of(key);
        String sequencer =
            there.isPresent() ? Sequencer.justAfter(there.get().sequencer()) : Sequencer.FIRST;
        if (summary.isPresent()
            && catalog.putIfLater(new CatalogRecord(key, sequencer, summary.get()))) {
          outcome.catalogued++;
          say.accept(key + ": catalogued");
        }
      } catch (Refused refused) {
        broken(refused.getMessage());
      }
    }
    return keys;
  }

  private void bury(Set<String> manifests) throws IOException {
    List<CatalogRecord> gone = new ArrayList<>();
    site.catalog()
        .forEach(
            record -> {
              if (record.isPresent() && !manifests.contains(record.key())) {
                gone.add(record);
              }
            });
    for (CatalogRecord record : gone) {
      // It may have come since the bucket was listed.
      if (site.objects().head(record.key()).isEmpty()
          && site.catalog()
              .putIfLater(
                  new CatalogRecord(record.key(), Sequencer.justAfter(record.sequencer()), null))) {
        outcome.buried++;
        say.accept(record.key() + ": not in the bucket; the catalog knows now");
      }
    }
  }
}
