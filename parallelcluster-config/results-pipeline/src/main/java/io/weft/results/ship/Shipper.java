package io.weft.results.ship;

import io.weft.results.Refused;
import io.weft.results.bundle.UnreadableException;
import io.weft.results.event.ClaimCheck;
import io.weft.results.event.RunEvent;
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

/**
 * Takes announced runs from the queue, one after the other, and ships their bundles. A message is
 * deleted when its bundle is in the bucket; what can never be shipped goes to the dead-letter queue
 * with the reason. While bucket or queue are away it waits, and gives up nothing; what they refuse
 * comes again, and after some times is a dead letter too. A fault of its own ends no shipper.
 */
public final class Shipper {
  /** A network file system has moments in which it does not answer. */
  private static final int MOST_READS = 12;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final MessageQueue queue;
  private final Redrive redrive;
  private final ClaimCheck claims;
  private final BundleShipper bundles;
  private final ShipSettings settings;
  private final ShipWatcher watcher;

  /**
   * Makes a shipper.
   *
   * @param site its queue and bucket
   * @param settings how to work
   * @param watcher who is told
   */
  public Shipper(Site site, ShipSettings settings, ShipWatcher watcher) {
    this.queue = site.queue(QueueName.SHIP);
    this.redrive = new Redrive(queue, watcher::say);
    this.claims = new ClaimCheck(site::objects);
    this.bundles = new BundleShipper(site.objects(), settings, watcher);
    this.settings = settings;
    this.watcher = watcher;
  }

  /** What was done. */
  public static final class Tally {
    private int shipped;
    private int failed;

    private Tally() {}

    /**
     * Bundles that are in the bucket now, whoever brought them there.
     *
     * @return how many
     */
    public int shipped() {
      return shipped;
    }

    /**
     * Messages that went to the dead-letter queue, or come again.
     *
     * @return how many
     */
    public int failed() {
      return failed;
    }
  }

  /**
   * Works until the queue has nothing more to lend.
   *
   * @return what was done
   * @throws IOException if the queue cannot be reached
   * @throws InterruptedException if the thread is told to end
   */
  public Tally untilEmpty() throws IOException, InterruptedException {
    Tally tally = new Tally();
    List<Received> messages;
    do {
      messages = queue.receive(1, queue.emptyAfter(), settings.visibility());
      for (Received message : messages) {
        work(message, tally);
      }
    } while (!messages.isEmpty());
    return tally;
  }

  /**
   * Works until the thread is interrupted.
   *
   * @param between done before each look into the queue, such as publishing what waits in the spool
   * @throws IOException if the queue refuses
   * @throws InterruptedException when the thread is told to end
   */
  public void serve(Runnable between) throws IOException, InterruptedException {
    Backoff backoff = new Backoff();
    Tally tally = new Tally();
    while (true) {
      between.run();
      try {
        for (Received message : queue.receive(1, PATIENCE, settings.visibility())) {
          work(message, tally);
        }
        backoff.reset();
      } catch (RejectedException refused) {
        throw refused;
      } catch (IOException away) {
        watcher.say("the queue is away: " + away.getMessage());
        backoff.pause();
      }
    }
  }

  private void work(Received message, Tally tally) throws IOException, InterruptedException {
    watcher.at(ShipPhase.RECEIVED, "");
    try (Heartbeat _ =
        new Heartbeat(queue, List.of(message), settings.visibility(), watcher::say)) {
      Backoff backoff = new Backoff();
      int unreadable = 0;
      boolean done = false;
      while (!done) {
        try {
          done = workOnce(message, tally);
        } catch (UnreadableException storage) {
          watcher.say("trying again: " + storage.getMessage());
          done = ++unreadable == MOST_READS && refuse(message, storage.getMessage(), tally);
        }
        if (!done) {
          backoff.pause();
        }
      }
    }
  }

  /** False if the bucket is away: a delay, and no fault of the message. */
  private boolean workOnce(Received message, Tally tally) throws IOException, InterruptedException {
    RunEvent event = null;
    try {
      event = claims.event(message.body());
      watcher.begin(event);
      String outcome = bundles.ship(event) ? "shipped" : "there already";
      watcher.at(ShipPhase.BEFORE_DELETE, event.id());
      queue.delete(message);
      tally.shipped++;
      watcher.end(event, outcome);
      return true;
    } catch (Refused refused) {
      if (event != null) {
        watcher.end(event, refused.getMessage());
      }
      return refuse(message, refused.getMessage(), tally);
    } catch (UnreadableException storage) {
      throw storage;
    } catch (RejectedException | RuntimeException failure) {
      if (event != null) {
        watcher.end(event, String.valueOf(failure.getMessage()));
      }
      redrive.failed(message, failure);
      tally.failed++;
      return true;
    } catch (IOException away) {
      watcher.say("delayed: " + away.getMessage());
      return false;
    }
  }

  private boolean refuse(Received message, String reason, Tally tally) throws IOException {
    watcher.say("message %s goes to the dead-letter queue: %s".formatted(message.id(), reason));
    queue.deadLetter(message, new Refused(reason).getMessage());
    tally.failed++;
    return true;
  }
}
