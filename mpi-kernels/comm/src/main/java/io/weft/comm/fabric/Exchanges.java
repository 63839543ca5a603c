package io.weft.comm.fabric;

import io.weft.comm.Communicator;
import java.lang.foreign.MemorySegment;

/** The messages of collectives: one at a time to one rank, and from one. */
final class Exchanges {
  private final Channel channel;
  private final Group group;
  private final FabricRequest sending;
  private final FabricRequest receiving;

  /**
   * Which collective this is; the same on every rank, so that the messages of two are not mixed up.
   * It goes round, after more of them than can be under way.
   */
  private int number;

  Exchanges(Channel channel, Group group) {
    this.channel = channel;
    this.group = group;
    this.sending = channel.newRequest(group);
    this.receiving = channel.newRequest(group);
  }

  int rank() {
    return group.rank();
  }

  int size() {
    return group.size();
  }

  /** Gives its requests back. */
  void close() {
    channel.recycle(sending);
    channel.recycle(receiving);
  }

  /** Begins the next collective. */
  void begin() {
    number = number + 1 & Communicator.MAX_TAG;
  }

  /** Sends; returns when the buffer may be changed. */
  void send(MemorySegment buffer, long offset, long length, int destination) {
    channel.sendOfCollective(sending, buffer, offset, length, destination, number, false);
    finish(sending);
  }

  /** Receives; returns when the message is there. */
  void receive(MemorySegment buffer, long offset, long length, int source) {
    channel.receiveOfCollective(receiving, buffer, offset, length, source, number);
    finish(receiving);
  }

  /** Receives and sends; the receive is posted first, so that the message finds its place. */
  void exchange(
      MemorySegment send,
      long sendOffset,
      long sendLength,
      int destination,
      MemorySegment recv,
      long recvOffset,
      long recvLength,
      int source) {
    channel.receiveOfCollective(receiving, recv, recvOffset, recvLength, source, number);
    channel.sendOfCollective(sending, send, sendOffset, sendLength, destination, number, false);
    finish(sending);
    finish(receiving);
  }

  /** Exchanges empty messages, and waits until the provider has got rid of its own. */
  void signal(MemorySegment empty, int destination, int source) {
    channel.receiveOfCollective(receiving, empty, 0, 0, source, number);
    channel.sendOfCollective(sending, empty, 0, 0, destination, number, true);
    finish(sending);
    finish(receiving);
  }

  private void finish(FabricRequest request) {
    channel.await(request);
    request.finish(null);
  }
}
