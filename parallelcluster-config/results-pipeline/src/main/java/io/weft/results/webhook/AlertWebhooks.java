package io.weft.results.webhook;

import io.weft.results.Digests;
import io.weft.results.alerts.Alarm;
import io.weft.results.port.RejectedException;
import io.weft.results.port.SentStore;
import io.weft.results.port.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Alerts told to subscribers, signed and sent as results are. Each hears of an alert once, whoever
 * of the others could not be told.
 */
public final class AlertWebhooks implements Alarm, AutoCloseable {
  private static final int FORMAT = 1;
  private static final String TYPE = "alert";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final WebhookSender sender;
  private final Secrets secrets = new Secrets();
  private final Dispatcher dispatcher;

  /**
   * Makes one.
   *
   * @param site what was told
   * @param subscribers the file that names them
   * @throws IOException if the file cannot be read, or is none
   */
  public AlertWebhooks(Site site, Path subscribers) throws IOException {
    this(site.sent(), subscribers, new WebhookSender());
  }

  AlertWebhooks(SentStore sent, Path subscribers, WebhookSender sender) throws IOException {
    this.sender = sender;
    this.dispatcher =
        new Dispatcher(
            Subscribers.read(subscribers, secrets::client), sender, sent, Clock.systemUTC());
  }

  /**
   * Tells whoever was not yet told.
   *
   * @throws RejectedException if somebody could not be told; all others are
   * @throws IOException if it cannot be found out who was told
   */
  @Override
  public void tell(String id, String subject, String text) throws IOException {
    // A job may have a dot in its name, which a signed id must not.
    String signed = Digests.hex(id);
    ObjectNode node = MAPPER.createObjectNode();
    node.put("format", FORMAT).put("type", TYPE).put("id", signed);
    node.put("subject", subject).put("text", text);
    try {
      var failures =
          dispatcher.tell(
              "alert-webhook/",
              signed,
              MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8));
      if (!failures.isEmpty()) {
        throw new RejectedException(String.join("; ", failures), null);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      throw new IOException("told to end", end);
    }
  }

  @Override
  public void close() {
    sender.close();
    secrets.close();
  }
}
