package io.weft.mpi;

import io.weft.mpi.ffm.MpiPointToPoint;
import io.weft.mpi.ffm.MpiTypeQueries;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/** Messages of a {@link Comm} between two ranks, where the call blocks (MPI-4.0 chapter 3). */
abstract class CommMessages extends CommCore {
  CommMessages(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * {@code MPI_Send}: blocks until the buffer may be changed.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the message starts
   * @param count elements
   * @param type their type
   * @param destination the receiver
   * @param tag the tag
   */
  public void send(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, int destination, int tag) {
    check();
    long address = in(buffer, offsetBytes, count, 1, type);
    MpiPointToPoint.send(address, count, type.handle(), destination, tag, handle);
    Reference.reachabilityFence(buffer);
  }

  /**
   * {@code MPI_Bsend}: copies the message into the buffer of {@link Mpi#attachBuffer}; does not
   * block. A buffer that is too small is an {@link MpiException}.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the message starts
   * @param count elements
   * @param type their type
   * @param destination the receiver
   * @param tag the tag
   */
  public void bsend(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, int destination, int tag) {
    check();
    long address = in(buffer, offsetBytes, count, 1, type);
    MpiPointToPoint.bsend(address, count, type.handle(), destination, tag, handle);
    Reference.reachabilityFence(buffer);
  }

  /**
   * {@code MPI_Ssend}: blocks until the receiver has begun to receive.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the message starts
   * @param count elements
   * @param type their type
   * @param destination the receiver
   * @param tag the tag
   */
  public void ssend(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, int destination, int tag) {
    check();
    long address = in(buffer, offsetBytes, count, 1, type);
    MpiPointToPoint.ssend(address, count, type.handle(), destination, tag, handle);
    Reference.reachabilityFence(buffer);
  }

  /**
   * {@code MPI_Rsend}: as {@link #send}, where the receive is known to have been started; anything
   * may happen if it has not.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the message starts
   * @param count elements
   * @param type their type
   * @param destination the receiver
   * @param tag the tag
   */
  public void rsend(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, int destination, int tag) {
    check();
    long address = in(buffer, offsetBytes, count, 1, type);
    MpiPointToPoint.rsend(address, count, type.handle(), destination, tag, handle);
    Reference.reachabilityFence(buffer);
  }

  /**
   * {@code MPI_Recv}: blocks until the message is there.
   *
   * @param buffer native memory, or heap memory, which is copied
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
    if (!buffer.isNative() && type.isDense()) {
      recvOnHeap(buffer, offsetBytes, count, type, source, tag, status);
      return;
    }
    long address = out(buffer, offsetBytes, count, 1, type);
    MpiPointToPoint.recv(address, count, type.handle(), source, tag, handle, statusAddress(status));
    back(buffer, offsetBytes, count, 1, type);
    read(status);
  }

  /** Only what arrived is copied: nothing of what the array held, and not the rest of it. */
  private void recvOnHeap(
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      int source,
      int tag,
      Status status) {
    long address = room(buffer, offsetBytes, count, type);
    MpiPointToPoint.recv(address, count, type.handle(), source, tag, handle, statusAddress());
    backReceived(buffer, offsetBytes);
    read(status);
  }

  /**
   * {@code MPI_Sendrecv}: sends and receives without deadlock; the regions must not overlap.
   *
   * @param sendBuffer native memory, or heap memory, which is copied
   * @param sendOffsetBytes where the message starts
   * @param sendCount elements sent
   * @param destination the receiver
   * @param recvBuffer native memory, or heap memory, which is copied
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
    long from = in(sendBuffer, sendOffsetBytes, sendCount, 1, type);
    // Of heap memory only what arrived is copied.
    boolean whole = !recvBuffer.isNative() && type.isDense();
    long to =
        whole
            ? room(recvBuffer, recvOffsetBytes, recvCount, type)
            : out(recvBuffer, recvOffsetBytes, recvCount, 1, type);
    // MPICH ends the job where a rank sends to itself like that.
    if (from + type.firstByte(sendCount) < to + type.endByte(recvCount)
        && to + type.firstByte(recvCount) < from + type.endByte(sendCount)) {
      throw new IllegalArgumentException(
          "MPI_Sendrecv: what is sent overlaps what is received; MPI_Sendrecv_replace takes one"
              + " buffer");
    }
    long t = type.handle();
    MpiPointToPoint.sendrecv(
        from,
        sendCount,
        t,
        destination,
        tag,
        to,
        recvCount,
        t,
        source,
        tag,
        handle,
        statusAddress());
    Reference.reachabilityFence(sendBuffer);
    if (whole) {
      backReceived(recvBuffer, recvOffsetBytes);
    } else {
      back(recvBuffer, recvOffsetBytes, recvCount, 1, type);
    }
  }

  /**
   * {@code MPI_Sendrecv_replace}: sends the elements of a buffer and receives into the same.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the message starts, and the other goes
   * @param count elements sent, and the most that may arrive
   * @param type their type
   * @param destination the receiver
   * @param sendTag the tag of what is sent
   * @param source the sender, or {@link #anySource}
   * @param recvTag the tag of what is received, or {@link #anyTag}
   * @param status filled; may be null
   */
  public void sendrecvReplace(
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      int destination,
      int sendTag,
      int source,
      int recvTag,
      Status status) {
    check();
    long address = out(buffer, offsetBytes, count, 1, type);
    MpiPointToPoint.sendrecvReplace(
        address,
        count,
        type.handle(),
        destination,
        sendTag,
        source,
        recvTag,
        handle,
        statusAddress(status));
    back(buffer, offsetBytes, count, 1, type);
    read(status);
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
    if (answer() == 0) {
      return false;
    }
    read(status);
    return true;
  }

  /**
   * {@code MPI_Mprobe}: waits until a message is there and takes it from all other receives.
   *
   * @param source the sender, or {@link #anySource}
   * @param tag the tag, or {@link #anyTag}
   * @param status filled; may be null
   * @return the message, to be received once
   */
  public Message mprobe(int source, int tag, Status status) {
    check();
    MemorySegment place = cells().take();
    try {
      MpiPointToPoint.mprobe(source, tag, handle, place.address(), statusAddress(status));
    } catch (MpiException failed) {
      cells().give(place);
      throw failed;
    }
    read(status);
    return new Message(self(), place);
  }

  /**
   * {@code MPI_Improbe}: takes a message that is there from all other receives; makes progress,
   * does not block.
   *
   * @param source the sender, or {@link #anySource}
   * @param tag the tag, or {@link #anyTag}
   * @param status filled if one is there; may be null
   * @return the message, to be received once; null if none is there
   */
  public Message improbe(int source, int tag, Status status) {
    check();
    MemorySegment place = cells().take();
    try {
      MpiPointToPoint.improbe(
          source, tag, handle, scratch.address(), place.address(), statusAddress(status));
    } catch (MpiException failed) {
      cells().give(place);
      throw failed;
    }
    if (answer() == 0) {
      cells().give(place);
      return null;
    }
    read(status);
    return new Message(self(), place);
  }

  /** This, of its full type. */
  abstract Comm self();

  /**
   * {@code MPI_Pack_size}: the most bytes that {@link #pack} needs.
   *
   * @param count elements
   * @param type their type
   * @return bytes
   */
  public long packSize(int count, Datatype type) {
    check();
    Buffers.count(count);
    MpiTypeQueries.packSize(count, type.handle(), handle, scratch.address());
    return answer();
  }

  /**
   * {@code MPI_Pack}: writes elements one after the other into a buffer, to be sent as {@link
   * Datatype#PACKED}.
   *
   * @param buffer native memory
   * @param offsetBytes where the elements start
   * @param count how many
   * @param type their type
   * @param packed native memory
   * @param position where in it to write, in bytes
   * @return where the next may be written
   */
  public int pack(
      MemorySegment buffer,
      long offsetBytes,
      int count,
      Datatype type,
      MemorySegment packed,
      int position) {
    check();
    long from = Buffers.address(buffer, offsetBytes, count, type);
    int length = packedLength(packed, position, count * type.sizeBytes());
    long to = Buffers.target(packed, 0, length, Datatype.BYTE);
    scratch.set(ValueLayout.JAVA_INT, 0, position);
    MpiTypeQueries.pack(from, count, type.handle(), to, length, scratch.address(), handle);
    Reference.reachabilityFence(buffer);
    Reference.reachabilityFence(packed);
    return answer();
  }

  /**
   * {@code MPI_Unpack}: reads elements that {@link #pack} wrote.
   *
   * @param packed native memory
   * @param position where in it to read, in bytes
   * @param buffer native memory
   * @param offsetBytes where the elements go
   * @param count how many
   * @param type their type
   * @return where the next may be read
   */
  public int unpack(
      MemorySegment packed,
      int position,
      MemorySegment buffer,
      long offsetBytes,
      int count,
      Datatype type) {
    check();
    int length = packedLength(packed, position, count * type.sizeBytes());
    long from = Buffers.address(packed, 0, length, Datatype.BYTE);
    long to = Buffers.target(buffer, offsetBytes, count, type);
    scratch.set(ValueLayout.JAVA_INT, 0, position);
    MpiTypeQueries.unpack(from, length, scratch.address(), to, count, type.handle(), handle);
    Reference.reachabilityFence(packed);
    Reference.reachabilityFence(buffer);
    return answer();
  }

  /** Checked here: MPICH writes on past the end. */
  private static int packedLength(MemorySegment packed, int position, long elementBytes) {
    if (position < 0 || elementBytes > packed.byteSize() - position) {
      throw new IndexOutOfBoundsException(
          elementBytes
              + " bytes at position "
              + position
              + " do not lie in "
              + packed.byteSize()
              + " packed bytes");
    }
    return (int) Math.min(packed.byteSize(), Integer.MAX_VALUE);
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
}
