package io.weft.comm.fabric;

import io.weft.comm.Bootstrap;
import io.weft.comm.CommunicatorException;
import io.weft.comm.fabric.FabricRequest.Stage;
import io.weft.comm.rendezvous.Rendezvous;
import io.weft.ffi.Owner;
import java.lang.foreign.MemorySegment;

/**
 * Messages between ranks: what users and collectives send and receive, on top of {@link
 * ProviderPostings} or {@link RingPostings}.
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
  private final Bootstrap bootstrap;
  private final Runnable look;
  private final Carrier carrier;
  private final Postings postings;
  private final Waiting waiting;
  private final Groups groups;

  private CommunicatorException broken;
  private boolean closed;

  /**
   * Makes a channel.
   *
   * @param postings move the messages; closed with this channel
   * @param bootstrap knows how many ranks there are, and maybe which of them are gone
   * @param carrier what they go through
   * @param waiting what to do while nothing arrives
   */
  Channel(Postings postings, Bootstrap bootstrap, Carrier carrier, Waiting waiting) {
    this.postings = postings;
    this.rank = postings.rank;
    this.bootstrap = bootstrap;
    this.size = bootstrap.size();
    this.look = this::checkPeers;
    this.carrier = carrier;
    this.waiting = waiting;
    this.groups = new Groups(rank, size, postings);
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

  /**
   * The groups of ranks that exchange messages.
   *
   * @return always the same object
   */
  public Groups groups() {
    return groups;
  }

  Carrier carrier() {
    return carrier;
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
   * @param group whose ranks it speaks of
   * @return an inactive one
   */
  public FabricRequest newRequest(Group group) {
    return postings.newRequest(this, group);
  }

  /**
   * Takes back a request that nobody will use.
   *
   * @param request one of {@link #newRequest}
   */
  public void recycle(FabricRequest request) {
    postings.recycle(request);
  }

  /** Takes back what a request had of the provider; it is over. */
  void ended(FabricRequest request) {
    postings.ended(request);
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
    if (request.peer == rank) {
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
    request.peer = request.group.member(peer);
    request.tag = tag;
  }

  /**
   * Opens memory that the ranks of a group reach; collective.
   *
   * @param group whose context is for this memory alone
   * @param exchange reaches the other ranks
   * @param lengthBytes the length of this rank's memory
   * @return the memory
   */
  public RemoteMemory openMemory(
      Group group, RemoteMemory.ByteExchange exchange, long lengthBytes) {
    return postings.openMemory(this, group, exchange, lengthBytes);
  }

  /**
   * Says whether ranks write to each other's memory and are told of it.
   *
   * @return the same on every rank
   */
  public boolean writesRemotely() {
    return postings instanceof ProviderPostings provider && provider.remote().tells();
  }

  /**
   * The longest message that goes along with its envelope.
   *
   * @return bytes
   */
  public long longestEager() {
    return postings.longestEager();
  }

  /** Those of a provider, which alone knows of remote memory and active messages. */
  ProviderPostings providerPostings() {
    return (ProviderPostings) postings;
  }

  /** Starts what a request wants with another rank's memory. */
  void startRemote(FabricRequest request) {
    try {
      providerPostings().startRemote(request);
    } catch (CommunicatorException e) {
      throw breakDown(e);
    }
  }

  /** Sends what a request's envelope holds to the {@link ActiveMessages} of its context. */
  void sendActive(FabricRequest request) {
    try {
      providerPostings().sendActive(request);
    } catch (CommunicatorException e) {
      throw breakDown(e);
    }
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
  public int progress() {
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
   * Says whether a message is there that a receive would take; polls if there is none.
   *
   * @param request inactive, and inactive on return; {@link FabricRequest#describeMessage} says
   *     what was found
   * @param source the sending rank or any
   * @param tag the user's tag or any
   * @return true if one is
   * @throws CommunicatorException if polling failed
   */
  public boolean probe(FabricRequest request, int source, int tag) {
    prepare(request, true, null, 0, 0, source, tag);
    request.collective = false;
    if (postings.find(request)) {
      return true;
    }
    progress();
    return postings.find(request);
  }

  /**
   * Waits until a message is there that a receive would take.
   *
   * @param request inactive, and inactive on return; {@link FabricRequest#describeMessage} says
   *     what was found
   * @param source the sending rank or any
   * @param tag the user's tag or any
   * @throws CommunicatorException as {@link #await}
   */
  public void awaitMessage(FabricRequest request, int source, int tag) {
    int empty = 0;
    while (!probe(request, source, tag)) {
      if (request.peer == rank || request.group.size() == 1) {
        throw alone(describeProbe(request));
      }
      empty = pollOrIdle(empty, "a message that a probe asks for");
    }
  }

  private static String describeProbe(FabricRequest request) {
    return "a probe for a message from "
        + (request.peer < 0 ? "any rank" : "rank " + request.group.place(request.peer));
  }

  private static int next(int emptyPolls) {
    return emptyPolls < POLLS_HIGH ? emptyPolls + 1 : POLLS_HIGH / 2;
  }

  private void checkPeers() {
    int lost = bootstrap.lostRank();
    if (lost >= 0) {
      throw new CommunicatorException(Rendezvous.gone(rank, lost));
    }
    postings.checkPeers();
  }

  private void idle(int emptyPolls, Object awaited) {
    boolean inTime;
    try {
      inTime = waiting.idle(emptyPolls, look);
    } catch (CommunicatorException e) {
      throw breakDown(e);
    }
    if (!inTime) {
      throw breakDown(waiting.expired(rank, awaited));
    }
  }

  /**
   * Polls, and passes the time if nothing moves.
   *
   * @param emptyPolls how many polls in a row were in vain
   * @param awaited what for, in words
   * @return the same after this one
   * @throws CommunicatorException if nothing moves for too long
   */
  public int pollOrIdle(int emptyPolls, String awaited) {
    if (progress() != 0) {
      return 0;
    }
    idle(next(emptyPolls), awaited);
    return next(emptyPolls);
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
      emptyPolls = next(emptyPolls);
      idle(emptyPolls, request);
    }
  }

  private boolean isForOneself(FabricRequest request) {
    return request.stage == Stage.SEND_TO_SELF
        || request.stage == Stage.EXPECT && (request.peer == rank || request.group.size() == 1);
  }

  private void refuseToWait(FabricRequest request) {
    final String what = request.toString();
    postings.forget(request);
    request.reset();
    throw alone(what);
  }

  private CommunicatorException alone(String what) {
    return new CommunicatorException(
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
