package io.weft.results.ship;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.JobIdentity;
import io.weft.results.Digests;
import io.weft.results.FaultySite;
import io.weft.results.TestBundle;
import io.weft.results.event.BucketKeys;
import io.weft.results.event.EventJson;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.Announcer;
import io.weft.results.local.LocalSite;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.port.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shipper does with what is wrong, and with what is away. */
class ShipperTest {
  private static final ShipSettings SETTINGS =
      new ShipSettings(ShipSettings.LEAST_PART_BYTES, 2, Duration.ofSeconds(3));

  @TempDir private Path directory;
  private LocalSite site;

  @BeforeEach
  void open() throws Exception {
    site = LocalSite.open(directory.resolve("site"));
  }

  @AfterEach
  void close() {
    site.close();
  }

  private List<String> keys() throws IOException {
    List<String> keys = new ArrayList<>();
    site.objects().list("", keys::add);
    return keys;
  }

  @Test
  @DisplayName("bad messages and bad bundles are dead letters with reasons, and put nothing")
  void badInput() throws Exception {
    Path folder = new TestBundle(directory.resolve("bundle")).file("a", 10, 1).write();
    RunEvent event = TestBundle.event(folder, "1", 0);
    String good = EventJson.text(event);
    Path secret = Files.writeString(directory.resolve("secret"), "0123456789");
    Path linked = new TestBundle(directory.resolve("linked")).file("a", 10, 1).write();
    RunEvent ofLinked = TestBundle.event(linked, "2", 0);
    Files.delete(linked.resolve("a"));
    Files.createSymbolicLink(linked.resolve("a"), secret);
    Path gone = new TestBundle(directory.resolve("gone")).write();
    RunEvent ofGone = TestBundle.event(gone, "3", 0);
    Files.delete(gone.resolve("result.json"));
    Map<String, String> bad =
        Map.of(
            good.substring(0, good.length() / 2), "no JSON",
            good.replace("\"name\":\"a\"", "\"name\":\"../../a\""), "no path below",
            good.replace("\"name\":\"a\"", "\"name\":\"b\""), "lists other files",
            good.replace("\"format\":1", "\"format\":9"), "format 9",
            good.replace("\"kernel\":\"cg\"", "\"kernel\":7"), "kernel is no text",
            good.replace("\"kernel\":\"cg\"", "\"kernel\":\"" + "x".repeat(1 << 20) + "\""), "JSON",
            claim(event.id()), "not in the bucket",
            EventJson.text(ofLinked), "symbolic link",
            EventJson.text(ofGone), "is not there");
    MessageQueue queue = site.queue(QueueName.SHIP);
    for (String message : bad.keySet()) {
      queue.send(message, Map.of("kind", "run"));
    }
    assertEquals(bad.size(), new Shipper(site, SETTINGS, ShipWatcher.NONE).untilEmpty().failed());
    assertEquals(List.of(), keys().stream().filter(key -> key.endsWith("manifest.json")).toList());
    for (String key : keys()) {
      assertTrue(key.startsWith(BucketKeys.prefix(ofGone)) || key.startsWith("runs/cluster/"), key);
    }
    for (int i = 0; i < bad.size(); i++) {
      Received letter =
          queue.deadLetters().receive(1, Duration.ZERO, Duration.ofMinutes(5)).getFirst();
      String reason = letter.attributes().get(MessageQueue.REASON);
      assertTrue(reason.contains(bad.get(letter.body())), reason);
      assertTrue(reason.length() < 600);
      assertEquals("run", letter.attributes().get("kind"));
    }
    assertEquals("0123456789", Files.readString(secret));
  }

  private static String claim(String id) {
    return "{\"format\":1,\"id\":\"%s\",\"claim\":{\"bytes\":9,\"sha256\":\"%s\"}}"
        .formatted(id, Digests.hex("x"));
  }

  @Test
  @DisplayName(
      "a bucket that is away delays: the message is held, tries go on with pauses, nothing is lost")
  void bucketAway() throws Exception {
    Path folder = new TestBundle(directory.resolve("bundle")).file("a", 10, 1).write();
    new Announcer(site, null, false).announce(folder, new JobIdentity("cluster", "1", 0));
    AtomicInteger away = new AtomicInteger(3);
    Site flaky =
        new FaultySite(
            site,
            (call, arguments) ->
                away.getAndUpdate(calls -> Math.max(0, calls - 1)) > 0
                    ? new IOException("the bucket is away")
                    : null);
    Shipper.Tally tally = new Shipper(flaky, SETTINGS, ShipWatcher.NONE).untilEmpty();
    assertEquals(1, tally.shipped());
    assertEquals(0, tally.failed());
    assertEquals(0, away.get(), "all of its failures were met");
    assertEquals(3, keys().size());
    assertEquals(0, site.queue(QueueName.SHIP).depth().total());
    assertEquals(0, site.queue(QueueName.SHIP).deadLetters().depth().total());
  }
}
