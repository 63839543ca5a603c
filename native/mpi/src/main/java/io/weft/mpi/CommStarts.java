package io.weft.mpi;

import io.weft.mpi.ffm.MpiPartitioned;
import io.weft.mpi.ffm.MpiStarts;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/**
 * Messages of a {@link Comm} that are started and completed later (MPI-4.0 sections 3.7 and 3.9).
 */
abstract class CommStarts extends CommMessages {
  CommStarts(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * Makes a request, to be used again and again.
   *
   * @return an inactive request
   */
  public Request newRequest() {
    check();
    return new Request(self());
  }

  /**
   * {@code MPI_Grequest_start}: makes an active request of an operation of the program's own.
   *
   * @param operation what MPI asks about it
   * @return the request; {@link GeneralizedRequest#complete} says when it is over
   */
  public GeneralizedRequest newGeneralizedRequest(GeneralizedOperation operation) {
    check();
    return new GeneralizedRequest(self(), Objects.requireNonNull(operation, "operation"));
  }

  /**
   * Puts requests together, to be completed by one call, again and again.
   *
   * @param operations requests of any communicators
   * @return the set
   */
  public RequestSet newRequestSet(List<? extends Operation> operations) {
    check();
    return new RequestSet(self(), operations);
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
    MpiStarts.isend(address, count, type.handle(), destination, tag, handle, request.address());
    request.started(buffer, null, type, null);
  }

  /**
   * {@code MPI_Ibsend}: as {@link #bsend}; does not block; the buffer must not be changed until
   * completion.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the message starts
   * @param count elements
   * @param type their type
   * @param destination the receiver
   * @param tag the tag
   * @param request an inactive request of this communicator
   */
  public void ibsend(
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
    MpiStarts.ibsend(address, count, type.handle(), destination, tag, handle, request.address());
    request.started(buffer, null, type, null);
  }

  /**
   * {@code MPI_Issend}: complete when the receiver has begun to receive; does not block; the buffer
   * must not be changed until then.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the message starts
   * @param count elements
   * @param type their type
   * @param destination the receiver
   * @param tag the tag
   * @param request an inactive request of this communicator
   */
  public void issend(
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
    MpiStarts.issend(address, count, type.handle(), destination, tag, handle, request.address());
    request.started(buffer, null, type, null);
  }

  /**
   * {@code MPI_Irsend}: as {@link #isend}, where the receive is known to have been started.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the message starts
   * @param count elements
   * @param type their type
   * @param destination the receiver
   * @param tag the tag
   * @param request an inactive request of this communicator
   */
  public void irsend(
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
    MpiStarts.irsend(address, count, type.handle(), destination, tag, handle, request.address());
    request.started(buffer, null, type, null);
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
    MpiStarts.irecv(address, count, type.handle(), source, tag, handle, request.address());
    request.started(buffer, null, type, null);
  }

  /**
   * {@code MPI_Send_init}: makes a send that is started again and again.
   *
   * @param buffer native memory; kept reachable until the request closes
   * @param offsetBytes where the message starts
   * @param count elements
   * @param type their type
   * @param destination the receiver
   * @param tag the tag
   * @return an inactive request, to be closed
   */
  public PersistentRequest sendInit(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, int destination, int tag) {
    check();
    long address = Buffers.address(buffer, offsetBytes, count, type);
    PersistentRequest made = new PersistentRequest(self(), buffer, null, type);
    MpiStarts.sendInit(address, count, type.handle(), destination, tag, handle, made.address());
    return made;
  }

  /**
   * {@code MPI_Bsend_init}: makes a {@link #bsend} that is started again and again.
   *
   * @param buffer native memory; kept reachable until the request closes
   * @param offsetBytes where the message starts
   * @param count elements
   * @param type their type
   * @param destination the receiver
   * @param tag the tag
   * @return an inactive request, to be closed
   */
  public PersistentRequest bsendInit(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, int destination, int tag) {
    check();
    long address = Buffers.address(buffer, offsetBytes, count, type);
    PersistentRequest made = new PersistentRequest(self(), buffer, null, type);
    MpiStarts.bsendInit(address, count, type.handle(), destination, tag, handle, made.address());
    return made;
  }

  /**
   * {@code MPI_Ssend_init}: makes a {@link #ssend} that is started again and again.
   *
   * @param buffer native memory; kept reachable until the request closes
   * @param offsetBytes where the message starts
   * @param count elements
   * @param type their type
   * @param destination the receiver
   * @param tag the tag
   * @return an inactive request, to be closed
   */
  public PersistentRequest ssendInit(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, int destination, int tag) {
    check();
    long address = Buffers.address(buffer, offsetBytes, count, type);
    PersistentRequest made = new PersistentRequest(self(), buffer, null, type);
    MpiStarts.ssendInit(address, count, type.handle(), destination, tag, handle, made.address());
    return made;
  }

  /**
   * {@code MPI_Rsend_init}: makes an {@link #rsend} that is started again and again.
   *
   * @param buffer native memory; kept reachable until the request closes
   * @param offsetBytes where the message starts
   * @param count elements
   * @param type their type
   * @param destination the receiver
   * @param tag the tag
   * @return an inactive request, to be closed
   */
  public PersistentRequest rsendInit(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, int destination, int tag) {
    check();
    long address = Buffers.address(buffer, offsetBytes, count, type);
    PersistentRequest made = new PersistentRequest(self(), buffer, null, type);
    MpiStarts.rsendInit(address, count, type.handle(), destination, tag, handle, made.address());
    return made;
  }

  /**
   * {@code MPI_Recv_init}: makes a receive that is started again and again.
   *
   * @param buffer native memory; kept reachable until the request closes
   * @param offsetBytes where the message goes
   * @param count the most elements that may arrive
   * @param type their type
   * @param source the sender, or {@link #anySource}
   * @param tag the tag, or {@link #anyTag}
   * @return an inactive request, to be closed
   */
  public PersistentRequest recvInit(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, int source, int tag) {
    check();
    long address = Buffers.target(buffer, offsetBytes, count, type);
    PersistentRequest made = new PersistentRequest(self(), buffer, null, type);
    MpiStarts.recvInit(address, count, type.handle(), source, tag, handle, made.address());
    return made;
  }

  /**
   * {@code MPI_Psend_init}: makes a send in partitions (MPI-4.0 section 4.2). A library that has
   * none, as Open MPI 4.1, is {@link UnsupportedOperationException}.
   *
   * @param buffer native memory; kept reachable until the request closes
   * @param offsetBytes where the first partition starts; they follow each other
   * @param partitions how many, at least 1
   * @param count elements of a partition
   * @param type their type
   * @param destination the receiver, a rank
   * @param tag the tag
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PartitionedRequest partitionedSendInit(
      MemorySegment buffer,
      long offsetBytes,
      int partitions,
      long count,
      Datatype type,
      int destination,
      int tag,
      Info info) {
    check();
    checkPartitioned(partitions, destination, tag);
    long address = Buffers.blocks(buffer, offsetBytes, count, partitions, type);
    PartitionedRequest made = new PartitionedRequest(self(), buffer, type, partitions, true);
    MpiPartitioned.psendInit(
        address,
        partitions,
        count,
        type.handle(),
        destination,
        tag,
        handle,
        Info.handle(mpi, info),
        made.address());
    return made;
  }

  /**
   * {@code MPI_Precv_init}: makes a receive in partitions (MPI-4.0 section 4.2). A library that has
   * none, as Open MPI 4.1, is {@link UnsupportedOperationException}.
   *
   * @param buffer native memory; kept reachable until the request closes
   * @param offsetBytes where the first partition starts; they follow each other
   * @param partitions how many, at least 1
   * @param count elements of a partition
   * @param type their type
   * @param source the sender, a rank
   * @param tag the tag, not any
   * @param info hints; may be null
   * @return an inactive request, to be closed
   */
  public PartitionedRequest partitionedRecvInit(
      MemorySegment buffer,
      long offsetBytes,
      int partitions,
      long count,
      Datatype type,
      int source,
      int tag,
      Info info) {
    check();
    checkPartitioned(partitions, source, tag);
    long address = Buffers.targetBlocks(buffer, offsetBytes, count, partitions, type);
    PartitionedRequest made = new PartitionedRequest(self(), buffer, type, partitions, false);
    MpiPartitioned.precvInit(
        address,
        partitions,
        count,
        type.handle(),
        source,
        tag,
        handle,
        Info.handle(mpi, info),
        made.address());
    return made;
  }

  /** Open MPI 5 looks at neither rank nor tag, and crashes. */
  private void checkPartitioned(int partitions, int peer, int tag) {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions is " + partitions + ", less than 1");
    }
    if (peer < 0 || peer >= peers) {
      throw new IllegalArgumentException("rank " + peer + " is not in 0 .. " + (peers - 1));
    }
    if (tag < 0) {
      throw new IllegalArgumentException("tag is " + tag + ", less than 0");
    }
  }
}
