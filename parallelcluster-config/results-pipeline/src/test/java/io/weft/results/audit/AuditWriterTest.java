package io.weft.results.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.FaultySite;
import io.weft.results.TestBundle;
import io.weft.results.event.EventJson;
import io.weft.results.event.RunEvent;
import io.weft.results.local.LocalSite;
import io.weft.results.port.QueueName;
import io.weft.results.port.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From the topic to the lines. */
class AuditWriterTest {
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

  private RunEvent announced(String name, int attempt) throws Exception {
    Path bundle = folder.resolve(name);
    new TestBundle(bundle).result("cg", "verified", "ena", "2026-11-20T10:15:30Z").write();
    RunEvent event = TestBundle.event(bundle, "17", attempt);
    announce(event);
    return event;
  }

  private void announce(RunEvent event) throws IOException {
    site.topic().publish(EventJson.text(event), event.attributes(), event.group(), event.id());
  }

  private List<String> keys() throws IOException {
    List<String> keys = new ArrayList<>();
    site.objects().list("", keys::add);
    return keys;
  }

  private final List<String> log = new ArrayList<>();

  private String content(String key) throws IOException {
    return new String(site.objects().read(key, 1 << 20).orElseThrow(), StandardCharsets.UTF_8);
  }

  @Test
  void writesEachEventOnceForEver() throws Exception {
    RunEvent first = announced("a", 0);
    RunEvent second = announced("b", 1);
    assertEquals(2, new AuditWriter(site, log::add).untilEmpty().written());
    announce(first);
    announce(first);
    assertEquals(0, new AuditWriter(site, log::add).untilEmpty().written());
    String key = "audit/runs/2026/11/20/" + first.id() + ".jsonl";
    assertEquals(
        List.of(key, "audit/runs/2026/11/20/" + second.id() + ".jsonl").stream().sorted().toList(),
        keys().stream().sorted().toList());
    String line = content(key);
    assertEquals(line.length() - 1, line.indexOf('\n'), "one line, which ends");
    JsonNode node = JsonMapper.builder().build().readTree(line);
    assertEquals(first.id(), node.path("id").asString());
    assertEquals("17", node.path("jobId").asString());
    assertEquals(0, node.path("attempt").asInt());
    assertEquals("verified", node.path("status").asString());
    assertEquals(first.manifest().sha256(), node.path("manifestSha256").asString());
    assertEquals(0, site.queue(QueueName.AUDIT).depth().total());
  }

  @Test
  void writesDownWhatIsNoEventToo() throws Exception {
    for (String body : List.of("{", "two\nlines", "{}")) {
      site.queue(QueueName.AUDIT).send(body, Map.of());
    }
    assertEquals(3, new AuditWriter(site, log::add).untilEmpty().written());
    for (String key : keys()) {
      assertTrue(key.startsWith("audit/refused/"), key);
      String line = content(key);
      assertEquals(line.length() - 1, line.indexOf('\n'), line);
      JsonNode node = JsonMapper.builder().build().readTree(line);
      assertFalse(node.path("refused").asString().isEmpty());
      assertTrue(List.of("{", "two\nlines", "{}").contains(node.path("message").asString()), line);
    }
    assertEquals(3, keys().size());
  }

  @Test
  void keepsTheMessageUntilItsLineIsWritten() throws Exception {
    announced("a", 0);
    AuditWriter away =
        new AuditWriter(
            new FaultySite(site, (call, arguments) -> new IOException("the bucket is away")),
            log::add);
    assertThrows(IOException.class, away::untilEmpty);
    assertEquals(1, site.queue(QueueName.AUDIT).depth().lent());
    assertEquals(List.of(), keys());
  }
}
