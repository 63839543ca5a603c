package io.weft.results.catalog;

import io.weft.results.Refused;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.port.RejectedException;
import io.weft.results.port.Site;
import io.weft.results.work.Backoff;
import io.weft.results.work.Heartbeat;
import io.weft.results.work.Redrive;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes changes from the queue into the catalog. Each message is deleted for itself: a bad one goes
 * to the dead-letter queue with the reason, and sends none of the others round again. While table
 * or bucket are away it waits, and gives up nothing.
 */
public final class CatalogWorker {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration VISIBILITY = Duration.ofSeconds(60);
  private static final int BATCH = 10;

  private final MessageQueue queue;
  private final Redrive redrive;
  private final CatalogKeeper keeper;
  private final Consumer<String> say;

  /**
   * Makes a worker.
   *
   * @param site its queue, bucket and table
   * @param say gets lines for people
   */
  public CatalogWorker(Site site, Consumer<String> say) {
    this.queue = site.queue(QueueName.CATALOG);
    this.redrive = new Redrive(queue, say);
    this.keeper =
        new CatalogKeeper(site.catalog(), new BucketSummaries(site.objects()), site.objects());
    this.say = say;
  }

  /**
   * Works until the queue has nothing more to lend.
   *
   * @return how many messages went to the dead-letter queue, or come again
   * @throws IOException if the queue cannot be reached
   * @throws InterruptedException if the thread is told to end
   */
  public int untilEmpty() throws IOException, InterruptedException {
    int refused = 0;
    List<Received> messages;
    do {
      messages = queue.receive(BATCH, queue.emptyAfter(), VISIBILITY);
      refused += work(messages);
    } while (!messages.isEmpty());
    return refused;
  }

  /**
   * Works until the thread is interrupted.
   *
   * @throws IOException if the queue refuses
   * @throws InterruptedException when the thread is told to end
   */
  public void serve() throws IOException, InterruptedException {
    Backoff backoff = new Backoff();
    while (true) {
      try {
        work(queue.receive(BATCH, PATIENCE, VISIBILITY));
        backoff.reset();
      } catch (RejectedException refused) {
        throw refused;
      } catch (IOException away) {
        say.accept("the queue is away: " + away.getMessage());
        backoff.pause();
      }
    }
  }

  private int work(List<Received> messages) throws IOException, InterruptedException {
    int refused = 0;
    try (Heartbeat heartbeat = new Heartbeat(queue, messages, VISIBILITY, say)) {
      for (Received message : messages) {
        refused += work(message) ? 0 : 1;
        heartbeat.let(message);
      }
    }
    return refused;
  }

  private boolean work(Received message) throws IOException, InterruptedException {
    Backoff backoff = new Backoff();
    while (true) {
      try {
        keeper.apply(message.body());
        queue.delete(message);
        return true;
      } catch (Refused bad) {
        say.accept(
            "message %s goes to the dead-letter queue: %s"
                .formatted(message.id(), bad.getMessage()));
        queue.deadLetter(message, bad.getMessage());
        return false;
      } catch (RejectedException | RuntimeException failure) {
        redrive.failed(message, failure);
        return false;
      } catch (IOException away) {
        say.accept("delayed: " + away.getMessage());
        backoff.pause();
      }
    }
  }
}
