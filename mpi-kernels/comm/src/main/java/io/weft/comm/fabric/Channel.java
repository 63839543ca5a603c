package io.weft.comm.fabric;

import io.weft.comm.CommunicatorException;
import io.weft.comm.fabric.FabricRequest.Stage;
import io.weft.ffi.Owner;
import java.lang.foreign.MemorySegment;

/**
 * Messages between ranks: what users and collectives send and receive, on top of {@link Postings}.
 *
 * <p>A short message travels in an envelope, which the receiver's {@link Slot}s are always ready
 * for; the {@link Matcher} finds its receive, and the bytes are copied there. Of a longer one the
 * envelope is an announcement: once its receive is found, the receiver posts the place where the
 * bytes belong and sends a clearance, and they come there under a tag of their own, without a copy.
 * So wild cards, order, a message that is too long for its receive, and messages that nobody waits
 * for yet are not left to providers. With libfabric 1.17, matching with ignored tag bits fails on
 * shm; a message that had to be cut was seen to lose its completion (net, ofi_rxm) or to hang
 * inside a poll (shm); and a thousand messages that came too early left no room to receive them
 * (shm).
 *
 * <p>Messages of a rank to itself never reach the provider.
 *
 * <p>Nothing here allocates but new requests, more unexpected messages than ever before, the first
 * envelope of a request that is not injected, and errors.
 */
public final class Channel implements AutoCloseable {
  private static final int POLLS_HIGH = 1 << 30;

  private final Owner owner = new Owner("the communicator");
  private final int rank;
  private final int size;
  private final Link link;
  private final Postings postings;
  private final Waiting waiting;

  private CommunicatorException broken;
  private boolean closed;

  /**
   * Takes over an open link.
   *
   * @param link the endpoint and its peers; closed with this channel
   * @param waiting what to do while nothing arrives
   */
  Channel(Link link, Waiting waiting) {
    this.link = link;
    this.rank = link.rank();
    this.size = link.size();
    this.waiting = waiting;
    this.postings = new Postings(link);
  }

  /**
   * This rank.
   *
   * @return {@code 0 .. size() - 1}
   */
  public int rank() {
    return rank;
  }

  /**
   * The number of ranks.
   *
   * @return at least 1
   */
  public int size() {
    return size;
  }

  Link link() {
    return link;
  }

  /**
   * The checks that every call of the communicator starts with.
   *
   * @throws WrongThreadException on another thread than the opener's
   * @throws IllegalStateException once closed
   * @throws CommunicatorException after a failure that nothing recovers from
   */
  public void check() {
    owner.check();
    if (closed || broken != null) {
      refuse();
    }
  }

  private void refuse() {
    if (closed) {
      throw new IllegalStateException("the communicator is closed");
    }
    throw new CommunicatorException(
        "the communicator is unusable since: " + broken.getMessage(), broken);
  }

  /**
   * Makes a request.
   *
   * @return an inactive one
   */
  public FabricRequest newRequest() {
    return postings.newRequest(this);
  }

  /**
   * Starts to send a user's message. The arguments have been checked.
   *
   * @param request inactive; active on return
   * @param buffer holds the message
   * @param offset where it starts
   * @param length its length in bytes
   * @param destination the receiving rank
   * @param tag the user's tag
   */
  public void send(
      FabricRequest request,
      MemorySegment buffer,
      long offset,
      long length,
      int destination,
      int tag) {
    prepare(request, false, buffer, offset, length, destination, tag);
    request.collective = false;
    if (destination == rank) {
      request.stage = Stage.SEND_TO_SELF;
      postings.sendToSelf(request);
    } else {
      request.tracked = false;
      send(request);
    }
  }

  /**
   * Starts to receive a user's message. The arguments have been checked.
   *
   * @param request inactive; active on return
   * @param buffer room for the message
   * @param offset where it goes
   * @param capacity the most that may arrive, in bytes
   * @param source the sending rank or any
   * @param tag the user's tag or any
   */
  public void receive(
      FabricRequest request,
      MemorySegment buffer,
      long offset,
      long capacity,
      int source,
      int tag) {
    prepare(request, true, buffer, offset, capacity, source, tag);
    request.collective = false;
    expect(request);
  }

  /**
   * Starts a collective's send to another rank.
   *
   * @param tracked whether to wait until the provider is done with it, however short it is
   */
  void sendOfCollective(
      FabricRequest request,
      MemorySegment buffer,
      long offset,
      long length,
      int destination,
      int number,
      boolean tracked) {
    prepare(request, false, buffer, offset, length, destination, number);
    request.collective = true;
    request.tracked = tracked;
    send(request);
  }

  /** Starts a collective's receive from another rank. */
  void receiveOfCollective(
      FabricRequest request,
      MemorySegment buffer,
      long offset,
      long length,
      int source,
      int number) {
    prepare(request, true, buffer, offset, length, source, number);
    request.collective = true;
    expect(request);
  }

  private static void prepare(
      FabricRequest request,
      boolean isReceive,
      MemorySegment buffer,
      long offset,
      long length,
      int peer,
      int tag) {
    request.isReceive = isReceive;
    request.buffer = buffer;
    request.offset = offset;
    request.length = length;
    request.peer = peer;
    request.tag = tag;
  }

  private void send(FabricRequest request) {
    try {
      postings.send(request);
    } catch (CommunicatorException e) {
      throw breakDown(e);
    }
  }

  private void expect(FabricRequest request) {
    request.stage = Stage.EXPECT;
    try {
      postings.expect(request);
    } catch (CommunicatorException e) {
      throw breakDown(e);
    }
  }

  /**
   * Polls once.
   *
   * @return how much moved; 0 if nothing did
   */
  int progress() {
    try {
      return postings.progress();
    } catch (CommunicatorException e) {
      throw breakDown(e);
    }
  }

  private CommunicatorException breakDown(CommunicatorException cause) {
    broken = cause;
    return cause;
  }

  /**
   * Waits until a request is done.
   *
   * @param request an active request
   * @throws CommunicatorException if nothing moves for too long, or if only this rank itself could
   *     complete the request, which cannot happen while it waits
   */
  public void await(FabricRequest request) {
    int emptyPolls = 0;
    while (!request.isDone()) {
      if (isForOneself(request)) {
        refuseToWait(request);
      }
      if (progress() != 0) {
        emptyPolls = 0;
        continue;
      }
      emptyPolls = emptyPolls + 1 < POLLS_HIGH ? emptyPolls + 1 : POLLS_HIGH / 2;
      if (!waiting.idle(emptyPolls)) {
        throw breakDown(waiting.expired(rank, request));
      }
    }
  }

  private boolean isForOneself(FabricRequest request) {
    return request.stage == Stage.SEND_TO_SELF
        || request.stage == Stage.EXPECT && (request.peer == rank || size == 1);
  }

  private void refuseToWait(FabricRequest request) {
    final String what = request.toString();
    postings.forget(request);
    request.reset();
    throw new CommunicatorException(
        "rank "
            + rank
            + " would wait for itself for ever: "
            + what
            + ", with nothing posted that matches. Use sendrecv, or start the other side first");
  }

  /** Closes the endpoint and frees what operations lent it. The ranks have agreed to close. */
  @Override
  public void close() {
    owner.check();
    if (!closed) {
      closed = true;
      postings.close();
    }
  }

  /**
   * Says whether {@link #close} was called.
   *
   * @return true if it was
   */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Says whether a failure has made the channel unusable.
   *
   * @return true if one has
   */
  public boolean isBroken() {
    return broken != null;
  }
}
