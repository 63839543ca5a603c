package io.weft.comm;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.Comm;
import io.weft.mpi.Datatype;
import io.weft.mpi.Mpi;
import io.weft.mpi.MpiException;
import io.weft.mpi.Status;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Communicator} over libmpi: a duplicate of {@code MPI_COMM_WORLD}, so that its messages
 * meet no others. Closing it frees the duplicate; MPI itself is finalised by {@link Mpi#close}.
 */
public final class MpiCommunicator extends MpiCollectiveCalls implements Communicator {
  private final Mpi mpi;
  private final Arena arena = Arena.ofConfined();
  private final Status status = new Status();

  private final MpiRequestSet set = new MpiRequestSet(this);
  private final List<MpiPersistentRequest> persistent = new ArrayList<>();
  private final List<MpiWindow> windows = new ArrayList<>();
  private final List<MpiCommunicator> children = new ArrayList<>();
  private final MpiCommunicator parent;

  private MpiCommunicator(Mpi mpi, Comm comm, MpiCommunicator parent) {
    super(comm);
    this.mpi = mpi;
    this.parent = parent;
  }

  /**
   * Opens one over all ranks; collective.
   *
   * @param mpi MPI, initialised; stays the caller's
   * @return the communicator
   */
  public static MpiCommunicator open(Mpi mpi) {
    return new MpiCommunicator(mpi, mpi.world().dup(), null);
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
    check();
    return NativeMemory.allocatePages(arena, lengthBytes);
  }

  @Override
  public Request newRequest() {
    check();
    return new MpiRequest(this, comm.newRequest());
  }

  @Override
  public void send(
      MemorySegment buffer, long offsetBytes, long lengthBytes, int destination, int tag) {
    check();
    Arguments.notHeap(buffer);
    Arguments.peer(destination, size);
    Arguments.tag(tag);
    try {
      comm.send(buffer, offsetBytes, lengthBytes, Datatype.BYTE, destination, tag);
    } catch (MpiException e) {
      throw failure(e);
    }
    count(lengthBytes, destination);
  }

  @Override
  public void recv(
      MemorySegment buffer,
      long offsetBytes,
      long capacityBytes,
      int source,
      int tag,
      ReceiveStatus result) {
    check();
    Arguments.notHeap(buffer);
    try {
      comm.recv(
          buffer,
          offsetBytes,
          capacityBytes,
          Datatype.BYTE,
          source(source),
          anyTag(tag),
          result == null ? null : status);
    } catch (MpiException e) {
      throw failure(e);
    }
    copy(result);
  }

  @Override
  public void isend(
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      int destination,
      int tag,
      Request request) {
    check();
    Arguments.notHeap(buffer);
    Arguments.peer(destination, size);
    Arguments.tag(tag);
    try {
      comm.isend(buffer, offsetBytes, lengthBytes, Datatype.BYTE, destination, tag, inner(request));
    } catch (MpiException e) {
      throw failure(e);
    }
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
    check();
    Arguments.notHeap(buffer);
    try {
      comm.irecv(
          buffer,
          offsetBytes,
          capacityBytes,
          Datatype.BYTE,
          source(source),
          anyTag(tag),
          inner(request));
    } catch (MpiException e) {
      throw failure(e);
    }
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
    check();
    Arguments.notHeap(sendBuffer);
    Arguments.notHeap(recvBuffer);
    Arguments.peer(destination, size);
    Arguments.peer(source, size);
    Arguments.tag(tag);
    try {
      comm.sendrecv(
          sendBuffer,
          sendOffsetBytes,
          sendLengthBytes,
          destination,
          recvBuffer,
          recvOffsetBytes,
          recvCapacityBytes,
          source,
          Datatype.BYTE,
          tag);
    } catch (MpiException e) {
      throw failure(e);
    }
    count(sendLengthBytes, destination);
  }

  @Override
  public void probe(int source, int tag, ReceiveStatus result) {
    check();
    try {
      comm.probe(source(source), anyTag(tag), result == null ? null : status);
    } catch (MpiException e) {
      throw failure(e);
    }
    copy(result);
  }

  @Override
  public boolean iprobe(int source, int tag, ReceiveStatus result) {
    check();
    boolean there;
    try {
      there = comm.iprobe(source(source), anyTag(tag), result == null ? null : status);
    } catch (MpiException e) {
      throw failure(e);
    }
    if (there) {
      copy(result);
    }
    return there;
  }

  @Override
  public PersistentRequest sendInit(
      MemorySegment buffer, long offsetBytes, long lengthBytes, int destination, int tag) {
    check();
    Arguments.notHeap(buffer);
    Arguments.peer(destination, size);
    Arguments.tag(tag);
    try {
      return persistent(
          comm.sendInit(buffer, offsetBytes, lengthBytes, Datatype.BYTE, destination, tag),
          destination == rank ? -1 : lengthBytes);
    } catch (MpiException e) {
      throw failure(e);
    }
  }

  @Override
  public PersistentRequest recvInit(
      MemorySegment buffer, long offsetBytes, long capacityBytes, int source, int tag) {
    check();
    Arguments.notHeap(buffer);
    try {
      return persistent(
          comm.recvInit(
              buffer, offsetBytes, capacityBytes, Datatype.BYTE, source(source), anyTag(tag)),
          -1);
    } catch (MpiException e) {
      throw failure(e);
    }
  }

  private PersistentRequest persistent(io.weft.mpi.PersistentRequest inner, long sentBytes) {
    MpiPersistentRequest request = new MpiPersistentRequest(this, inner, sentBytes);
    persistent.add(request);
    return request;
  }

  /** Forgets a persistent request that is closed. */
  void forget(MpiPersistentRequest request) {
    persistent.remove(request);
  }

  @Override
  public void awaitAll(Request[] requests, ReceiveStatus[] statuses) {
    check();
    set.awaitAll(requests, statuses);
  }

  @Override
  public boolean testAll(Request[] requests, ReceiveStatus[] statuses) {
    check();
    return set.testAll(requests, statuses);
  }

  @Override
  public int awaitAny(Request[] requests, ReceiveStatus result) {
    check();
    return set.awaitAny(requests, result);
  }

  @Override
  public int testAny(Request[] requests, ReceiveStatus result) {
    check();
    return set.testAny(requests, result);
  }

  @Override
  public int awaitSome(Request[] requests, int[] indices, ReceiveStatus[] statuses) {
    check();
    return set.awaitSome(requests, indices, statuses);
  }

  @Override
  public int testSome(Request[] requests, int[] indices, ReceiveStatus[] statuses) {
    check();
    return set.testSome(requests, indices, statuses);
  }

  @Override
  public Communicator dup() {
    check();
    try {
      return child(comm.dup());
    } catch (MpiException e) {
      throw failure(e);
    }
  }

  @Override
  public Communicator split(int color, int key) {
    check();
    try {
      Comm part = comm.split(color, key);
      return part == null ? null : child(part);
    } catch (MpiException e) {
      throw failure(e);
    }
  }

  @Override
  public Window openWindow(long lengthBytes) {
    check();
    try {
      MpiWindow window = new MpiWindow(this, comm.allocateWin(lengthBytes));
      windows.add(window);
      return window;
    } catch (MpiException e) {
      throw failure(e);
    }
  }

  /** A barrier that counts as no collective of the user's. */
  void waitForAll() {
    comm.barrier();
  }

  /** Forgets a window that is closed. */
  void forget(MpiWindow window) {
    windows.remove(window);
  }

  private Communicator child(Comm part) {
    MpiCommunicator child = new MpiCommunicator(mpi, part, this);
    children.add(child);
    return child;
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public Transport transport() {
    check();
    // A communicator of its own: the probe's messages must not meet receives that the caller
    // posted.
    try (Comm own = comm.dup()) {
      return new MpiTransportProbe(own).find(mpi.libraryVersion(), traffic);
    }
  }

  @Override
  public void abort(int exitStatus) {
    mpi.abort(exitStatus);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    check();
    while (!children.isEmpty()) {
      children.getLast().close();
    }
    while (!windows.isEmpty()) {
      windows.getLast().closeInAnyEpoch();
    }
    while (!persistent.isEmpty()) {
      persistent.getLast().close();
    }
    comm.barrier();
    closed = true;
    if (parent != null) {
      parent.children.remove(this);
    }
    comm.close();
    arena.close();
  }

  private int source(int source) {
    if (source == ANY_SOURCE) {
      return comm.anySource();
    }
    Arguments.peer(source, size);
    return source;
  }

  private int anyTag(int tag) {
    if (tag == ANY_TAG) {
      return comm.anyTag();
    }
    Arguments.tag(tag);
    return tag;
  }

  /** Where libmpi says what it received. */
  Status status() {
    return status;
  }

  private void count(long lengthBytes, int destination) {
    if (destination != rank) {
      traffic.countMessage(lengthBytes);
    }
  }

  /** Hands on what libmpi said of a receive. */
  void copy(ReceiveStatus result) {
    if (result != null) {
      result.set(status.source(), status.tag(), status.lengthBytes());
    }
  }

  private io.weft.mpi.Request inner(Request request) {
    if (request instanceof MpiRequest own && own.isOf(this) && own.single() != null) {
      return own.single();
    }
    throw new IllegalArgumentException(
        "the request was made by another communicator, or is persistent");
  }
}
