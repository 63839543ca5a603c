package io.weft.results.port;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A queue that delivers each message at least once, with a dead-letter queue beside it. Safe for
 * several threads.
 */
public interface MessageQueue {
  /** The attribute of a dead letter that says why it is one. */
  String REASON = "weft-reason";

  /**
   * Adds a message.
   *
   * @param body the message
   * @param attributes what to attach
   * @throws IOException if the queue cannot be reached or refuses
   */
  void send(String body, Map<String, String> attributes) throws IOException;

  /**
   * Borrows messages; those that were received too often go to the dead-letter queue instead.
   *
   * @param most how many, from 1 to 10
   * @param patience how long to wait for the first, at most 20 s
   * @param visibility how long others do not see them
   * @return what came; empty if nothing did
   * @throws IOException if the queue cannot be reached
   * @throws InterruptedException if the thread is told to end
   */
  List<Received> receive(int most, Duration patience, Duration visibility)
      throws IOException, InterruptedException;

  /**
   * How long a queue has to be asked until its answer that it is empty can be believed.
   *
   * @return a patience for {@link #receive}
   */
  default Duration emptyAfter() {
    // SQS asks all of its servers only where it may wait for them.
    return Duration.ofSeconds(1);
  }

  /**
   * Keeps a borrowed message longer, or gives it back at once.
   *
   * @param message which
   * @param visibility from now on; zero gives it back
   * @throws IOException if the queue cannot be reached, or the message is lent no more
   */
  void extend(Received message, Duration visibility) throws IOException;

  /**
   * Removes a borrowed message: it is done.
   *
   * @param message which
   * @throws IOException if the queue cannot be reached
   */
  void delete(Received message) throws IOException;

  /**
   * Moves a borrowed message to the dead-letter queue, with the attribute {@value #REASON}. Sends,
   * then deletes: whoever is ended between leaves it in both.
   *
   * @param message which
   * @param reason why
   * @throws IOException if a queue cannot be reached
   */
  void deadLetter(Received message, String reason) throws IOException;

  /**
   * Counts messages.
   *
   * @return about how many there are
   * @throws IOException if the queue cannot be reached
   */
  QueueDepth depth() throws IOException;

  /**
   * The queue's dead letters, which are a queue too.
   *
   * @return the dead-letter queue, which has none of its own
   */
  MessageQueue deadLetters();
}
