package io.weft.results.webhook;

import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.port.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The dispatcher of webhooks, put together: a queue, subscribers, and the way to them. */
public final class Webhooks implements AutoCloseable {
  private final WebhookSender sender;
  private final WebhookWorker worker;
  private final Secrets secrets = new Secrets();

  /**
   * Makes a dispatcher.
   *
   * @param site its queue, and what was told
   * @param subscribers the file that names them
   * @param log gets a line for each message that fails; no secrets, and no URLs
   * @throws IOException if the file cannot be read, or is none
   */
  public Webhooks(Site site, Path subscribers, Consumer<String> log) throws IOException {
    this.sender = new WebhookSender();
    this.worker =
        new WebhookWorker(
            site.queue(QueueName.WEBHOOK),
            new Dispatcher(
                Subscribers.read(subscribers, secrets::client),
                sender,
                site.sent(),
                Clock.systemUTC()),
            log,
            RandomGenerator.getDefault());
  }

  /**
   * Reads a file of subscribers, and no secret.
   *
   * @param subscribers the file
   * @throws IOException if it cannot be read, or is none
   */
  public static void check(Path subscribers) throws IOException {
    Subscribers.read(subscribers, () -> null);
  }

  /**
   * Works until the queue has nothing to lend.
   *
   * @return how many messages failed, for now or for good
   * @throws IOException if the queue or the store of what was told cannot be reached
   * @throws InterruptedException if the thread is told to end
   */
  public int untilEmpty() throws IOException, InterruptedException {
    return worker.untilEmpty();
  }

  /**
   * Works until the thread is interrupted; waits while the queue is away.
   *
   * @throws IOException if the queue refuses
   * @throws InterruptedException when the thread is told to end
   */
  public void serve() throws IOException, InterruptedException {
    worker.serve();
  }

  /**
   * Works on one message that the queue has lent: it is deleted, moved to the dead-letter queue
   * with the reason, or made to wait for its next try.
   *
   * @param message which
   * @return false if it waits for its next try
   * @throws IOException if the queue or the store of what was told cannot be reached
   * @throws InterruptedException if the thread is told to end
   */
  public boolean work(Received message) throws IOException, InterruptedException {
    return worker.work(message) != WebhookWorker.Outcome.WAITS;
  }

  @Override
  public void close() {
    sender.close();
    secrets.close();
  }
}
