package io.weft.results.alerts;

import io.weft.results.Refused;
import io.weft.results.event.ClaimCheck;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.port.RejectedException;
import io.weft.results.port.SentStore;
import io.weft.results.port.Site;
import io.weft.results.work.Backoff;
import io.weft.results.work.Redrive;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the queue of alerts. What comes at about the same time about one job and attempt becomes
 * one alert; what comes later about it is dropped, for people know. One told while we are ended is
 * told again: twice is better than never.
 */
public final class AlertReader {
  private static final Duration VISIBILITY = Duration.ofMinutes(2);

  /** Longer than telling takes. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int AT_ONCE = 10;

  private final MessageQueue queue;
  private final Redrive redrive;
  private final ClaimCheck claims;
  private final SentStore sent;
  private final Alarm alarm;
  private final Consumer<String> log;

  /**
   * Makes a reader.
   *
   * @param site its queue, the bucket of long events, and what was told
   * @param alarm how people are told
   * @param log gets a line for each message that is a dead letter, and each delay
   */
  public AlertReader(Site site, Alarm alarm, Consumer<String> log) {
    this.queue = site.queue(QueueName.ALERTS);
    this.redrive = new Redrive(queue, log);
    this.claims = new ClaimCheck(site::objects);
    this.sent = site.sent();
    this.alarm = alarm;
    this.log = log;
  }

  /** Messages about one failure, and what they say. */
  private static final class Merged {
    private final String subject;
    private final Set<String> lines = new java.util.LinkedHashSet<>();
    private final List<Received> messages = new ArrayList<>();

    private Merged(Failure first) {
      this.subject = first.subject();
    }
  }

  /**
   * Works until the queue has nothing to lend.
   *
   * @return how many messages were dead letters
   * @throws IOException if queue, bucket or people cannot be reached; nothing is lost
   * @throws InterruptedException if the thread is told to end
   */
  public int untilEmpty() throws IOException, InterruptedException {
    int dead = 0;
    while (true) {
      List<Received> messages = queue.receive(AT_ONCE, queue.emptyAfter(), VISIBILITY);
      if (messages.isEmpty()) {
        return dead;
      }
      dead += work(messages).dead().size();
    }
  }

  /**
   * Works until the thread is interrupted; waits while the queue or people are away.
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
   * What became of messages.
   *
   * @param dead ids of those that can never be told of
   * @param again ids of those that somebody else is telling of; they come again
   */
  public record Outcome(Set<String> dead, Set<String> again) {}

  /**
   * Works on messages that the queue has lent.
   *
   * @param messages any number
   * @return what became of them
   * @throws IOException if queue, bucket or people cannot be reached; the messages come again
   */
  public Outcome work(List<Received> messages) throws IOException {
    Map<String, Merged> failures = new LinkedHashMap<>();
    Outcome outcome = new Outcome(new HashSet<>(), new HashSet<>());
    for (Received message : messages) {
      try {
        Failure failure = Failure.parse(message.body(), claims);
        Merged merged = failures.computeIfAbsent(failure.key(), key -> new Merged(failure));
        merged.lines.add(failure.text());
        merged.messages.add(message);
      } catch (Refused refused) {
        log.accept("message " + message.id() + " is a dead letter: " + refused.getMessage());
        queue.deadLetter(message, refused.getMessage());
        outcome.dead().add(message.id());
      } catch (RejectedException | RuntimeException failure) {
        failed(message, failure, outcome);
      } catch (IOException away) {
        // A claim that cannot be read holds up its own message, and no other.
        log.accept("message " + message.id() + " comes again: " + away.getMessage());
        outcome.again().add(message.id());
      }
    }
    for (Map.Entry<String, Merged> failure : failures.entrySet()) {
      List<Received> about = failure.getValue().messages;
      try {
        if (tell("alert/" + failure.getKey(), failure.getValue())) {
          for (Received message : about) {
            queue.delete(message);
          }
        } else {
          about.forEach(message -> outcome.again().add(message.id()));
        }
      } catch (RejectedException | RuntimeException refused) {
        for (Received message : about) {
          failed(message, refused, outcome);
        }
      }
    }
    return outcome;
  }

  private void failed(Received message, Exception cause, Outcome outcome) throws IOException {
    (redrive.failed(message, cause) ? outcome.dead() : outcome.again()).add(message.id());
  }

  /** False if somebody else is telling it. */
  private boolean tell(String id, Merged failure) throws IOException {
    switch (sent.claim(id, LEASE)) {
      case SENT -> {
        return true;
      }
      case BUSY -> {
        return false;
      }
      case MINE -> {
        boolean told = false;
        try {
          alarm.tell(id, failure.subject, String.join("\n", failure.lines));
          told = true;
        } finally {
          if (!told) {
            sent.release(id);
          }
        }
        sent.sent(id);
        return true;
      }
    }
    throw new IllegalStateException();
  }
}
