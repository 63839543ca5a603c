package io.weft.results.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weft.results.FaultySite;
import io.weft.results.local.LocalSite;
import io.weft.results.port.CatalogRecord;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.port.Site;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Functions, called with the event that AWS publishes for queues: ten messages that the queue has
 * lent, one of them poison.
 */
class HandlersTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String ID =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  @TempDir private Path folder;
  private Site site;

  @BeforeEach
  void open() throws Exception {
    site = LocalSite.open(folder.resolve("site"));
  }

  @AfterEach
  void close() {
    site.close();
  }

  private static String published(String name) throws IOException {
    try (var content = HandlersTest.class.getResourceAsStream("/events/" + name + ".json")) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Lends ten messages as a queue does to Lambda, the fourth of them poison. */
  private List<Received> lent(QueueName name, String template, String replaced) throws Exception {
    MessageQueue queue = site.queue(name);
    for (int i = 0; i < 10; i++) {
      String number =
          Integer.toHexString(i).repeat(replaced.length()).substring(0, replaced.length());
      queue.send(i == 3 ? "{\"poison\"" : template.replace(replaced, number), Map.of());
    }
    return queue.receive(10, Duration.ZERO, Duration.ofMinutes(1));
  }

  /** The event with these messages in place of the published one. */
  private static byte[] event(List<Received> messages) throws IOException {
    ObjectNode event = (ObjectNode) MAPPER.readTree(published("sqs-to-lambda"));
    ObjectNode example = (ObjectNode) event.path("Records").get(0);
    ArrayNode records = event.putArray("Records");
    for (Received message : messages) {
      ObjectNode record = example.deepCopy();
      record.put("messageId", message.id());
      record.put("receiptHandle", message.receipt());
      record.put("body", message.body());
      records.add(record);
    }
    return MAPPER.writeValueAsBytes(event);
  }

  private static List<String> failures(BatchHandler handler, byte[] event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(event), answer, null);
    List<String> failures = new ArrayList<>();
    JsonNode items = MAPPER.readTree(answer.toByteArray()).path("batchItemFailures");
    assertEquals(true, items.isArray());
    items.forEach(item -> failures.add(item.path("itemIdentifier").asString()));
    return failures;
  }

  private void poisonIsTheOnlyDeadLetter(QueueName name) throws Exception {
    List<Received> dead =
        site.queue(name).deadLetters().receive(10, Duration.ZERO, Duration.ofMinutes(1));
    assertEquals(List.of("{\"poison\""), dead.stream().map(Received::body).toList());
    assertFalse(dead.getFirst().attributes().get(MessageQueue.REASON).isBlank());
  }

  @Test
  void readsThePublishedEvent() throws Exception {
    Received message =
        SqsBatch.read(
                new ByteArrayInputStream(
                    published("sqs-to-lambda").getBytes(StandardCharsets.UTF_8)))
            .getFirst();
    assertEquals("059f36b4-87a3-44ab-83d2-661975830a7d", message.id());
    assertEquals("AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...", message.receipt());
    assertEquals("Test message.", message.body());
    assertEquals(Map.of("myAttribute", "myValue"), message.attributes());
    assertEquals(1, message.receiveCount());
  }

  @Test
  void anEventThatIsNoQueuesFailsWhole() {
    for (String wrong : List.of("{", "{}", "{\"Records\": {}}", "{\"Records\": [{\"Sns\": {}}]}")) {
      assertThrows(
          IOException.class,
          () -> failures(new CatalogHandler(site), wrong.getBytes(StandardCharsets.UTF_8)),
          wrong);
    }
  }

  @Test
  void theCatalogTakesNineOfTen() throws Exception {
    List<Received> messages = lent(QueueName.CATALOG, published("object-deleted"), ID);
    assertEquals(List.of(), failures(new CatalogHandler(site), event(messages)));
    List<CatalogRecord> records = new ArrayList<>();
    site.catalog().forEach(records::add);
    assertEquals(9, records.size());
    poisonIsTheOnlyDeadLetter(QueueName.CATALOG);
  }

  @Test
  void aFaultSendsItsOwnMessageRoundAgainAndNoOther() throws Exception {
    List<Received> messages = lent(QueueName.CATALOG, published("object-deleted"), ID);
    Site faulty =
        new FaultySite(
            site,
            (call, arguments) ->
                arguments.length > 0 && arguments[0].toString().contains("777")
                    ? new IllegalStateException("a bug")
                    : null);
    assertEquals(
        List.of(messages.get(7).id()), failures(new CatalogHandler(faulty), event(messages)));
    List<CatalogRecord> records = new ArrayList<>();
    site.catalog().forEach(records::add);
    assertEquals(8, records.size());
    poisonIsTheOnlyDeadLetter(QueueName.CATALOG);
  }

  @Test
  void alertsTellOfNineOfTenAndReportWhatComesAgain() throws Exception {
    String job = "4c7599ae-0a82-49aa-ba5a-4727fcce14a8";
    List<Received> messages = lent(QueueName.ALERTS, published("batch-job-failed"), job);
    TreeSet<String> told = new TreeSet<>();
    AlertsHandler handler =
        new AlertsHandler(
            site,
            (id, subject, text) -> {
              if (subject.contains("777")) {
                throw new IOException("the topic is away");
              }
              told.add(subject);
            });
    List<String> failures = failures(handler, event(messages));
    assertEquals(List.of(messages.get(7).id()), failures);
    assertEquals(8, told.size(), told.toString());
    // A function that deletes leaves to Lambda what it reports, and nothing else.
    assertEquals(1, site.queue(QueueName.ALERTS).depth().total());
    poisonIsTheOnlyDeadLetter(QueueName.ALERTS);
  }

  @Test
  void webhooksReportWhoeverCouldNotBeTold() throws Exception {
    Path secret = folder.resolve("secret");
    Files.writeString(secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Path subscribers = folder.resolve("subscribers.json");
    // An address inside, which is refused: real names are not to be looked up here.
    Files.writeString(
        subscribers,
        "{\"subscribers\": [{\"name\": \"ci\", \"url\": \"https://127.0.0.1/\", \"secret\": \"file:%s\","
                .formatted(secret)
            + " \"perSecond\": 100}]}");
    List<Received> messages = lent(QueueName.WEBHOOK, published("object-created"), ID);
    List<String> failures = failures(new WebhookHandler(site, subscribers), event(messages));
    List<String> all = new ArrayList<>(messages.stream().map(Received::id).toList());
    all.remove(messages.get(3).id());
    assertEquals(all, failures);
    assertEquals(9, site.queue(QueueName.WEBHOOK).depth().lent());
    poisonIsTheOnlyDeadLetter(QueueName.WEBHOOK);
    Files.writeString(subscribers, "{\"subscribers\": []}");
    assertEquals(
        List.of(), failures(new WebhookHandler(site, subscribers), event(messages.subList(0, 3))));
  }
}
