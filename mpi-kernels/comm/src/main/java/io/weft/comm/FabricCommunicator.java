package io.weft.comm;

import io.weft.comm.fabric.Channel;
import io.weft.comm.fabric.Collectives;
import io.weft.comm.fabric.FabricRequest;
import io.weft.comm.fabric.FabricSettings;
import io.weft.comm.fabric.Opening;
import io.weft.comm.fabric.TransportProbe;
import io.weft.ffi.NativeMemory;
import io.weft.launch.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A {@link Communicator} over one libfabric endpoint per rank. Ranks find each other through a
 * {@link Bootstrap}; every message after that is libfabric's alone.
 *
 * <p>A wait in which nothing moves for 120 s, or the seconds in {@code WEFT_TIMEOUT_SECONDS} (0: no
 * limit), ends in a {@link CommunicatorException} and leaves the communicator unusable.
 */
public final class FabricCommunicator implements Communicator {
  private final Bootstrap bootstrap;
  private final Channel channel;
  private final Collectives collectives;
  private final Arena arena = Arena.ofShared();
  private final Traffic traffic = new Traffic();
  private final FabricRequest sending;
  private final FabricRequest receiving;
  private final int rank;
  private final int size;

  private FabricCommunicator(Bootstrap bootstrap, Channel channel) {
    this.bootstrap = bootstrap;
    this.channel = channel;
    this.collectives = new Collectives(channel);
    this.sending = channel.newRequest();
    this.receiving = channel.newRequest();
    this.rank = channel.rank();
    this.size = channel.size();
  }

  /**
   * Opens one over all ranks of a bootstrap, on an address of its own choice; collective.
   *
   * @param bootstrap reaches the other ranks; stays the caller's, and must stay open
   * @param network what messages cross; {@link Network#AUTO} must have been decided before
   * @param provider the libfabric provider by its full name, such as {@code tcp;ofi_rxm}, or null
   *     for the usual one of the network
   * @param oneHost whether all ranks are on one host; TCP then stays on the loopback interface
   * @return the communicator
   * @throws CommunicatorException on every rank if the network is not there on one: says what was
   *     looked for and what was found
   */
  public static FabricCommunicator open(
      Bootstrap bootstrap, Network network, String provider, boolean oneHost) {
    return open(bootstrap, network, provider, oneHost, null);
  }

  /**
   * Opens one over all ranks of a bootstrap; collective.
   *
   * @param bootstrap reaches the other ranks; stays the caller's, and must stay open
   * @param network what messages cross; {@link Network#AUTO} must have been decided before
   * @param provider the libfabric provider by its full name, such as {@code tcp;ofi_rxm}, or null
   *     for the usual one of the network
   * @param oneHost whether all ranks are on one host; TCP then stays on the loopback interface
   * @param bindAddress the numeric IP address to bind to for {@link Network#ENA}, or null to
   *     choose: an ENA interface's if there is one
   * @return the communicator
   * @throws CommunicatorException on every rank if the network is not there on one: says what was
   *     looked for and what was found
   */
  public static FabricCommunicator open(
      Bootstrap bootstrap, Network network, String provider, boolean oneHost, String bindAddress) {
    FabricSettings settings =
        new FabricSettings(
            network, provider, bindAddress, oneHost, FabricSettings.timeoutOfEnvironment());
    return new FabricCommunicator(bootstrap, Opening.open(bootstrap, settings));
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public MemorySegment allocate(long lengthBytes) {
    channel.check();
    return NativeMemory.allocatePages(arena, lengthBytes);
  }

  @Override
  public Request newRequest() {
    channel.check();
    return channel.newRequest();
  }

  @Override
  public void send(
      MemorySegment buffer, long offsetBytes, long lengthBytes, int destination, int tag) {
    channel.check();
    region(buffer, offsetBytes, lengthBytes);
    Arguments.peer(destination, size);
    Arguments.tag(tag);
    channel.send(sending, buffer, offsetBytes, lengthBytes, destination, tag);
    finish(sending, null);
    count(lengthBytes, destination);
  }

  @Override
  public void recv(
      MemorySegment buffer,
      long offsetBytes,
      long capacityBytes,
      int source,
      int tag,
      ReceiveStatus status) {
    channel.check();
    target(buffer, offsetBytes, capacityBytes);
    sourceAndTag(source, tag);
    channel.receive(receiving, buffer, offsetBytes, capacityBytes, source, tag);
    finish(receiving, status);
  }

  @Override
  public void isend(
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      int destination,
      int tag,
      Request request) {
    channel.check();
    region(buffer, offsetBytes, lengthBytes);
    Arguments.peer(destination, size);
    Arguments.tag(tag);
    channel.send(own(request), buffer, offsetBytes, lengthBytes, destination, tag);
    count(lengthBytes, destination);
  }

  @Override
  public void irecv(
      MemorySegment buffer,
      long offsetBytes,
      long capacityBytes,
      int source,
      int tag,
      Request request) {
    channel.check();
    target(buffer, offsetBytes, capacityBytes);
    sourceAndTag(source, tag);
    channel.receive(own(request), buffer, offsetBytes, capacityBytes, source, tag);
  }

  @Override
  public void sendrecv(
      MemorySegment sendBuffer,
      long sendOffsetBytes,
      long sendLengthBytes,
      int destination,
      MemorySegment recvBuffer,
      long recvOffsetBytes,
      long recvCapacityBytes,
      int source,
      int tag) {
    channel.check();
    region(sendBuffer, sendOffsetBytes, sendLengthBytes);
    target(recvBuffer, recvOffsetBytes, recvCapacityBytes);
    Arguments.peer(destination, size);
    Arguments.peer(source, size);
    Arguments.tag(tag);
    channel.receive(receiving, recvBuffer, recvOffsetBytes, recvCapacityBytes, source, tag);
    channel.send(sending, sendBuffer, sendOffsetBytes, sendLengthBytes, destination, tag);
    channel.await(sending);
    channel.await(receiving);
    count(sendLengthBytes, destination);
    try {
      sending.finish(null);
    } finally {
      receiving.finish(null);
    }
  }

  @Override
  public void barrier() {
    channel.check();
    collectives.barrier();
    traffic.countBarrier();
  }

  @Override
  public void bcast(MemorySegment buffer, long offsetBytes, long lengthBytes, int root) {
    channel.check();
    Arguments.peer(root, size);
    region(buffer, offsetBytes, lengthBytes);
    if (rank != root) {
      writable(buffer);
    }
    collectives.bcast(buffer, offsetBytes, lengthBytes, root);
    traffic.countBcast(lengthBytes, rank == root, size);
  }

  @Override
  public void reduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op,
      int root) {
    channel.check();
    Arguments.peer(root, size);
    long bytes = bytes(count, type.sizeBytes());
    region(send, sendOffsetBytes, bytes);
    if (rank == root) {
      target(recv, recvOffsetBytes, bytes);
    }
    collectives.reduce(send, sendOffsetBytes, recv, recvOffsetBytes, bytes, type, op, root);
    traffic.countReduce(bytes, rank == root);
  }

  @Override
  public void allreduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op) {
    channel.check();
    long bytes = bytes(count, type.sizeBytes());
    region(send, sendOffsetBytes, bytes);
    target(recv, recvOffsetBytes, bytes);
    collectives.allreduce(send, sendOffsetBytes, recv, recvOffsetBytes, count, type, op);
    traffic.countAllreduce(bytes, size);
  }

  @Override
  public void allgather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes) {
    channel.check();
    region(send, sendOffsetBytes, lengthBytes);
    target(recv, recvOffsetBytes, bytes(lengthBytes, size));
    collectives.allgather(send, sendOffsetBytes, recv, recvOffsetBytes, lengthBytes);
    traffic.countPerPeer(lengthBytes, size);
  }

  @Override
  public void alltoall(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes) {
    channel.check();
    long all = bytes(lengthBytes, size);
    region(send, sendOffsetBytes, all);
    target(recv, recvOffsetBytes, all);
    collectives.alltoall(send, sendOffsetBytes, recv, recvOffsetBytes, lengthBytes);
    traffic.countPerPeer(lengthBytes, size);
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public Transport transport() {
    channel.check();
    return new TransportProbe(bootstrap, channel, collectives).find(traffic);
  }

  @Override
  public void abort(int status) {
    bootstrap.abort(status);
  }

  @Override
  public void close() {
    if (channel.isClosed()) {
      return;
    }
    try {
      // After a failure some rank will not come: there is nobody to wait for.
      if (!channel.isBroken()) {
        channel.check();
        collectives.barrierBeforeClosing();
        bootstrap.barrier();
      }
    } finally {
      channel.close();
      collectives.close();
      arena.close();
    }
  }

  private void finish(FabricRequest request, ReceiveStatus status) {
    channel.await(request);
    request.finish(status);
  }

  private FabricRequest own(Request request) {
    if (!(request instanceof FabricRequest own) || !own.isOf(channel)) {
      throw new IllegalArgumentException("the request was made by another communicator");
    }
    if (own.isActive()) {
      throw new IllegalStateException("the request is in use: " + own);
    }
    return own;
  }

  private void count(long lengthBytes, int destination) {
    if (destination != rank) {
      traffic.countMessage(lengthBytes);
    }
  }

  private void sourceAndTag(int source, int tag) {
    if (source != ANY_SOURCE) {
      Arguments.peer(source, size);
    }
    if (tag != ANY_TAG) {
      Arguments.tag(tag);
    }
  }

  private static long bytes(long count, int each) {
    if (count < 0 || count > Long.MAX_VALUE / each) {
      throw new IllegalArgumentException(count + " is no number of elements or bytes");
    }
    return count * each;
  }

  private static void region(MemorySegment buffer, long offsetBytes, long lengthBytes) {
    if (!buffer.isNative()) {
      throw new IllegalArgumentException("the buffer must be native memory, not on the heap");
    }
    Objects.checkFromIndexSize(offsetBytes, lengthBytes, buffer.byteSize());
    if (!buffer.scope().isAlive()) {
      throw new IllegalStateException("the buffer's arena is closed");
    }
  }

  private static void target(MemorySegment buffer, long offsetBytes, long lengthBytes) {
    region(buffer, offsetBytes, lengthBytes);
    writable(buffer);
  }

  private static void writable(MemorySegment buffer) {
    if (buffer.isReadOnly()) {
      throw new IllegalArgumentException("the buffer to receive into is read-only");
    }
  }
}
