package io.weft.mpi;

import io.weft.mpi.ffm.MpiComms;
import io.weft.mpi.ffm.MpiPointToPoint;
import io.weft.mpi.ffm.MpiRequests;
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
public final class Comm extends CommVectorCollectives implements AutoCloseable {
  private final boolean owned;

  Comm(Mpi mpi, long handle, boolean owned) {
    super(mpi, handle);
    this.owned = owned;
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
   * Makes communicators of parts of this one, {@code MPI_Comm_split}; collective.
   *
   * @param color which part this rank belongs to, 0 or more; negative for none
   * @param key the order of ranks in the new communicator; those with equal keys keep theirs
   * @return the communicator of this rank's part, to be closed; null for a negative colour
   */
  public Comm split(int color, int key) {
    check();
    MpiComms.split(handle, color < 0 ? abi.undefined() : color, key, scratch.address());
    return color < 0 ? null : new Comm(mpi, abi.readHandle(scratch, 0), true);
  }

  /**
   * Makes memory of each rank that the others read and write, {@code MPI_Win_allocate}; collective.
   * Its errors return.
   *
   * @param lengthBytes the length of this rank's memory; may differ from rank to rank, and be 0
   * @return the window, to be closed before this communicator
   */
  public Win allocateWin(long lengthBytes) {
    check();
    return new Win(this, lengthBytes);
  }

  /**
   * {@code MPI_Probe}: waits until a message is there; it stays for a receive to take.
   *
   * @param source the sender, or {@link #anySource}
   * @param tag the tag, or {@link #anyTag}
   * @param status filled; may be null
   */
  public void probe(int source, int tag, Status status) {
    check();
    MpiPointToPoint.probe(source, tag, handle, statusAddress(status));
    read(status);
  }

  /**
   * {@code MPI_Iprobe}: says whether a message is there; makes progress, does not block.
   *
   * @param source the sender, or {@link #anySource}
   * @param tag the tag, or {@link #anyTag}
   * @param status filled if one is there; may be null
   * @return true if one is
   */
  public boolean iprobe(int source, int tag, Status status) {
    check();
    MpiPointToPoint.iprobe(source, tag, handle, scratch.address(), statusAddress(status));
    if (scratch.get(ValueLayout.JAVA_INT, 0) == 0) {
      return false;
    }
    read(status);
    return true;
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
    MemorySegment place = cells().take();
    MpiRequests.sendInit(
        address, (int) count, type.handle(), destination, tag, handle, place.address());
    return new PersistentRequest(this, abi, place, buffer);
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
    MemorySegment place = cells().take();
    MpiRequests.recvInit(address, (int) count, type.handle(), source, tag, handle, place.address());
    return new PersistentRequest(this, abi, place, buffer);
  }

  /**
   * Makes a request, to be used again and again.
   *
   * @return an inactive request
   */
  public Request newRequest() {
    check();
    return new Request(this, abi);
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
}
