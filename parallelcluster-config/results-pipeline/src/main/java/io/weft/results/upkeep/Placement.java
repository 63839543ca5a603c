package io.weft.results.upkeep;

import io.weft.results.Digests;
import io.weft.results.bundle.BundleFile;
import io.weft.results.bundle.Manifest;
import io.weft.results.event.BucketKeys;
import io.weft.results.event.RunEvent;
import io.weft.results.port.ObjectStore;
import io.weft.results.ship.Verifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the bucket has of a bundle.
 *
 * @param manifest whether its manifest is there
 * @param absent its files that are not there
 * @param different its files, and its manifest, in whose place is something else
 */
public record Placement(boolean manifest, List<String> absent, List<String> different) {
  /** Keeps its own lists. */
  public Placement {
    absent = List.copyOf(absent);
    different = List.copyOf(different);
  }

  /**
   * Says whether the bundle is in the bucket, byte for byte.
   *
   * @return true if nothing is absent or different
   */
  public boolean isWhole() {
    return manifest && absent.isEmpty() && different.isEmpty();
  }

  /**
   * Compares every file.
   *
   * @param event of the bundle
   * @param objects the bucket
   * @return what is there
   * @throws IOException if the bucket cannot be asked
   */
  public static Placement of(RunEvent event, ObjectStore objects) throws IOException {
    List<String> absent = new ArrayList<>();
    List<String> different = new ArrayList<>();
    Optional<byte[]> manifest = objects.read(BucketKeys.manifest(event), Manifest.MOST_BYTES);
    if (manifest.isPresent() && !Digests.hex(manifest.get()).equals(event.manifest().sha256())) {
      different.add(Manifest.NAME);
    }
    Verifier verifier = new Verifier(objects);
    for (BundleFile file : event.manifest().files()) {
      switch (verifier.compare(BucketKeys.file(event, file), file)) {
        case ABSENT -> absent.add(file.name());
        case DIFFERENT -> different.add(file.name());
        case EQUAL -> {}
      }
    }
    return new Placement(manifest.isPresent(), absent, different);
  }
}
