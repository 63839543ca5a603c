package io.weft.results.audit;

import io.weft.results.Digests;
import io.weft.results.Refused;
import io.weft.results.event.ClaimCheck;
import io.weft.results.event.RunEvent;
import io.weft.results.port.AuditLog;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.port.Site;
import io.weft.results.work.Backoff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Drains the FIFO queue of announcements into files of JSON lines below {@value #PREFIX}. Objects
 * of S3 cannot be appended to, so each event is a file of one line, whose name follows from the
 * event: whoever writes it a second time, for ever, finds it there. A message that is no event is
 * written down too, as it came: an audit does not choose.
 */
public final class AuditWriter {
  /** What keys of the audit begin with; the bucket locks what is below it. */
  public static final String PREFIX = "audit/";

  private static final Duration VISIBILITY = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int AT_ONCE = 10;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final MessageQueue queue;
  private final AuditLog audit;
  private final ClaimCheck claims;

  /**
   * Makes a writer.
   *
   * @param site its queue, bucket and audit
   */
  public AuditWriter(Site site) {
    this.queue = site.queue(QueueName.AUDIT);
    this.audit = site.audit();
    this.claims = new ClaimCheck(site::objects);
  }

  /**
   * Works until the queue has nothing to lend.
   *
   * @return how many lines were written
   * @throws IOException if queue or bucket cannot be reached; nothing is lost
   * @throws InterruptedException if the thread is told to end
   */
  public int untilEmpty() throws IOException, InterruptedException {
    int written = 0;
    while (true) {
      List<Received> messages = queue.receive(AT_ONCE, Duration.ofSeconds(1), VISIBILITY);
      if (messages.isEmpty()) {
        return written;
      }
      written += work(messages);
    }
  }

  /**
   * Works until the thread is interrupted; waits while queue or bucket are away.
   *
   * @param log gets a line for each delay
   * @throws InterruptedException when the thread is told to end
   */
  public void serve(Consumer<String> log) throws InterruptedException {
    Backoff backoff = new Backoff();
    while (true) {
      try {
        work(queue.receive(AT_ONCE, PATIENCE, VISIBILITY));
        backoff.reset();
      } catch (IOException away) {
        log.accept("waiting: " + away.getMessage());
        backoff.pause();
      }
    }
  }

  /** In the order in which they came: the first that cannot be written holds up the rest. */
  private int work(List<Received> messages) throws IOException {
    int written = 0;
    for (Received message : messages) {
      Line line = line(message.body());
      if (audit.append(line.key(), line.text().getBytes(StandardCharsets.UTF_8))) {
        written++;
      }
      queue.delete(message);
    }
    return written;
  }

  private record Line(String key, String text) {}

  private Line line(String body) throws IOException {
    ObjectNode node = MAPPER.createObjectNode();
    try {
      RunEvent event = claims.event(body);
      node.put("id", event.id());
      node.put("cluster", event.job().cluster());
      node.put("jobId", event.job().jobId());
      node.put("attempt", event.job().attempt());
      node.put("kernel", event.kernel());
      node.put("network", event.network());
      node.put("status", event.status());
      node.put("finishedAt", event.finishedAt().toString());
      node.put("bundle", event.bundle().toString());
      node.put("manifestSha256", event.manifest().sha256());
      return new Line(
          PREFIX + "runs/" + DAY.format(event.finishedAt()) + "/" + event.id() + ".jsonl",
          MAPPER.writeValueAsString(node) + "\n");
    } catch (Refused refused) {
      node.put("refused", refused.getMessage());
      node.put("message", body);
      return new Line(
          PREFIX + "refused/" + Digests.hex(body) + ".jsonl",
          MAPPER.writeValueAsString(node) + "\n");
    }
  }
}
