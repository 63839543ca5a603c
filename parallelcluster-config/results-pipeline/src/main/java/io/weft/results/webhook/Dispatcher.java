package io.weft.results.webhook;

import io.weft.results.Refused;
import io.weft.results.port.SentStore;
import io.weft.results.port.SentStore.Claim;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells each subscriber of a result, or of an alert, once. Who was told is noted after its server
 * has said yes: one that says yes while we are ended is told again, with the same id, by which it
 * can know that.
 */
final class Dispatcher {
  /** More than a post takes, with the wait for its turn. */
  static final Duration LEASE = Duration.ofMinutes(5);

  private static final int YES = 200;
  private static final int NOT_YES = 300;

  private final List<Subscriber> subscribers;
  private final WebhookSender sender;
  private final SentStore sent;
  private final Clock clock;

  Dispatcher(List<Subscriber> subscribers, WebhookSender sender, SentStore sent, Clock clock) {
    this.subscribers = List.copyOf(subscribers);
    this.sender = sender;
    this.sent = sent;
    this.clock = clock;
  }

  /**
   * Tells whoever was not yet told.
   *
   * @param message an event of a manifest that came
   * @return why somebody could not be told, in a sentence each; empty if all are
   * @throws Refused if the message tells of no result
   * @throws IOException if it cannot be found out who was told
   * @throws InterruptedException if the thread is told to end
   */
  List<String> tell(String message) throws Refused, IOException, InterruptedException {
    ResultMessage result = ResultMessage.parse(message);
    return tell("webhook/", result.id(), result.body());
  }

  /**
   * Tells whoever was not yet told.
   *
   * @param kind of message: what is noted of who was told begins with it
   * @param id of the message, without a dot
   * @param body of it, in JSON
   * @return why somebody could not be told, in a sentence each; empty if all are
   * @throws IOException if it cannot be found out who was told
   * @throws InterruptedException if the thread is told to end
   */
  List<String> tell(String kind, String id, byte[] body) throws IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    for (Subscriber subscriber : subscribers) {
      String key = kind + subscriber.name() + "/" + id;
      Claim claim = sent.claim(key, LEASE);
      if (claim == Claim.BUSY) {
        failures.add(subscriber.name() + ": another dispatcher is telling it");
      } else if (claim == Claim.MINE) {
        String failure = tell(subscriber, id, body);
        if (failure == null) {
          sent.sent(key);
        } else {
          sent.release(key);
          failures.add(subscriber.name() + ": " + failure);
        }
      }
    }
    return failures;
  }

  /** Null if it was told. */
  private String tell(Subscriber subscriber, String id, byte[] body) throws InterruptedException {
    try {
      subscriber.limit().take();
      long seconds = clock.instant().getEpochSecond();
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("webhook-id", id);
      headers.put("webhook-timestamp", Long.toString(seconds));
      headers.put(
          "webhook-signature", Signature.of(subscriber.secrets().live(), id, seconds, body));
      int status = sender.post(subscriber.url(), headers, body);
      // A redirect is a no: it would lead where nobody has checked.
      return status >= YES && status < NOT_YES ? null : "its server says " + status;
    } catch (IOException failure) {
      return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
  }
}
