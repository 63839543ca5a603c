package io.weft.kernels;

import io.weft.comm.Blocks;
import io.weft.comm.ElementType;
import io.weft.comm.PersistentRequest;
import io.weft.comm.ReceiveStatus;
import io.weft.comm.ReduceOp;
import io.weft.comm.Request;
import io.weft.comm.Traffic;
import io.weft.comm.Transport;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * A communicator whose ranks are threads of this JVM, for tests of kernels without any library.
 *
 * <p>Messages go by rendezvous: the sender leaves word where its bytes are, the receiver where they
 * go, and who comes second copies them. That keeps the order and needs no allocation. What the
 * kernels do not use throws {@link UnsupportedOperationException} with the method's name. If a rank
 * fails, the others stop waiting for it and fail too.
 */
public final class LocalCommunicator extends UnusedOperations {
  private static final int PAGE_BYTES = 4096;

  private final LocalGroup group;
  private final int rank;
  private final Traffic traffic = new Traffic();
  private final Arena arena = Arena.ofShared();
  private final LocalRequest blockingSend = new LocalRequest();
  private final LocalRequest blockingReceive = new LocalRequest();
  private long allocatedBytes;

  private LocalCommunicator(LocalGroup group, int rank) {
    this.group = group;
    this.rank = rank;
  }

  /**
   * Runs a program on every rank of a group of threads.
   *
   * @param <T> what it returns
   * @param size the number of ranks
   * @param program run once per rank
   * @return what each rank returned, in order of ranks
   */
  public static <T> List<T> onEachRank(int size, Function<LocalCommunicator, T> program) {
    LocalGroup group = new LocalGroup(size);
    List<T> results = new ArrayList<>();
    CountDownLatch running = new CountDownLatch(size);
    for (int rank = 0; rank < size; rank++) {
      results.add(null);
      int own = rank;
      Runnable body =
          () -> {
            try (LocalCommunicator communicator = new LocalCommunicator(group, own)) {
              T result = attempt(group, communicator, program);
              synchronized (results) {
                results.set(own, result);
              }
            } catch (Throwable failure) {
              group.fail(failure);
            } finally {
              running.countDown();
            }
          };
      Thread.ofPlatform().name("rank " + rank).start(body);
    }
    try {
      running.await();
    } catch (InterruptedException interrupted) {
      group.fail(interrupted);
    }
    group.rethrow();
    synchronized (results) {
      return results;
    }
  }

  /** Tells of a failure before the communicator closes, which would wait for the other ranks. */
  private static <T> T attempt(
      LocalGroup group, LocalCommunicator communicator, Function<LocalCommunicator, T> program) {
    try {
      return program.apply(communicator);
    } catch (Throwable failure) {
      group.fail(failure);
      return null;
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return group.size();
  }

  @Override
  public MemorySegment allocate(long lengthBytes) {
    MemorySegment buffer = arena.allocate(lengthBytes, PAGE_BYTES);
    allocatedBytes += (lengthBytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    return buffer;
  }

  /**
   * What {@link #allocate} has given out.
   *
   * @return bytes, each buffer rounded up to pages
   */
  public long allocatedBytes() {
    return allocatedBytes;
  }

  @Override
  public Request newRequest() {
    return new LocalRequest();
  }

  @Override
  public void isend(
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      int destination,
      int tag,
      Request request) {
    LocalMailbox mailbox = group.mailbox(rank, destination);
    LocalMailbox.Entry entry = mailbox.post(buffer, offsetBytes, lengthBytes, tag);
    ((LocalRequest) request).start(mailbox, entry, rank, tag);
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
    if (source == ANY_SOURCE || tag == ANY_TAG) {
      throw new UnsupportedOperationException("a receive from any source or with any tag");
    }
    LocalMailbox mailbox = group.mailbox(source, rank);
    LocalMailbox.Entry entry = mailbox.ask(buffer, offsetBytes, capacityBytes, tag);
    ((LocalRequest) request).start(mailbox, entry, source, tag);
  }

  @Override
  public void send(
      MemorySegment buffer, long offsetBytes, long lengthBytes, int destination, int tag) {
    isend(buffer, offsetBytes, lengthBytes, destination, tag, blockingSend);
    blockingSend.await();
  }

  @Override
  public void recv(
      MemorySegment buffer,
      long offsetBytes,
      long capacityBytes,
      int source,
      int tag,
      ReceiveStatus status) {
    irecv(buffer, offsetBytes, capacityBytes, source, tag, blockingReceive);
    blockingReceive.await(status);
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
    isend(sendBuffer, sendOffsetBytes, sendLengthBytes, destination, tag, blockingSend);
    recv(recvBuffer, recvOffsetBytes, recvCapacityBytes, source, tag, null);
    blockingSend.await();
  }

  @Override
  public PersistentRequest sendInit(
      MemorySegment buffer, long offsetBytes, long lengthBytes, int destination, int tag) {
    return new LocalPersistentRequest(
        this, false, buffer, offsetBytes, lengthBytes, destination, tag);
  }

  @Override
  public PersistentRequest recvInit(
      MemorySegment buffer, long offsetBytes, long capacityBytes, int source, int tag) {
    return new LocalPersistentRequest(this, true, buffer, offsetBytes, capacityBytes, source, tag);
  }

  @Override
  public void awaitAll(Request[] requests, ReceiveStatus[] statuses) {
    for (Request request : requests) {
      request.await(null);
    }
  }

  private void count(long lengthBytes, int destination) {
    if (destination != rank) {
      traffic.countMessage(lengthBytes);
    }
  }

  @Override
  public void barrier() {
    group.meet();
    traffic.countBarrier();
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
    group.contribute(rank, send, sendOffsetBytes);
    byte[] combined = LocalReduction.combine(group, count, type, op);
    // Nobody may overwrite what others still read.
    group.meet();
    MemorySegment.copy(
        MemorySegment.ofArray(combined), 0, recv, recvOffsetBytes, count * type.sizeBytes());
    traffic.countAllreduce(count * type.sizeBytes(), size());
  }

  @Override
  public void allgather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes) {
    group.contribute(rank, send, sendOffsetBytes);
    for (int from = 0; from < size(); from++) {
      MemorySegment.copy(
          group.contribution(from), 0, recv, recvOffsetBytes + from * lengthBytes, lengthBytes);
    }
    group.meet();
    traffic.countPerPeer(lengthBytes, size());
  }

  @Override
  public void alltoall(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes) {
    group.contribute(rank, send, sendOffsetBytes);
    for (int from = 0; from < size(); from++) {
      MemorySegment.copy(
          group.contribution(from),
          rank * lengthBytes,
          recv,
          recvOffsetBytes + from * lengthBytes,
          lengthBytes);
    }
    group.meet();
    traffic.countPerPeer(lengthBytes, size());
  }

  @Override
  public void alltoallv(
      MemorySegment send,
      long sendOffsetBytes,
      Blocks sendBlocks,
      MemorySegment recv,
      long recvOffsetBytes,
      Blocks recvBlocks) {
    group.contribute(rank, send, sendOffsetBytes, sendBlocks);
    long sentBytes = 0;
    for (int other = 0; other < size(); other++) {
      Blocks blocks = group.blocks(other);
      if (blocks.lengthBytes(rank) != recvBlocks.lengthBytes(other)) {
        throw new IllegalStateException(
            "rank " + other + " sends " + blocks + ", rank " + rank + " awaits " + recvBlocks);
      }
      MemorySegment.copy(
          group.contribution(other),
          blocks.offsetBytes(rank),
          recv,
          recvOffsetBytes + recvBlocks.offsetBytes(other),
          blocks.lengthBytes(rank));
      sentBytes += other == rank ? 0 : sendBlocks.lengthBytes(other);
    }
    group.meet();
    traffic.countCollective(sentBytes);
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public Transport transport() {
    return new Transport(
        "threads",
        "LocalCommunicator",
        "self",
        "none",
        "none",
        "none",
        "none",
        List.of("ranks are threads of one process"));
  }

  @Override
  public void close() {
    if (!arena.scope().isAlive()) {
      return;
    }
    if (!group.hasFailed()) {
      group.meet();
    }
    arena.close();
  }
}
