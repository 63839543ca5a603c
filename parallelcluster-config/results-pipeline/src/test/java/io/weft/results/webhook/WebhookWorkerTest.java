package io.weft.results.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.alerts.AlertReader;
import io.weft.results.local.LocalSite;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.port.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the queue to a server with real TLS, with events as S3 publishes them. */
class WebhookWorkerTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);
  private static final String ID =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  @TempDir static Path certificates;
  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();
  private HttpsServerOnLoopback server;
  private Site site;
  private WebhookSender sender;
  private MessageQueue queue;

  @BeforeEach
  void start() throws Exception {
    server = new HttpsServerOnLoopback(certificates);
    site = LocalSite.open(folder.resolve("site"));
    queue = site.queue(QueueName.WEBHOOK);
    sender =
        new WebhookSender(
            host -> new InetAddress[] {InetAddress.getLoopbackAddress()},
            address -> true,
            server.context(),
            Duration.ofSeconds(60));
  }

  @AfterEach
  void stop() {
    sender.close();
    site.close();
    server.close();
  }

  private static String event() throws IOException {
    return published("object-created");
  }

  private static String published(String name) throws IOException {
    try (var content = WebhookWorkerTest.class.getResourceAsStream("/events/" + name + ".json")) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Subscriber subscriber(String name) {
    return new Subscriber(
        name,
        URI.create(server.url("/" + name)),
        () -> List.of(WebhookSecret.parse(SECRET)),
        new RateLimit(1000));
  }

  private WebhookWorker worker(String... names) {
    return new WebhookWorker(
        queue,
        new Dispatcher(
            List.of(names).stream().map(this::subscriber).toList(),
            sender,
            site.sent(),
            Clock.fixed(NOW, ZoneOffset.UTC)),
        log::add,
        new Random(1));
  }

  private List<String> paths() {
    return server.seen().stream().map(HttpsServerOnLoopback.Request::path).toList();
  }

  @Test
  void tellsEachSubscriberOnceSigned() throws Exception {
    queue.send(event(), Map.of());
    assertEquals(0, worker("one", "two").untilEmpty());
    assertEquals(List.of("/one", "/two"), paths());
    HttpsServerOnLoopback.Request request = server.seen().getFirst();
    assertEquals(
        "{\"format\":1,\"type\":\"result.shipped\",\"id\":\""
            + ID
            + "\",\"at\":\"2021-11-12T00:00:00Z\",\"job\":{\"cluster\":\"weft\",\"jobId\":\"17\","
            + "\"attempt\":0},\"bucket\":\"my-bucket\",\"manifest\":\"runs/weft/17/0/"
            + ID
            + "/manifest.json\"}",
        request.body());
    assertEquals(ID, request.header("Webhook-id"));
    assertEquals("1614265330", request.header("Webhook-timestamp"));
    assertEquals(
        Signature.of(
            List.of(WebhookSecret.parse(SECRET)),
            ID,
            1_614_265_330,
            request.body().getBytes(StandardCharsets.UTF_8)),
        request.header("Webhook-signature"));
    assertEquals(0, queue.depth().total());
  }

  @Test
  void firesNothingTwiceForTheSameResult() throws Exception {
    queue.send(event(), Map.of());
    assertEquals(0, worker("one").untilEmpty());
    // Once more by SQS, a replay of EventBridge, and a manifest that was removed and shipped again.
    queue.send(event(), Map.of());
    queue.send(
        event().replace("\"version\": \"0\",\n  \"id\"", "\"replay-name\": \"again\",\n  \"id\""),
        Map.of());
    queue.send(event().replace("617f08299329d189", "717f08299329d189"), Map.of());
    assertTrue(event().contains("617f08299329d189"));
    assertEquals(0, worker("one").untilEmpty());
    assertEquals(List.of("/one"), paths());
    // One that came later hears of it, the others do not.
    queue.send(event(), Map.of());
    assertEquals(0, worker("one", "new").untilEmpty());
    assertEquals(List.of("/one", "/new"), paths());
  }

  @Test
  void triesAgainOnlyWhoSaidNo() throws Exception {
    server.answers(
        exchange ->
            exchange.sendResponseHeaders(
                exchange.getRequestURI().getPath().equals("/one") ? 204 : 503, -1));
    queue.send(event(), Map.of());
    WebhookWorker worker = worker("one", "two");
    assertEquals(1, worker.untilEmpty());
    assertEquals(List.of("/one", "/two"), paths());
    assertEquals(1, queue.depth().lent());
    assertTrue(log.getFirst().endsWith("two: its server says 503"), log.toString());
    assertFalse(log.getFirst().contains(server.url("")), log.toString());
    // The time of the wait is over.
    server.answers(200);
    assertEquals(WebhookWorker.Outcome.DONE, worker.work(again(1)));
    assertEquals(List.of("/one", "/two", "/two"), paths());
  }

  @Test
  void givesUpWithTheReasonAfterFiveTries() throws Exception {
    server.answers(302);
    queue.send(event(), Map.of());
    Received fifth = queue.receive(1, Duration.ZERO, Duration.ofMinutes(1)).getFirst();
    assertEquals(
        WebhookWorker.Outcome.DEAD,
        worker("one").work(new Received(fifth.id(), fifth.receipt(), fifth.body(), Map.of(), 5)));
    List<Received> dead = queue.deadLetters().receive(10, Duration.ZERO, Duration.ofMinutes(1));
    assertEquals(1, dead.size());
    assertEquals("one: its server says 302", dead.getFirst().attributes().get(MessageQueue.REASON));
    assertEquals(0, queue.depth().total());
  }

  @Test
  void whatTellsOfNoResultIsADeadLetterAtOnce() throws Exception {
    List<String> poison =
        List.of(
            "",
            "{",
            "[]",
            "{\"source\": 7}",
            event().replace("Object Created", "Object Deleted"),
            event().replace("aws.s3", "my.s3"),
            event().replace("/manifest.json", "/result.json"),
            event().replace("runs/weft", "runs/../weft"),
            event().replace("\"2021-11-12T00:00:00Z\"", "\"yesterday\""),
            event().replace(ID, "x"));
    for (String body : poison) {
      queue.send(body, Map.of());
    }
    queue.send(event(), Map.of());
    assertEquals(poison.size(), worker("one").untilEmpty());
    assertEquals(List.of("/one"), paths());
    List<Received> dead = queue.deadLetters().receive(10, Duration.ZERO, Duration.ofMinutes(1));
    assertEquals(poison.size(), dead.size());
    for (Received letter : dead) {
      assertFalse(letter.attributes().get(MessageQueue.REASON).isEmpty());
    }
  }

  @Test
  void tellsAlertsToEachSubscriberOnceSigned() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    String one = "{\"name\": \"%s\", \"url\": \"%s\", \"secret\": \"file:%s\", \"perSecond\": 100}";
    Path subscribers =
        Files.writeString(
            folder.resolve("subscribers.json"),
            "{\"subscribers\": ["
                + one.formatted("one", server.url("/one"), secret)
                + ","
                + one.formatted("two", server.url("/two"), secret)
                + "]}");
    server.answers(
        exchange ->
            exchange.sendResponseHeaders(
                exchange.getRequestURI().getPath().equals("/one") ? 204 : 503, -1));
    MessageQueue alerts = site.queue(QueueName.ALERTS);
    alerts.send(published("batch-job-failed"), Map.of());
    AlertWebhooks webhooks = new AlertWebhooks(site.sent(), subscribers, sender);
    AlertReader reader = new AlertReader(site, webhooks, log::add);
    assertEquals(0, reader.untilEmpty());
    assertEquals(List.of("/one", "/two"), paths());
    assertTrue(log.getFirst().contains("comes again, try 1 of 5: two: its server says 503"));
    assertEquals(1, alerts.depth().lent());
    // As it comes again after its wait, and from elsewhere: who was told is not told again.
    server.answers(200);
    for (int i = 0; i < 2; i++) {
      alerts.send(published("batch-job-failed"), Map.of());
      assertEquals(0, reader.untilEmpty());
    }
    assertEquals(List.of("/one", "/two", "/two"), paths());
    HttpsServerOnLoopback.Request request = server.seen().getLast();
    assertTrue(
        request.body().startsWith("{\"format\":1,\"type\":\"alert\",\"id\":\""), request.body());
    assertTrue(request.body().contains("Essential container in task exited"), request.body());
    assertEquals(
        Signature.of(
            List.of(WebhookSecret.parse(SECRET)),
            request.header("Webhook-id"),
            Long.parseLong(request.header("Webhook-timestamp")),
            request.body().getBytes(StandardCharsets.UTF_8)),
        request.header("Webhook-signature"));
  }

  @Test
  void anotherDispatcherWhoIsTellingIsLeftToIt() throws Exception {
    site.sent().claim("webhook/one/" + ID, Duration.ofMinutes(5));
    queue.send(event(), Map.of());
    assertEquals(1, worker("one").untilEmpty());
    assertEquals(List.of(), paths());
    assertTrue(log.getFirst().endsWith("one: another dispatcher is telling it"), log.toString());
  }

  @Test
  void waitsLongerEachTimeAndNeverAsLongAsOthers() {
    Random random = new Random(7);
    long[] minutes = {1, 6, 36, 216, 660};
    for (int tried = 1; tried <= minutes.length; tried++) {
      long most = Duration.ofMinutes(minutes[tried - 1]).toMillis();
      List<Long> waits = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        waits.add(Retries.after(tried, random).toMillis());
      }
      assertTrue(waits.stream().allMatch(w -> w >= most / 2 && w <= most), "try " + tried);
      assertTrue(waits.stream().distinct().count() > 100, "try " + tried);
    }
  }

  @Test
  void keepsToTheRate() throws Exception {
    long[] clock = {Long.MAX_VALUE - 100};
    List<Long> waits = new ArrayList<>();
    RateLimit limit =
        new RateLimit(
            4,
            () -> clock[0],
            nanos -> {
              waits.add(nanos);
              clock[0] += nanos;
            });
    limit.take();
    limit.take();
    limit.take();
    clock[0] += 1_000_000_000;
    limit.take();
    limit.take();
    assertEquals(List.of(250_000_000L, 250_000_000L, 250_000_000L), waits);
  }

  @Test
  void readsTheFileOfSubscribers() throws Exception {
    Path secret = folder.resolve("secret");
    Files.writeString(secret, SECRET);
    String one =
        "{\"name\": \"ci\", \"url\": \"https://example.com/x\", \"secret\": \"file:%s\","
            + " \"perSecond\": 5}";
    String good = one.formatted(secret);
    assertEquals("ci", read("[" + good + "]").getFirst().name());
    for (String wrong :
        List.of(
            "[" + good + "," + good + "]",
            "[" + good.replace("https", "http") + "]",
            "[" + good.replace("\"ci\"", "\"../ci\"") + "]",
            "[" + one.formatted("relative") + "]",
            "[" + good.replace("file:" + secret, SECRET) + "]",
            "[" + good.replace("5}", "0}") + "]",
            "[" + good.replace("5}", "\"5\"}") + "]",
            "{}")) {
      IOException refused =
          org.junit.jupiter.api.Assertions.assertThrows(
              IOException.class, () -> read(wrong), wrong);
      assertFalse(refused.getMessage().contains("MfKQ"), refused.getMessage());
    }
  }

  private List<Subscriber> read(String subscribers) throws IOException {
    Path file = folder.resolve("subscribers.json");
    Files.writeString(file, "{\"subscribers\": " + subscribers + "}");
    return Subscribers.read(
        file,
        () -> {
          throw new AssertionError("no secret of AWS is named");
        });
  }

  private Received again(int count) throws Exception {
    queue.send(event(), Map.of());
    Received message = queue.receive(1, Duration.ZERO, Duration.ofMinutes(1)).getFirst();
    return new Received(message.id(), message.receipt(), message.body(), Map.of(), count);
  }
}
