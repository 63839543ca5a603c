package io.weft.comm.fabric;

import io.weft.comm.CommunicatorException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * What a channel has under way with the other ranks: finds the receive for each message, whatever
 * carries them, and hands messages of this rank to itself over. Implementations move the bytes.
 */
abstract class Postings implements AutoCloseable {
  final int rank;
  final Matcher matcher;
  private final List<FabricRequest> freeRequests = new ArrayList<>();

  Postings(int rank) {
    this.rank = rank;
    this.matcher = new Matcher(rank);
  }

  /** Makes a request that nobody has used. */
  abstract FabricRequest makeRequest(Channel channel);

  /** Starts to send a message to another rank. */
  abstract void send(FabricRequest request);

  /** Gives a message that came in to its receive; the slot stays the caller's. */
  abstract void deliver(Slot slot, FabricRequest receive);

  /** Takes back a slot whose message was delivered. */
  abstract void free(Slot slot);

  /** Takes back a slot whose message nobody will receive. */
  abstract void drop(Slot slot);

  /** Opens memory that the ranks of a group reach; the group is this memory's alone. Collective. */
  abstract RemoteMemory openMemory(
      Channel channel, Group group, RemoteMemory.ByteExchange exchange, long lengthBytes);

  /** The longest message that goes along with its envelope, in bytes. */
  abstract long longestEager();

  /** Polls once; returns how much moved. */
  abstract int progress();

  /**
   * Looks, now and then while a rank waits, whether the others are still there.
   *
   * @throws CommunicatorException if one is gone, with its rank
   */
  void checkPeers() {}

  @Override
  public abstract void close();

  /** Takes back what was lent to a request for one operation, which is over. */
  void ended(FabricRequest request) {}

  FabricRequest newRequest(Channel channel, Group group) {
    FabricRequest request =
        freeRequests.isEmpty() ? makeRequest(channel) : freeRequests.removeLast();
    request.group = group;
    return request;
  }

  /** Takes back a request that nobody will use; an active one is left to itself. */
  void recycle(FabricRequest request) {
    if (!request.isActive()) {
      freeRequests.add(request);
    }
  }

  /** Throws away what came in for a group that is no more. */
  void dropMessagesOf(Group group) {
    for (Slot slot = matcher.takeMessageOf(group.context);
        slot != null;
        slot = matcher.takeMessageOf(group.context)) {
      drop(slot);
    }
  }

  /**
   * Finds the message that a receive would take, and tells of it in the receive's own fields.
   *
   * @return false if there is none
   */
  boolean find(FabricRequest receive) {
    Operation message = matcher.findMessage(receive);
    if (message == null) {
      return false;
    }
    if (message instanceof Slot slot) {
      describe(slot, receive);
    } else {
      describe((FabricRequest) message, receive);
    }
    return true;
  }

  static void describe(Slot slot, FabricRequest receive) {
    receive.source = Envelope.source(slot.memory);
    receive.receivedTag = Envelope.tag(slot.memory);
    receive.receivedLength = Envelope.length(slot.memory);
  }

  final void describe(FabricRequest send, FabricRequest receive) {
    receive.source = rank;
    receive.receivedTag = send.tag;
    receive.receivedLength = send.length;
  }

  /** Gives a message of this rank to itself to its receive, or keeps it for a later one. */
  void sendToSelf(FabricRequest send) {
    FabricRequest receive = matcher.takeReceive(false, send.group.context, rank, send.tag);
    if (receive == null) {
      matcher.keepMessage(send);
    } else {
      deliverToSelf(send, receive);
    }
  }

  /** Gives a receive the first message that it wants, or keeps it for a later one. */
  void expect(FabricRequest receive) {
    Operation message = matcher.takeMessage(receive);
    if (message == null) {
      matcher.keepReceive(receive);
    } else if (message instanceof Slot slot) {
      deliver(slot, receive);
      free(slot);
    } else {
      deliverToSelf((FabricRequest) message, receive);
    }
  }

  /** Drops a send to this rank or a receive that nothing has matched. */
  void forget(FabricRequest request) {
    if (request.isReceive) {
      matcher.dropReceive(request);
    } else {
      matcher.dropMessage(request);
    }
  }

  private void deliverToSelf(FabricRequest send, FabricRequest receive) {
    describe(send, receive);
    if (send.length > receive.length) {
      receive.failure = truncated(receive);
    } else {
      MemorySegment.copy(send.buffer, send.offset, receive.buffer, receive.offset, send.length);
    }
    receive.done();
    send.done();
  }

  final CommunicatorException truncated(FabricRequest r) {
    return new CommunicatorException(
        "rank "
            + rank
            + ": a message of "
            + r.receivedLength
            + " bytes from rank "
            + r.group.place(r.source)
            + " with tag "
            + r.receivedTag
            + " is longer than the receive buffer of "
            + r.length
            + " bytes");
  }
}
