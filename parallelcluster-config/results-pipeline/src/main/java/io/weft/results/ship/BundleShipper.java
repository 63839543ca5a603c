package io.weft.results.ship;

import io.weft.results.Digests;
import io.weft.results.Refused;
import io.weft.results.bundle.BundleFile;
import io.weft.results.bundle.HeldBundle;
import io.weft.results.bundle.Manifest;
import io.weft.results.event.BucketKeys;
import io.weft.results.event.RunEvent;
import io.weft.results.port.ObjectStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Carries one bundle to the bucket: its files, and last its manifest, whose object says that all of
 * them are there. Each step can be repeated, by this shipper or another, also while another is at
 * it.
 */
public final class BundleShipper {
  private final ObjectStore objects;
  private final FileShipper files;
  private final ShipWatcher watcher;

  /**
   * Makes a shipper.
   *
   * @param objects the bucket
   * @param settings how to work
   * @param watcher who is told
   */
  public BundleShipper(ObjectStore objects, ShipSettings settings, ShipWatcher watcher) {
    this.objects = objects;
    this.files = new FileShipper(objects, settings, watcher);
    this.watcher = watcher;
  }

  /**
   * Ships a bundle.
   *
   * @param event that announced it
   * @return false if it was there already
   * @throws Refused if the bundle is not what was announced, or something else is in its place
   * @throws IOException if the bucket cannot be reached; can be done again
   * @throws InterruptedException if the thread is told to end
   */
  public boolean ship(RunEvent event) throws IOException, Refused, InterruptedException {
    String key = BucketKeys.manifest(event);
    Optional<byte[]> there = objects.read(key, Manifest.MOST_BYTES);
    if (there.isPresent()) {
      // Shipped before; the bundle itself may be pruned.
      refuseUnlessEqual(key, Digests.hex(there.get()), event);
      objects.retell(key);
      return false;
    }
    return putBack(event);
  }

  /**
   * Ships a bundle, also if its manifest is in the bucket: files that are missing there are put.
   *
   * @param event that announced it
   * @return false if its manifest was there already
   * @throws Refused if the bundle is not what was announced, or something else is in its place
   * @throws IOException if the bucket cannot be reached; can be done again
   * @throws InterruptedException if the thread is told to end
   */
  public boolean putBack(RunEvent event) throws IOException, Refused, InterruptedException {
    String key = BucketKeys.manifest(event);
    try (HeldBundle bundle = HeldBundle.open(event.bundle())) {
      byte[] manifest = bundle.manifestBytes();
      refuseUnlessAnnounced(manifest, event);
      for (BundleFile file : event.manifest().files()) {
        files.ship(event.id(), bundle, file, BucketKeys.file(event, file));
      }
      watcher.at(ShipPhase.BEFORE_MANIFEST, event.id());
      boolean first = objects.putIfAbsent(key, manifest, Map.of());
      if (!first) {
        byte[] other =
            objects
                .read(key, Manifest.MOST_BYTES)
                .orElseThrow(() -> new IOException(key + " was there, and is gone"));
        refuseUnlessEqual(key, Digests.hex(other), event);
      }
      watcher.at(ShipPhase.MANIFEST_WRITTEN, event.id());
      return first;
    }
  }

  private static void refuseUnlessAnnounced(byte[] bytes, RunEvent event) throws Refused {
    if (!Digests.hex(bytes).equals(event.manifest().sha256())) {
      throw new Refused("the bundle's manifest is not the one that was announced");
    }
    Manifest manifest = Manifest.parse(bytes);
    if (!Arrays.equals(manifest.files().toArray(), event.manifest().files().toArray())) {
      throw new Refused("the event lists other files than the bundle's manifest");
    }
  }

  private static void refuseUnlessEqual(String key, String sha256, RunEvent event) throws Refused {
    if (!sha256.equals(event.manifest().sha256())) {
      throw new Refused("another manifest is in the bucket as " + key);
    }
  }
}
