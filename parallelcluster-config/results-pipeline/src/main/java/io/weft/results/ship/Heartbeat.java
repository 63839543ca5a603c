package io.weft.results.ship;

import io.weft.results.port.MessageQueue;
import io.weft.results.port.Received;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a message while it is worked on. SQS lends it for at most twelve hours from when it was
 * received; then another gets it, which goes on with the parts that are in the bucket.
 */
final class Heartbeat implements AutoCloseable {
  private static final int BEATS = 3;

  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread;

  Heartbeat(MessageQueue queue, Received message, Duration visibility, ShipWatcher watcher) {
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("visibility of " + message.id())
            .start(() -> beat(queue, message, visibility, watcher));
  }

  private void beat(
      MessageQueue queue, Received message, Duration visibility, ShipWatcher watcher) {
    try {
      while (!end.await(visibility.toMillis() / BEATS, TimeUnit.MILLISECONDS)) {
        try {
          queue.extend(message, visibility);
        } catch (IOException away) {
          // Work goes on: if another gets the message, both end with the same objects.
          watcher.say("cannot keep message " + message.id() + ": " + away.getMessage());
        }
      }
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }

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
