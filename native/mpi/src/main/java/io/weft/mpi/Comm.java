package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiCollectives;
import io.weft.mpi.ffm.MpiComms;
import io.weft.mpi.ffm.MpiPointToPoint;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A communicator (MPI-4.0 chapter 7). Buffers are native memory, given as segment and byte offset;
 * counts are elements of the given type. Errors of the library are {@link MpiException}; a heap
 * buffer or a count past 2^31-1 is {@link IllegalArgumentException}, a region past the buffer's end
 * {@link IndexOutOfBoundsException}, use after close {@link IllegalStateException}: all before
 * anything is sent. No operation allocates. Threads: as its {@link Mpi}; a communicator serves one
 * thread at a time at every level.
 */
public final class Comm implements AutoCloseable {
  /** Bytes in front of the scratch area's status: one {@code int} answer of C, aligned. */
  private static final int ANSWER_BYTES = 16;

  private final Mpi mpi;
  private final MpiAbi abi;
  private final long handle;
  private final boolean owned;
  private final int rank;
  private final int size;
  private final MemorySegment scratch;
  private final long nativeStatus;
  private final long byteType;
  private MemorySegment staging = MemorySegment.NULL;
  private boolean closed;

  Comm(Mpi mpi, long handle, boolean owned) {
    this.mpi = mpi;
    this.abi = mpi.abi();
    this.handle = handle;
    this.owned = owned;
    this.scratch = mpi.arena().allocate(ANSWER_BYTES + abi.statusBytes(), 16);
    this.nativeStatus = scratch.address() + ANSWER_BYTES;
    this.byteType = Datatype.BYTE.handle();
    MpiComms.rank(handle, scratch.address());
    this.rank = scratch.get(ValueLayout.JAVA_INT, 0);
    MpiComms.size(handle, scratch.address());
    this.size = scratch.get(ValueLayout.JAVA_INT, 0);
  }

  /**
   * This process's rank.
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
   * Makes a communicator of the same ranks whose messages meet only their own, {@code
   * MPI_Comm_dup}; collective. Errors return there too.
   *
   * @return the new communicator, to be closed
   */
  public Comm dup() {
    check();
    MpiComms.dup(handle, scratch.address());
    // The error handler is inherited (MPI-4.0 section 9.3).
    return new Comm(mpi, abi.readHandle(scratch, 0), true);
  }

  /**
   * Makes a request, to be used again and again.
   *
   * @return an inactive request
   */
  public Request newRequest() {
    check();
    return new Request(this, abi, mpi.arena().allocate(8, 8));
  }

  /**
   * {@code MPI_Send}: blocks until the buffer may be changed.
   *
   * @param buffer native memory
   * @param offsetBytes where the message starts
   * @param count elements
   * @param type their type
   * @param destination the receiver
   * @param tag the tag
   */
  public void send(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, int destination, int tag) {
    check();
    long address = Buffers.address(buffer, offsetBytes, count, type);
    MpiPointToPoint.send(address, (int) count, type.handle(), destination, tag, handle);
  }

  /**
   * {@code MPI_Recv}: blocks until the message is there.
   *
   * @param buffer native memory
   * @param offsetBytes where the message goes
   * @param count the most elements that may arrive
   * @param type their type
   * @param source the sender, or {@link #anySource}
   * @param tag the tag, or {@link #anyTag}
   * @param status filled; may be null
   */
  public void recv(
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      int source,
      int tag,
      Status status) {
    check();
    long address = Buffers.target(buffer, offsetBytes, count, type);
    MpiPointToPoint.recv(
        address, (int) count, type.handle(), source, tag, handle, statusAddress(status));
    read(status);
  }

  /**
   * {@code MPI_Isend}: does not block; the buffer must not be changed until completion.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the message starts
   * @param count elements
   * @param type their type
   * @param destination the receiver
   * @param tag the tag
   * @param request an inactive request of this communicator
   */
  public void isend(
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      int destination,
      int tag,
      Request request) {
    check();
    request.starting(this);
    long address = Buffers.address(buffer, offsetBytes, count, type);
    MpiPointToPoint.isend(
        address, (int) count, type.handle(), destination, tag, handle, request.address());
    request.started(buffer);
  }

  /**
   * {@code MPI_Irecv}: does not block; the buffer must not be touched until completion.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the message goes
   * @param count the most elements that may arrive
   * @param type their type
   * @param source the sender, or {@link #anySource}
   * @param tag the tag, or {@link #anyTag}
   * @param request an inactive request of this communicator
   */
  public void irecv(
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      int source,
      int tag,
      Request request) {
    check();
    request.starting(this);
    long address = Buffers.target(buffer, offsetBytes, count, type);
    MpiPointToPoint.irecv(
        address, (int) count, type.handle(), source, tag, handle, request.address());
    request.started(buffer);
  }

  /**
   * {@code MPI_Sendrecv}: sends and receives without deadlock; the regions must not overlap.
   *
   * @param sendBuffer native memory
   * @param sendOffsetBytes where the message starts
   * @param sendCount elements sent
   * @param destination the receiver
   * @param recvBuffer native memory
   * @param recvOffsetBytes where the message goes
   * @param recvCount the most elements that may arrive
   * @param source the sender
   * @param type the elements' type
   * @param tag the tag of both
   */
  public void sendrecv(
      MemorySegment sendBuffer,
      long sendOffsetBytes,
      long sendCount,
      int destination,
      MemorySegment recvBuffer,
      long recvOffsetBytes,
      long recvCount,
      int source,
      Datatype type,
      int tag) {
    check();
    long sendAddress = Buffers.address(sendBuffer, sendOffsetBytes, sendCount, type);
    long recvAddress = Buffers.target(recvBuffer, recvOffsetBytes, recvCount, type);
    MpiPointToPoint.sendrecv(
        sendAddress,
        (int) sendCount,
        type.handle(),
        destination,
        tag,
        recvAddress,
        (int) recvCount,
        type.handle(),
        source,
        tag,
        handle,
        abi.statusIgnore());
  }

  /** {@code MPI_Barrier}: waits until every rank has called it. */
  public void barrier() {
    check();
    MpiCollectives.barrier(handle);
  }

  /**
   * {@code MPI_Bcast}: sends the root's elements to every rank.
   *
   * @param buffer native memory
   * @param offsetBytes where the elements lie
   * @param count how many
   * @param type their type
   * @param root whose elements
   */
  public void bcast(MemorySegment buffer, long offsetBytes, long count, Datatype type, int root) {
    check();
    long address =
        rank == root
            ? Buffers.address(buffer, offsetBytes, count, type)
            : Buffers.target(buffer, offsetBytes, count, type);
    MpiCollectives.bcast(address, (int) count, type.handle(), root, handle);
  }

  /**
   * {@code MPI_Reduce}: combines every rank's elements at the root; in place where the regions are
   * the same. With a library that cannot do that (MPICH 4.0), the root copies its elements first,
   * to a buffer that the first such call allocates.
   *
   * @param send native memory
   * @param sendOffsetBytes where this rank's elements start
   * @param recv native memory; used on the root alone, may be null elsewhere
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two become one
   * @param root who gets the result
   */
  public void reduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op,
      int root) {
    check();
    long from = Buffers.address(send, sendOffsetBytes, count, type);
    long to = 0;
    if (rank == root) {
      to = Buffers.target(recv, recvOffsetBytes, count, type);
      if (from == to) {
        from =
            abi.reducesInPlace()
                ? abi.inPlace()
                : staged(send, sendOffsetBytes, count * type.sizeBytes());
      }
    }
    MpiCollectives.reduce(from, to, (int) count, type.handle(), op.handle(), root, handle);
  }

  /**
   * {@code MPI_Allreduce}: combines every rank's elements at every rank; in place where the regions
   * are the same.
   *
   * @param send native memory
   * @param sendOffsetBytes where this rank's elements start
   * @param recv native memory
   * @param recvOffsetBytes where the result goes
   * @param count elements
   * @param type their type
   * @param op how two become one
   */
  public void allreduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type,
      Op op) {
    check();
    long from = Buffers.address(send, sendOffsetBytes, count, type);
    long to = Buffers.target(recv, recvOffsetBytes, count, type);
    MpiCollectives.allreduce(
        from == to ? abi.inPlace() : from, to, (int) count, type.handle(), op.handle(), handle);
  }

  /**
   * {@code MPI_Allgather}: collects a block of every rank at every rank.
   *
   * @param send native memory, {@code count} elements
   * @param sendOffsetBytes where this rank's block starts
   * @param recv native memory, {@code size() * count} elements
   * @param recvOffsetBytes where the block of rank 0 goes
   * @param count elements of one block
   * @param type their type
   */
  public void allgather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type) {
    check();
    long from = Buffers.address(send, sendOffsetBytes, count, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, size, type);
    MpiCollectives.allgather(
        from, (int) count, type.handle(), to, (int) count, type.handle(), handle);
  }

  /**
   * {@code MPI_Alltoall}: sends block j of rank i to block i of rank j.
   *
   * @param send native memory, {@code size() * count} elements
   * @param sendOffsetBytes where the block for rank 0 starts
   * @param recv native memory, {@code size() * count} elements
   * @param recvOffsetBytes where the block from rank 0 goes
   * @param count elements of one block
   * @param type their type
   */
  public void alltoall(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      Datatype type) {
    check();
    long from = Buffers.blocks(send, sendOffsetBytes, count, size, type);
    long to = Buffers.targetBlocks(recv, recvOffsetBytes, count, size, type);
    MpiCollectives.alltoall(
        from, (int) count, type.handle(), to, (int) count, type.handle(), handle);
  }

  /** The address of a copy of the bytes, in a buffer that is kept and grows by doubling. */
  private long staged(MemorySegment buffer, long offsetBytes, long lengthBytes) {
    if (staging.byteSize() < lengthBytes) {
      staging = mpi.allocate(Math.max(lengthBytes, 2 * staging.byteSize()));
    }
    MemorySegment.copy(buffer, offsetBytes, staging, 0, lengthBytes);
    return staging.address();
  }

  /**
   * {@code MPI_ANY_SOURCE} of this library.
   *
   * @return the rank that means any
   */
  public int anySource() {
    return abi.anySource();
  }

  /**
   * {@code MPI_ANY_TAG} of this library.
   *
   * @return the tag that means any
   */
  public int anyTag() {
    return abi.anyTag();
  }

  /** {@code MPI_Comm_free}, collective; closing twice, or the world, does nothing. */
  @Override
  public void close() {
    if (closed || !owned) {
      return;
    }
    check();
    closed = true;
    abi.writeHandle(scratch, 0, handle);
    MpiComms.free(scratch.address());
  }

  void check() {
    if (closed) {
      throw new IllegalStateException("the communicator is closed");
    }
    mpi.check();
  }

  /** One {@code int} for C to answer in. */
  MemorySegment scratch() {
    return scratch;
  }

  long statusAddress(Status status) {
    return status == null ? abi.statusIgnore() : nativeStatus;
  }

  /** Reads what C left in the native status. */
  void read(Status status) {
    if (status != null) {
      MpiPointToPoint.getCount(nativeStatus, byteType, scratch.address());
      status.set(
          scratch.get(ValueLayout.JAVA_INT, ANSWER_BYTES + abi.statusSource()),
          scratch.get(ValueLayout.JAVA_INT, ANSWER_BYTES + abi.statusTag()),
          scratch.get(ValueLayout.JAVA_INT, 0));
    }
  }
}
