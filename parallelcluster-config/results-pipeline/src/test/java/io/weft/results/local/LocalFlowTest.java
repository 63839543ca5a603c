package io.weft.results.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.JobIdentity;
import io.weft.results.TestBundle;
import io.weft.results.hook.Announcer;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.ship.ShipSettings;
import io.weft.results.ship.ShipWatcher;
import io.weft.results.ship.Shipper;
import io.weft.results.work.Redrive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the hook to the bucket, on one machine. */
class LocalFlowTest {
  private static final ShipSettings SETTINGS =
      new ShipSettings(ShipSettings.LEAST_PART_BYTES, 2, Duration.ofSeconds(60));

  @TempDir private Path directory;
  private LocalSite site;
  private Announcer hook;

  @BeforeEach
  void open() throws Exception {
    site = LocalSite.open(directory.resolve("site"));
    hook = new Announcer(site, null, false);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private List<String> keys() throws Exception {
    List<String> keys = new ArrayList<>();
    site.objects().list("", keys::add);
    return keys;
  }

  private Shipper.Tally ship() throws Exception {
    return new Shipper(site, SETTINGS, ShipWatcher.NONE).untilEmpty();
  }

  @Test
  @DisplayName("announced by three hooks and again later, a run is there once, byte for byte")
  void onceEach() throws Exception {
    Path bundle =
        new TestBundle(directory.resolve("bundle"))
            .file("small", 1000, 1)
            .file("data/large", 11 << 20, 2)
            .file("empty", 0, 3)
            .write();
    JobIdentity job = new JobIdentity("cluster", "7", 0);
    for (int i = 0; i < 3; i++) {
      hook.announce(bundle, job);
    }
    assertEquals(3, ship().shipped());
    hook.announce(bundle, job);
    assertEquals(1, ship().shipped());
    List<String> keys = keys();
    assertEquals(5, keys.size(), keys::toString);
    for (String key : keys) {
      String name = key.split("/", 6)[5];
      assertArrayEquals(
          Files.readAllBytes(bundle.resolve(name)), site.objects().open(key).readAllBytes(), name);
    }
    try (Stream<Path> uploads = Files.list(directory.resolve("site/uploads"))) {
      assertEquals(List.of(), uploads.toList());
    }
    assertEquals(0, site.queue(QueueName.SHIP).depth().total());
  }

  @Test
  @DisplayName("a job that was started again has two results")
  void requeued() throws Exception {
    Path bundle = new TestBundle(directory.resolve("bundle")).write();
    hook.announce(bundle, new JobIdentity("cluster", "7", 0));
    hook.announce(bundle, new JobIdentity("cluster", "7", 1));
    assertEquals(2, ship().shipped());
    assertEquals(2, keys().stream().filter(key -> key.endsWith("/manifest.json")).count());
  }

  @Test
  @DisplayName("a file that changed, or is a link, fails its bundle: a dead letter with the reason")
  void changed() throws Exception {
    Path bundle = new TestBundle(directory.resolve("bundle")).file("large", 11 << 20, 2).write();
    hook.announce(bundle, new JobIdentity("cluster", "7", 0));
    byte[] bytes = Files.readAllBytes(bundle.resolve("large"));
    bytes[bytes.length - 1]++;
    Files.write(bundle.resolve("large"), bytes);
    assertEquals(1, ship().failed());
    MessageQueue dead = site.queue(QueueName.SHIP).deadLetters();
    Received letter = dead.receive(1, Duration.ZERO, Duration.ofSeconds(30)).getFirst();
    String reason = letter.attributes().get(MessageQueue.REASON);
    assertTrue(reason.contains("'large' has the SHA-256"), reason);
    assertEquals(List.of(), keys());
    assertTrue(Files.exists(bundle.resolve("large")), "the data is kept");
  }

  @Test
  @DisplayName("a message that is never deleted goes to the dead letters after five times")
  void redrive() throws Exception {
    MessageQueue queue = site.queue(QueueName.SHIP);
    queue.send("text", java.util.Map.of("name", "value"));
    for (int i = 1; i <= Redrive.MOST_RECEIVES; i++) {
      Received message = queue.receive(10, Duration.ZERO, Duration.ofSeconds(30)).getFirst();
      assertEquals(i, message.receiveCount());
      assertEquals(List.of(), queue.receive(10, Duration.ZERO, Duration.ofSeconds(30)));
      queue.extend(message, Duration.ZERO);
    }
    assertEquals(List.of(), queue.receive(10, Duration.ZERO, Duration.ofSeconds(30)));
    assertEquals(1, queue.deadLetters().depth().waiting());
  }
}
