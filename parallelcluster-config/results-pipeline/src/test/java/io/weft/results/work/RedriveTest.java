package io.weft.results.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.JobIdentity;
import io.weft.results.FaultySite;
import io.weft.results.TestBundle;
import io.weft.results.alerts.AlertReader;
import io.weft.results.audit.AuditWriter;
import io.weft.results.catalog.CatalogWorker;
import io.weft.results.event.BucketKeys;
import io.weft.results.event.EventJson;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.RunReader;
import io.weft.results.local.LocalSite;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.port.RejectedException;
import io.weft.results.port.Site;
import io.weft.results.ship.BundleShipper;
import io.weft.results.ship.ShipSettings;
import io.weft.results.ship.ShipWatcher;
import io.weft.results.ship.Shipper;
import io.weft.results.webhook.Webhooks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A message at which a worker has a fault, or whose bucket or table refuses, holds up no other,
 * comes again, and in the end is a dead letter with the reason. Every worker, both causes.
 */
class RedriveTest {
  private static final ShipSettings SETTINGS =
      new ShipSettings(ShipSettings.LEAST_PART_BYTES, 2, Duration.ofSeconds(60));

  @TempDir private Path directory;
  private final List<String> said = new ArrayList<>();
  private LocalSite site;
  private RunEvent bad;
  private RunEvent good;

  @BeforeEach
  void open() throws Exception {
    site = LocalSite.open(directory.resolve("site"));
    bad = run("bad");
    good = run("good");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private RunEvent run(String jobId) throws Exception {
    Path folder =
        new TestBundle(directory.resolve(jobId))
            .result("cg", "failed", "ena", "2026-11-20T10:15:30Z")
            .write();
    return RunReader.read(folder, new JobIdentity("cluster", jobId, 0));
  }

  private String message(QueueName name, RunEvent event) throws Exception {
    if (name != QueueName.CATALOG && name != QueueName.WEBHOOK) {
      return EventJson.text(event);
    }
    new BundleShipper(site.objects(), SETTINGS, ShipWatcher.NONE).ship(event);
    // What the bucket itself has told.
    for (Received own : site.queue(name).receive(1, Duration.ZERO, Duration.ofSeconds(60))) {
      site.queue(name).delete(own);
    }
    return """
    {"source": "aws.s3", "detail-type": "Object Created", "time": "2026-11-20T10:16:00Z",
     "detail": {"bucket": {"name": "b"}, "object": {"key": "%s", "sequencer": "0A"}}}
    """
        .formatted(BucketKeys.manifest(event));
  }

  /** A worker on a site that fails whenever the bad run is spoken of. */
  private void work(QueueName name, Exception cause) throws Exception {
    Site faulty =
        new FaultySite(
            site,
            (call, arguments) ->
                arguments != null
                        && arguments.length > 0
                        && arguments[0] instanceof String key
                        && (key.contains(bad.id()) || key.contains("/cluster,bad,"))
                    ? cause
                    : null);
    switch (name) {
      case SHIP -> {
        ShipWatcher watcher =
            new ShipWatcher() {
              @Override
              public void say(String line) {
                said.add(line);
              }
            };
        assertEquals(1, new Shipper(faulty, SETTINGS, watcher).untilEmpty().failed());
      }
      case CATALOG -> assertEquals(1, new CatalogWorker(faulty, said::add).untilEmpty());
      case ALERTS -> new AlertReader(faulty, (id, subject, text) -> {}, said::add).untilEmpty();
      case AUDIT -> assertEquals(1, new AuditWriter(faulty, said::add).untilEmpty().failed());
      case WEBHOOK -> {
        try (Webhooks webhooks = new Webhooks(faulty, subscribers(), said::add)) {
          webhooks.untilEmpty();
        }
      }
    }
  }

  /** One whose address is refused, so that nobody is asked, and the good message waits. */
  private Path subscribers() throws Exception {
    Path secret = directory.resolve("secret");
    Files.writeString(secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    return Files.writeString(
        directory.resolve("subscribers.json"),
        "{\"subscribers\": [{\"name\": \"ci\", \"url\": \"https://127.0.0.1/\", \"secret\":"
            + " \"file:%s\", \"perSecond\": 100}]}".formatted(secret));
  }

  private static Exception cause(String kind) {
    return kind.equals("fault")
        ? new IllegalStateException("a bug")
        : new RejectedException("PutObject: Access Denied (AccessDenied)", null);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "SHIP, fault", "SHIP, refusal", "CATALOG, fault", "CATALOG, refusal", "ALERTS, fault",
    "ALERTS, refusal", "AUDIT, fault", "AUDIT, refusal", "WEBHOOK, fault", "WEBHOOK, refusal"
  })
  void comesAgainAndTheOthersGoOn(QueueName name, String kind) throws Exception {
    MessageQueue queue = site.queue(name);
    List<String> messages = List.of(message(name, bad), message(name, good));
    for (String message : messages) {
      queue.send(message, Map.of());
    }
    work(name, cause(kind));
    assertTrue(
        said.stream().anyMatch(line -> line.contains("comes again, try 1 of 5: ")), said::toString);
    if (kind.equals("fault")) {
      assertTrue(
          said.stream().anyMatch(line -> line.contains("IllegalStateException: a bug\n\tat ")),
          said::toString);
    }
    // The good one is done, or (webhooks) waits for a subscriber who could not be reached.
    int waits = name == QueueName.WEBHOOK ? 2 : 1;
    assertEquals(waits, queue.depth().lent());
    assertEquals(0, queue.depth().waiting());
    assertEquals(0, queue.deadLetters().depth().total());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "SHIP, fault", "SHIP, refusal", "CATALOG, fault", "CATALOG, refusal", "ALERTS, fault",
    "ALERTS, refusal", "AUDIT, fault", "AUDIT, refusal", "WEBHOOK, fault", "WEBHOOK, refusal"
  })
  void theLastTimeItIsADeadLetterWithTheReason(QueueName name, String kind) throws Exception {
    MessageQueue queue = site.queue(name);
    String message = message(name, bad);
    queue.send(message, Map.of("kind", "run"));
    for (int i = 1; i < Redrive.MOST_RECEIVES; i++) {
      queue.extend(
          queue.receive(1, Duration.ZERO, Duration.ofSeconds(60)).getFirst(), Duration.ZERO);
    }
    work(name, cause(kind));
    assertEquals(0, queue.depth().total());
    Received letter =
        queue.deadLetters().receive(1, Duration.ZERO, Duration.ofSeconds(60)).getFirst();
    String reason = letter.attributes().get(MessageQueue.REASON);
    assertTrue(
        reason.contains(
            kind.equals("fault")
                ? "a fault of the worker: java.lang.IllegalStateException: a bug"
                : "Access Denied"),
        reason);
    assertEquals("run", letter.attributes().get("kind"));
  }
}
