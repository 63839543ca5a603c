package io.weft.bench.peer;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.status.SenderPos;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * A stream each way between this rank and another. What fits into a frame is copied into it where
 * it lies in the log ({@code tryClaim}); what is longer is offered, and put together in its place
 * as the fragments come.
 */
final class AeronLink implements AutoCloseable {
  private static final int FRAGMENTS_AT_ONCE = 64;
  private static final long CONNECT_SECONDS = 60;

  private final AeronDriver driver;
  private final Pause pause;
  private final Subscription subscription;
  private final ExclusivePublication publication;
  private final BufferClaim claim = new BufferClaim();
  private final FragmentHandler handler = this::onFragment;
  private final CountersReader counters;
  private final int senderPosition;
  private final int termBytes;
  private Image image;
  private UnsafeBuffer outgoing;
  private UnsafeBuffer incoming;

  /** Of the message that is being put together. */
  private int placed;

  private int received;
  private int unsent;

  /**
   * Opens it; the other rank opens its end at the same time, and {@link #connect} waits for that.
   *
   * @param driver this rank's
   * @param pause between polls
   * @param subscription what the other rank publishes to
   * @param channel where this rank publishes to
   * @param stream as the other rank has it
   * @param termBytes of the log buffers
   */
  AeronLink(
      AeronDriver driver,
      Pause pause,
      Subscription subscription,
      String channel,
      int stream,
      int termBytes) {
    Aeron client = driver.client();
    this.driver = driver;
    this.pause = pause;
    this.subscription = subscription;
    this.termBytes = termBytes;
    publication = client.addExclusivePublication(channel, stream);
    counters = client.countersReader();
    // There is none in shared memory, where nothing is sent on.
    senderPosition =
        counters.findByTypeIdAndRegistrationId(
            SenderPos.SENDER_POSITION_TYPE_ID, publication.registrationId());
  }

  /** Waits for the other rank's end. */
  void connect() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_SECONDS);
    while (!publication.isConnected() || subscription.imageCount() == 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "no connection on %s after %d s".formatted(publication.channel(), CONNECT_SECONDS));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    image = subscription.imageAtIndex(0);
  }

  int termBytes() {
    return termBytes;
  }

  /** Where messages come from and go to from now on. */
  void use(UnsafeBuffer out, UnsafeBuffer in) {
    outgoing = out;
    incoming = in;
  }

  /** Sends a message; returns when it is in the log. */
  void send(int length) {
    if (length <= publication.maxPayloadLength()) {
      long at = publication.tryClaim(length, claim);
      while (at < 0) {
        refused(at);
        at = publication.tryClaim(length, claim);
      }
      claim.buffer().putBytes(claim.offset(), outgoing, 0, length);
      claim.commit();
    } else {
      while (true) {
        long at = publication.offer(outgoing, 0, length);
        if (at >= 0) {
          break;
        }
        refused(at);
      }
    }
    // The sender sends a datagram in each of its turns: no more often than there is one.
    unsent += length;
    if (unsent >= publication.maxPayloadLength()) {
      driver.turn();
      unsent = 0;
    }
  }

  /** Takes what has come meanwhile: two that only send would wait for each other. */
  private void refused(long why) {
    if (why != Publication.BACK_PRESSURED && why != Publication.ADMIN_ACTION) {
      throw new IllegalStateException(
          "offer on " + publication.channel() + ": " + Publication.errorString(why));
    }
    poll();
  }

  /** Returns when the driver has sent everything on. */
  void flush() {
    if (driver.work() == AeronDriver.Work.INVOKED) {
      unsent = 0;
      while (counters.getCounterValue(senderPosition) < publication.position()) {
        driver.turn();
        image.poll(handler, FRAGMENTS_AT_ONCE);
      }
    }
  }

  /** Takes what has come; returns at once. */
  private void poll() {
    if (image.poll(handler, FRAGMENTS_AT_ONCE) == 0) {
      if (image.isClosed()) {
        throw new IllegalStateException("the other rank's stream has ended: " + image);
      }
      driver.turn();
      pause.once();
    }
  }

  /** Receives messages. */
  void receive(int count) {
    while (received < count) {
      poll();
    }
    received -= count;
  }

  /** Sends and receives messages, in turns. */
  void exchange(int count, int length) {
    for (int i = 0; i < count; i++) {
      send(length);
      image.poll(handler, FRAGMENTS_AT_ONCE);
    }
    flush();
    receive(count);
  }

  private void onFragment(DirectBuffer buffer, int offset, int length, Header header) {
    incoming.putBytes(placed, buffer, offset, length);
    placed += length;
    if ((header.flags() & FrameDescriptor.END_FRAG_FLAG) != 0) {
      placed = 0;
      received++;
    }
  }

  @Override
  public void close() {
    publication.close();
    subscription.close();
  }
}
