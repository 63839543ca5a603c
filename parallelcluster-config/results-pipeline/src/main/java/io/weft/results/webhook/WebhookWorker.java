package io.weft.results.webhook;

import io.weft.results.Refused;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.Received;
import io.weft.results.port.RejectedException;
import io.weft.results.work.Backoff;
import io.weft.results.work.Redrive;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Works through the queue of results. A message is deleted when every subscriber was told; what
 * failed comes again after a while, and after {@value Retries#TRIES} tries becomes a dead letter
 * with the reason.
 */
final class WebhookWorker {
  /** More than all subscribers take, each at its slowest. */
  private static final Duration VISIBILITY = Duration.ofHours(1);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What became of a message. */
  enum Outcome {
    /** Everybody was told; it is deleted. */
    DONE,
    /** It comes again. */
    WAITS,
    /** It is a dead letter. */
    DEAD
  }

  private final MessageQueue queue;
  private final Redrive redrive;
  private final Dispatcher dispatcher;
  private final Consumer<String> log;
  private final RandomGenerator random;

  WebhookWorker(
      MessageQueue queue, Dispatcher dispatcher, Consumer<String> log, RandomGenerator random) {
    this.queue = queue;
    this.redrive = new Redrive(queue, log);
    this.dispatcher = dispatcher;
    this.log = log;
    this.random = random;
  }

  /**
   * Works until the queue has nothing to lend.
   *
   * @return how many messages failed, for now or for good
   * @throws IOException if the queue or the store of what was told cannot be reached
   * @throws InterruptedException if the thread is told to end
   */
  int untilEmpty() throws IOException, InterruptedException {
    int failed = 0;
    while (true) {
      List<Received> messages = queue.receive(1, queue.emptyAfter(), VISIBILITY);
      if (messages.isEmpty()) {
        return failed;
      }
      for (Received message : messages) {
        failed += work(message) == Outcome.DONE ? 0 : 1;
      }
    }
  }

  /**
   * Works until the thread is interrupted; waits while the queue is away.
   *
   * @throws IOException if the queue refuses
   * @throws InterruptedException when the thread is told to end
   */
  void serve() throws IOException, InterruptedException {
    Backoff backoff = new Backoff();
    while (true) {
      try {
        for (Received message : queue.receive(1, PATIENCE, VISIBILITY)) {
          work(message);
        }
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
   * Works on one message, which is deleted, moved or made to wait.
   *
   * @param message which
   * @return what became of it
   * @throws IOException if the queue or the store cannot be reached; the message comes again
   * @throws InterruptedException if the thread is told to end
   */
  Outcome work(Received message) throws IOException, InterruptedException {
    List<String> failures;
    try {
      failures = dispatcher.tell(message.body());
    } catch (Refused refused) {
      log.accept("message " + message.id() + " is a dead letter: " + refused.getMessage());
      queue.deadLetter(message, refused.getMessage());
      return Outcome.DEAD;
    } catch (RejectedException | RuntimeException failure) {
      return redrive.failed(message, failure) ? Outcome.DEAD : Outcome.WAITS;
    }
    if (failures.isEmpty()) {
      queue.delete(message);
      return Outcome.DONE;
    }
    String reason = new Refused(String.join("; ", failures)).getMessage();
    if (message.receiveCount() >= Retries.TRIES) {
      log.accept("message " + message.id() + " is a dead letter: " + reason);
      queue.deadLetter(message, reason);
      return Outcome.DEAD;
    }
    Duration wait = Retries.after(message.receiveCount(), random);
    log.accept("message %s again in %d s: %s".formatted(message.id(), wait.toSeconds(), reason));
    queue.extend(message, wait);
    return Outcome.WAITS;
  }
}
