package io.weft.results.work;

import io.weft.results.Refused;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.Received;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What becomes of a message that could not be worked on for a reason that may pass, but not by
 * waiting: somebody said no, or the worker has a fault. It comes again after a minute; at the last
 * time that its queue lends it, it becomes a dead letter with the reason, which the queue itself
 * would not note. Safe for several threads.
 */
public final class Redrive {
  /** How often a queue lends a message: {@code maxReceiveCount} of all queues. */
  public static final int MOST_RECEIVES = 5;

  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final MessageQueue queue;
  private final Consumer<String> say;

  /**
   * For a queue's messages.
   *
   * @param queue which
   * @param say gets what happened, with the trace of a fault
   */
  public Redrive(MessageQueue queue, Consumer<String> say) {
    this.queue = queue;
    this.say = say;
  }

  /**
   * Gives a message back, or up.
   *
   * @param message which
   * @param cause why it was not done
   * @return true if it is a dead letter now, false if it comes again
   * @throws IOException if it should be a dead letter, and its queue cannot be reached
   */
  public boolean failed(Received message, Exception cause) throws IOException {
    String reason = reason(cause);
    if (message.receiveCount() >= MOST_RECEIVES) {
      say.accept("message " + message.id() + " is a dead letter: " + told(reason, cause));
      queue.deadLetter(message, new Refused(reason).getMessage());
      return true;
    }
    say.accept(
        "message %s comes again, try %d of %d: %s"
            .formatted(message.id(), message.receiveCount(), MOST_RECEIVES, told(reason, cause)));
    try {
      queue.extend(message, AGAIN);
    } catch (IOException away) {
      // Then it comes when its visibility ends.
      say.accept("message " + message.id() + " cannot be given back: " + away.getMessage());
    }
    return false;
  }

  private static String reason(Exception cause) {
    if (!(cause instanceof RuntimeException)) {
      return cause.getMessage();
    }
    return "a fault of the worker: " + cause;
  }

  /** Of a fault, which is to be mended, also where it is. */
  private static String told(String reason, Exception cause) {
    if (!(cause instanceof RuntimeException)) {
      return reason;
    }
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    return reason + "\n" + trace;
  }
}
