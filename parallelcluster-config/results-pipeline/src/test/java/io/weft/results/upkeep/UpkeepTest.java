package io.weft.results.upkeep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.Refused;
import io.weft.results.TestBundle;
import io.weft.results.catalog.CatalogWorker;
import io.weft.results.event.BucketKeys;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.Announcer;
import io.weft.results.hook.RunReader;
import io.weft.results.local.LocalSite;
import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.ship.BundleShipper;
import io.weft.results.ship.ShipSettings;
import io.weft.results.ship.ShipWatcher;
import io.weft.results.ship.Shipper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes missing anywhere comes back; only what is in the bucket leaves the disk. */
class UpkeepTest {
  private static final ShipSettings SETTINGS =
      new ShipSettings(ShipSettings.LEAST_PART_BYTES, 2, Duration.ofSeconds(60));

  @TempDir private Path directory;
  private final List<String> said = new ArrayList<>();
  private LocalSite site;
  private Path bundles;
  private RunEvent event;
  private String key;

  @BeforeEach
  void shipOne() throws Exception {
    site = LocalSite.open(directory.resolve("site"));
    bundles = directory.resolve("bundles");
    Path folder = new TestBundle(bundles.resolve("one")).file("a/b", 100, 1).write();
    event = RunReader.read(folder, null);
    key = BucketKeys.manifest(event);
    new Announcer(site, null, false).announce(folder, null);
    work();
    assertTrue(isCatalogued());
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void work() throws Exception {
    assertEquals(0, new Shipper(site, SETTINGS, ShipWatcher.NONE).untilEmpty().failed());
    assertEquals(0, new CatalogWorker(site, said::add).untilEmpty());
  }

  private boolean isCatalogued() throws Exception {
    return site.catalog().get(key).orElseThrow().isPresent();
  }

  private String reconcile() throws Exception {
    BundleShipper shipper = new BundleShipper(site.objects(), SETTINGS, ShipWatcher.NONE);
    return new Reconciler(site, shipper, said::add).reconcile(bundles).toString();
  }

  private static String outcome(
      int announced, int putBack, int catalogued, int buried, int broken) {
    return "1 bundles on disk; announced %d, put back %d, catalogued %d, buried %d, broken %d"
        .formatted(announced, putBack, catalogued, buried, broken);
  }

  @Test
  @DisplayName("nothing is done where nothing is missing")
  void nothing() throws Exception {
    assertEquals(outcome(0, 0, 0, 0, 0), reconcile());
    assertEquals(0, site.queue(QueueName.SHIP).depth().total());
  }

  @Test
  @DisplayName("a bundle that left the bucket is announced again, shipped and catalogued")
  void bucket() throws Exception {
    List<String> keys = new ArrayList<>();
    site.objects().list("", keys::add);
    for (String one : keys) {
      site.objects().delete(one);
    }
    new CatalogWorker(site, said::add).untilEmpty();
    assertFalse(isCatalogued());
    assertEquals(outcome(1, 0, 0, 0, 0), reconcile());
    work();
    assertTrue(isCatalogued());
    assertEquals(outcome(0, 0, 0, 0, 0), reconcile());
  }

  @Test
  @DisplayName("a file that is missing beside its manifest is put back")
  void oneFile() throws Exception {
    site.objects().delete(BucketKeys.prefix(event) + "a/b");
    assertEquals(outcome(0, 1, 0, 0, 0), reconcile());
    assertArrayEquals(
        Files.readAllBytes(event.bundle().resolve("a/b")),
        site.objects().open(BucketKeys.prefix(event) + "a/b").readAllBytes());
  }

  @Test
  @DisplayName("a message that was lost is announced again")
  void queue() throws Exception {
    Path folder = new TestBundle(bundles.resolve("one/../two")).file("c", 10, 2).write();
    new Announcer(site, null, false).announce(folder, null);
    Received message =
        site.queue(QueueName.SHIP).receive(1, Duration.ZERO, Duration.ofSeconds(60)).getFirst();
    site.queue(QueueName.SHIP).delete(message);
    assertTrue(reconcile().contains("announced 1,"));
    work();
    assertTrue(reconcile().contains("announced 0,"));
  }

  @Test
  @DisplayName("a catalog that lost everything is made again, and one that knows too much forgets")
  void catalog() throws Exception {
    site.close();
    for (String file : new String[] {"results.db", "results.db-wal", "results.db-shm"}) {
      Files.deleteIfExists(directory.resolve("site").resolve(file));
    }
    site = LocalSite.open(directory.resolve("site"));
    assertEquals(outcome(0, 0, 1, 0, 0), reconcile());
    assertTrue(isCatalogued());
    // Without an event: the file goes behind the bucket's back.
    Files.delete(directory.resolve("site/bucket").resolve(key));
    assertEquals(outcome(1, 0, 0, 1, 0), reconcile());
    assertFalse(isCatalogued());
    work();
    assertTrue(isCatalogued());
  }

  @Test
  @DisplayName("something else in the bucket is broken, and is neither replaced nor pruned")
  void different() throws Exception {
    Path object = directory.resolve("site/bucket").resolve(BucketKeys.prefix(event) + "a/b");
    Files.write(object, new byte[100]);
    assertEquals(outcome(0, 0, 0, 0, 1), reconcile());
    assertEquals(
        new Pruner.Outcome(0, 1),
        new Pruner(site.objects(), said::add).prune(bundles, Instant.MAX, false));
    assertTrue(said.getLast().contains("[a/b] different"), said::toString);
    assertTrue(Files.exists(event.bundle().resolve("a/b")));
    Refused refused =
        assertThrows(
            Refused.class,
            () -> new Fetcher(site.objects()).fetch(key, directory.resolve("fetched")));
    assertTrue(refused.getMessage().contains("a/b in the bucket"));
    assertFalse(Files.exists(directory.resolve("fetched/manifest.json")), "half is no bundle");
  }

  @Test
  @DisplayName("a bundle is pruned when its copy was compared, and can be fetched again")
  void prune() throws Exception {
    Pruner pruner = new Pruner(site.objects(), said::add);
    assertEquals(
        new Pruner.Outcome(0, 0), pruner.prune(bundles, event.finishedAt(), false), "not older");
    assertEquals(new Pruner.Outcome(1, 0), pruner.prune(bundles, Instant.MAX, true));
    assertTrue(Files.exists(event.bundle()), "a dry run");
    Path other = Files.writeString(event.bundle().resolve("a/notes"), "mine");
    assertEquals(new Pruner.Outcome(0, 1), pruner.prune(bundles, Instant.MAX, false));
    assertTrue(said.getLast().contains("does not name a/notes"), said::toString);
    Files.delete(other);
    // What one left that was ended in between.
    Files.createDirectories(bundles.resolve(".weft-pruned-x/a"));
    Files.createSymbolicLink(bundles.resolve(".weft-pruned-x/a/link"), directory);
    assertEquals(new Pruner.Outcome(1, 0), pruner.prune(bundles, Instant.MAX, false));
    try (var left = Files.list(bundles)) {
      assertEquals(List.of(), left.toList());
    }
    assertTrue(Files.exists(directory.resolve("site")), "links are not followed");
    assertEquals("0" + outcome(0, 0, 0, 0, 0).substring(1), reconcile());
    Path fetched = directory.resolve("fetched");
    new Fetcher(site.objects()).fetch(key, fetched);
    RunEvent same = RunReader.read(fetched, null);
    assertEquals(event.id(), same.id());
    assertTrue(Placement.of(same, site.objects()).isWhole());
  }

  @Test
  @DisplayName("a bundle that changed on the disk after it was shipped is not pruned")
  void changed() throws Exception {
    Pruner pruner = new Pruner(site.objects(), said::add);
    Path file = event.bundle().resolve("a/b");
    byte[] shipped = Files.readAllBytes(file);
    byte[] other = shipped.clone();
    other[50]++;
    Files.write(file, other);
    assertEquals(new Pruner.Outcome(0, 1), pruner.prune(bundles, Instant.MAX, false));
    assertTrue(said.getLast().contains("'a/b' is not what the manifest says"), said::toString);
    Files.write(file, new byte[99]);
    assertEquals(new Pruner.Outcome(0, 1), pruner.prune(bundles, Instant.MAX, true), "a dry run");
    assertTrue(said.getLast().contains("'a/b' has 99 bytes"), said::toString);
    assertArrayEquals(new byte[99], Files.readAllBytes(file));
    Files.write(file, shipped);
    assertEquals(new Pruner.Outcome(1, 0), pruner.prune(bundles, Instant.MAX, false));
  }
}
