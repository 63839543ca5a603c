package io.weft.results.audit;

import io.weft.results.Digests;
import io.weft.results.Refused;
import io.weft.results.event.ClaimCheck;
import io.weft.results.event.RunEvent;
import io.weft.results.port.AuditLog;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.port.RejectedException;
import io.weft.results.port.Site;
import io.weft.results.work.Backoff;
import io.weft.results.work.Redrive;
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
  private final Redrive redrive;
  private final AuditLog audit;
  private final ClaimCheck claims;
  private final Consumer<String> log;

  /**
   * Makes a writer.
   *
   * @param site its queue, bucket and audit
   * @param log gets a line for each delay, and for what cannot be written down
   */
  public AuditWriter(Site site, Consumer<String> log) {
    this.queue = site.queue(QueueName.AUDIT);
    this.redrive = new Redrive(queue, log);
    this.log = log;
    this.audit = site.audit();
    this.claims = new ClaimCheck(site::objects);
  }

  /**
   * Works until the queue has nothing to lend.
   *
   * @return what was done
   * @throws IOException if queue or bucket cannot be reached; nothing is lost
   * @throws InterruptedException if the thread is told to end
   */
  public Tally untilEmpty() throws IOException, InterruptedException {
    Tally tally = new Tally(0, 0);
    while (true) {
      List<Received> messages = queue.receive(AT_ONCE, queue.emptyAfter(), VISIBILITY);
      if (messages.isEmpty()) {
        return tally;
      }
      tally = tally.plus(work(messages));
    }
  }

  /**
   * What was done.
   *
   * @param written lines that were not there before
   * @param failed messages that could not be written down, and come again or are dead letters
   */
  public record Tally(int written, int failed) {
    private Tally plus(Tally other) {
      return new Tally(written + other.written, failed + other.failed);
    }
  }

  /**
   * Works until the thread is interrupted; waits while queue or bucket are away.
   *
   * @throws IOException if the queue refuses
   * @throws InterruptedException when the thread is told to end
   */
  public void serve() throws IOException, InterruptedException {
    Backoff backoff = new Backoff();
    while (true) {
      try {
        work(queue.receive(AT_ONCE, PATIENCE, VISIBILITY));
        backoff.reset();
      } catch (RejectedException refused) {
        throw refused;
      } catch (IOException away) {
        log.accept("waiting: " + away.getMessage());
        backoff.pause();
      }
    }
  }

  /**
   * In the order in which they came: while the bucket is away the first holds up the rest. One that
   * cannot be written down for itself does not: each line is a file, and has no place among others.
   */
  private Tally work(List<Received> messages) throws IOException {
    int written = 0;
    int failed = 0;
    for (Received message : messages) {
      try {
        Line line = line(message.body());
        if (audit.append(line.key(), line.text().getBytes(StandardCharsets.UTF_8))) {
          written++;
        }
        queue.delete(message);
      } catch (RejectedException | RuntimeException failure) {
        redrive.failed(message, failure);
        failed++;
      }
    }
    return new Tally(written, failed);
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
