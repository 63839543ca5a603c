package io.weft.results.work;

import io.weft.results.port.MessageQueue;
import io.weft.results.port.Received;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps messages while they are worked on: renews their visibility three times in its length. SQS
 * lends a message for at most twelve hours from when it was received; then another gets it.
 */
public final class Heartbeat implements AutoCloseable {
  private static final int BEATS = 3;

  private final MessageQueue queue;
  private final Duration visibility;
  private final Consumer<String> say;
  private final Set<Received> kept;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread;

  /**
   * Begins.
   *
   * @param queue that lent the messages
   * @param messages which
   * @param visibility for how long each
   * @param say gets a line when one cannot be kept
   */
  public Heartbeat(
      MessageQueue queue, List<Received> messages, Duration visibility, Consumer<String> say) {
    this.queue = queue;
    this.visibility = visibility;
    this.say = say;
    this.kept = ConcurrentHashMap.newKeySet();
    this.kept.addAll(messages);
    this.thread = Thread.ofPlatform().daemon().name("visibility").start(this::beat);
  }

  /**
   * Keeps a message no longer.
   *
   * @param message which
   */
  public void let(Received message) {
    kept.remove(message);
  }

  private void beat() {
    try {
      while (!end.await(visibility.toMillis() / BEATS, TimeUnit.MILLISECONDS)) {
        for (Received message : kept) {
          try {
            queue.extend(message, visibility);
          } catch (IOException away) {
            if (kept.contains(message)) {
              // Work goes on: if another gets the message, both end with the same.
              say.accept("cannot keep message " + message.id() + ": " + away.getMessage());
            }
          }
        }
      }
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it, and waits for a renewal that is under way. */
  @Override
  public void close() {
    end.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException told) {
        // A request that is under way ends by its own timeout.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
