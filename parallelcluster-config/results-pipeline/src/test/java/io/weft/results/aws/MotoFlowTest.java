package io.weft.results.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.JobIdentity;
import io.weft.results.TestBundle;
import io.weft.results.catalog.CatalogOrder;
import io.weft.results.catalog.CatalogWorker;
import io.weft.results.catalog.RunSummary;
import io.weft.results.event.BucketKeys;
import io.weft.results.event.ClaimCheck;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.Announcer;
import io.weft.results.hook.EventSpool;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.ObjectStore;
import io.weft.results.port.PartBody;
import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.ship.ShipSettings;
import io.weft.results.ship.ShipWatcher;
import io.weft.results.ship.Shipper;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The pipeline's AWS half against a moto server. */
class MotoFlowTest {
  private static final boolean LONG = Boolean.getBoolean("weft.long");
  private static final ShipSettings SETTINGS =
      new ShipSettings(ShipSettings.LEAST_PART_BYTES, 2, Duration.ofSeconds(60));
  private static final AtomicInteger JOBS = new AtomicInteger();

  @TempDir private static Path servers;
  private static Moto moto;

  @TempDir private Path directory;
  private AwsSite site;
  private JobIdentity job;

  @BeforeAll
  static void start() throws Exception {
    moto = Moto.start(servers).furnish();
  }

  @AfterAll
  static void stop() {
    moto.close();
  }

  @BeforeEach
  void open() {
    moto.useInThisProcess();
    site = AwsSite.forWorkers(moto.settings());
    job = new JobIdentity("cluster", "job:" + JOBS.incrementAndGet(), 1);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Shipper.Tally ship() throws Exception {
    return new Shipper(site, SETTINGS, ShipWatcher.NONE).untilEmpty();
  }

  private void assertInBucket(Path bundle, RunEvent event) throws Exception {
    List<String> keys = new ArrayList<>();
    site.objects().list(BucketKeys.prefix(event), keys::add);
    assertEquals(event.manifest().files().size() + 1, keys.size(), keys::toString);
    for (String key : keys) {
      Path file = bundle.resolve(key.substring(BucketKeys.prefix(event).length()));
      assertArrayEquals(Files.readAllBytes(file), site.objects().open(key).readAllBytes(), key);
      assertEquals(List.of(), site.objects().openUploads(key));
    }
  }

  @Test
  @DisplayName("published once, through topic and queue into the bucket, and into the catalog")
  void flow() throws Exception {
    Path bundle =
        new TestBundle(directory.resolve("b"))
            .file("data/large one", 11 << 20, 1)
            .file("small", 10, 2)
            .file("empty", 0, 3)
            .write();
    Announcer hook = new Announcer(site, null, false);
    hook.announce(bundle, job);
    hook.announce(bundle, job);
    assertEquals(2, ship().shipped());
    RunEvent event = TestBundle.event(bundle, job.jobId(), job.attempt());
    assertInBucket(bundle, event);
    String key = BucketKeys.manifest(event);
    // As AWS publishes it: moto's notifications have no sequencer.
    MessageQueue queue = site.queue(QueueName.CATALOG);
    String created =
        "{\"source\": \"aws.s3\", \"detail-type\": \"Object Created\", \"detail\": {\"object\":"
            + " {\"key\": \"%s\", \"sequencer\": \"0055AED6DCD90281E5\"}}}";
    for (int i = 0; i < 9; i++) {
      queue.send(i == 4 ? "{\"Records\": 1}" : created.formatted(key), Map.of());
    }
    assertEquals(1, new CatalogWorker(site, line -> {}).untilEmpty());
    assertEquals(0, queue.depth().total());
    Received dead =
        queue.deadLetters().receive(1, Duration.ofSeconds(1), Duration.ofSeconds(60)).getFirst();
    assertTrue(dead.attributes().get(MessageQueue.REASON).contains("no array"));
    queue.deadLetters().delete(dead);
    RunSummary summary = RunSummary.parse(site.catalog().get(key).orElseThrow().summary());
    assertEquals(event.id(), summary.id());
    assertEquals(
        "cg.S.4.ena",
        String.join(
            ".",
            summary.kernel(),
            summary.problemClass(),
            Integer.toString(summary.ranks()),
            summary.network()));
  }

  @Test
  @DisplayName("what is in the bucket is never replaced, by a put or by an upload")
  void neverReplaced() throws Exception {
    ObjectStore objects = site.objects();
    String key = "runs/never/replaced";
    assertTrue(objects.putIfAbsent(key, new byte[] {1}, Map.of()));
    assertFalse(objects.putIfAbsent(key, new byte[] {2}, Map.of()));
    String upload = objects.beginUpload(key, 5 << 20);
    byte[] part = {3};
    String sha256 =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(part));
    assertFalse(
        objects.completeUpload(
            key,
            upload,
            List.of(
                objects.putPart(
                    key,
                    upload,
                    1,
                    new PartBody(1, sha256, () -> new ByteArrayInputStream(part))))));
    assertEquals(List.of(upload), objects.openUploads(key));
    objects.abortUpload(key, upload);
    objects.abortUpload(key, upload);
    assertEquals(List.of(), objects.openUploads(key));
    assertArrayEquals(new byte[] {1}, objects.read(key, 10).orElseThrow());
  }

  @Test
  @DisplayName("an upload that another left goes on with its good parts, and not with bad ones")
  void resumes() throws Exception {
    Path bundle = new TestBundle(directory.resolve("b")).file("large", 16 << 20, 5).write();
    RunEvent event = TestBundle.event(bundle, job.jobId(), job.attempt());
    String key = BucketKeys.prefix(event) + "large";
    byte[] content = Files.readAllBytes(bundle.resolve("large"));
    ObjectStore objects = site.objects();
    String upload = objects.beginUpload(key, 5 << 20);
    put(objects, key, upload, 1, content, 0);
    byte[] wrong = new byte[content.length];
    new Random(6).nextBytes(wrong);
    put(objects, key, upload, 2, wrong, 5 << 20);
    new Announcer(site, null, false).announce(bundle, job);
    List<String> said = new ArrayList<>();
    ShipWatcher watcher =
        new ShipWatcher() {
          @Override
          public void say(String message) {
            said.add(message);
          }
        };
    assertEquals(1, new Shipper(site, SETTINGS, watcher).untilEmpty().shipped());
    assertEquals(List.of("resuming large: 2 of its parts are in the bucket"), said);
    assertInBucket(bundle, event);
  }

  private static void put(
      ObjectStore objects, String key, String upload, int number, byte[] content, int at)
      throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(content, at, 5 << 20);
    String sha256 = Base64.getEncoder().encodeToString(digest.digest());
    objects.putPart(
        key,
        upload,
        number,
        new PartBody(5 << 20, sha256, () -> new ByteArrayInputStream(content, at, 5 << 20)));
  }

  @Test
  @DisplayName("something else in the bundle's place is a dead letter, and stays as it is")
  void different() throws Exception {
    Path bundle = new TestBundle(directory.resolve("b")).file("a", 10, 5).write();
    RunEvent event = TestBundle.event(bundle, job.jobId(), job.attempt());
    site.objects().putIfAbsent(BucketKeys.prefix(event) + "a", new byte[10], Map.of());
    new Announcer(site, null, false).announce(bundle, job);
    assertEquals(1, ship().failed());
    MessageQueue dead = site.queue(QueueName.SHIP).deadLetters();
    Received letter = dead.receive(1, Duration.ofSeconds(1), Duration.ofSeconds(60)).getFirst();
    assertTrue(letter.attributes().get(MessageQueue.REASON).contains("something else"));
    assertEquals(event.id(), letter.attributes().get("id"));
    dead.delete(letter);
    assertTrue(site.objects().head(BucketKeys.manifest(event)).isEmpty());
  }

  @Test
  @DisplayName("an event that is too long for a message is fetched from the bucket")
  void claimCheck() throws Exception {
    TestBundle files = new TestBundle(directory.resolve("b"));
    for (int i = 0; i < 600; i++) {
      files.file("long".repeat(50) + "/" + "names".repeat(40) + i, new byte[] {(byte) i});
    }
    Path bundle = files.write();
    RunEvent event = TestBundle.event(bundle, job.jobId(), job.attempt());
    new Announcer(site, null, false).announce(bundle, job);
    Received message =
        site.queue(QueueName.SHIP)
            .receive(1, Duration.ofSeconds(1), Duration.ofSeconds(60))
            .getFirst();
    assertTrue(message.body().length() < 1000, message.body());
    ClaimCheck claims = new ClaimCheck(site::objects);
    assertEquals(event, claims.event(message.body()));
    site.queue(QueueName.SHIP).delete(message);
    // Told by another hook, of the same bundle mounted elsewhere: the same run, in other words.
    RunEvent elsewhere =
        new RunEvent(
            event.job(),
            event.kernel(),
            event.network(),
            event.status(),
            event.finishedAt(),
            Path.of("/mounted/elsewhere"),
            event.manifest());
    assertEquals(event.id(), elsewhere.id());
    String other = claims.message(elsewhere);
    assertEquals(elsewhere, claims.event(other));
    assertEquals(event, claims.event(message.body()));
    assertEquals(other, claims.message(elsewhere), "once more is no harm");
    List<String> keys = new ArrayList<>();
    site.objects().list(BucketKeys.CLAIMS + event.id(), keys::add);
    assertEquals(2, keys.size(), keys::toString);
  }

  @Test
  @DisplayName("a bucket that is not there is no delay: the message comes again, with the reason")
  void noBucket() throws Exception {
    Path bundle = new TestBundle(directory.resolve("b")).file("a", 10, 5).write();
    new Announcer(site, null, false).announce(bundle, job);
    Map<String, String> variables = new HashMap<>(moto.variables());
    variables.put(AwsSettings.BUCKET, "weft-nowhere");
    List<String> said = new ArrayList<>();
    ShipWatcher watcher =
        new ShipWatcher() {
          @Override
          public void say(String message) {
            said.add(message);
          }
        };
    try (AwsSite nowhere = AwsSite.forWorkers(new AwsSettings(variables))) {
      assertEquals(1, new Shipper(nowhere, SETTINGS, watcher).untilEmpty().failed());
    }
    assertEquals(1, said.size(), said::toString);
    assertTrue(said.getFirst().contains("comes again, try 1 of 5: "), said::toString);
    assertTrue(said.getFirst().contains("(NoSuchBucket)"), said::toString);
    MessageQueue queue = site.queue(QueueName.SHIP);
    assertEquals(1, queue.depth().lent());
    try (SqsClient sqs = SqsClient.create()) {
      sqs.purgeQueue(r -> r.queueUrl(moto.variables().get(AwsSettings.SHIP_QUEUE)));
    }
  }

  @Test
  @DisplayName("a topic that is away: the event waits in the spool, and another node publishes it")
  void spooled() throws Exception {
    Path bundle = new TestBundle(directory.resolve("shared/b")).file("a", 10, 5).write();
    EventSpool spool = new EventSpool(directory.resolve("shared/spool"));
    System.setProperty("aws.endpointUrl", "http://127.0.0.1:9");
    try (AwsSite away = AwsSite.forHooks(moto.settings(), Duration.ofSeconds(3))) {
      Announcer hook = new Announcer(away, spool, false);
      assertEquals(Announcer.Outcome.SPOOLED, hook.announce(bundle, job));
      assertEquals(Announcer.Outcome.SPOOLED, hook.announce(bundle, job));
    } finally {
      moto.useInThisProcess();
    }
    assertEquals(1, spool.waiting().size());
    assertEquals(1, spool.drain(new Announcer(site, null, false)::publish));
    assertEquals(List.of(), spool.waiting());
    assertEquals(1, ship().shipped());
    assertInBucket(bundle, TestBundle.event(bundle, job.jobId(), job.attempt()));
  }

  @Test
  @DisplayName("changes that are shuffled and doubled end as those of one order, in DynamoDB too")
  void order() throws Exception {
    int events = LONG ? 10_000 : 400;
    if (!LONG) {
      System.out.println("[skipped] all but 400 of 10,000 changes in DynamoDB (-Dweft.long=true)");
    }
    CatalogOrder.assertOrdered(site.catalog(), events, events / 20, 2);
    CatalogOrder.assertComparisonMatters(site.catalog(), 100, 10, 3);
  }
}
