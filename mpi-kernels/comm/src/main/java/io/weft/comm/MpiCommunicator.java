package io.weft.comm;

import io.weft.ffi.NativeMemory;
import io.weft.ffi.Owner;
import io.weft.mpi.Comm;
import io.weft.mpi.Datatype;
import io.weft.mpi.Mpi;
import io.weft.mpi.MpiException;
import io.weft.mpi.Op;
import io.weft.mpi.Status;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A {@link Communicator} over libmpi: a duplicate of {@code MPI_COMM_WORLD}, so that its messages
 * meet no others. Closing it frees the duplicate; MPI itself is finalised by {@link Mpi#close}.
 */
public final class MpiCommunicator implements Communicator {
  private static final Datatype[] TYPES = {
    Datatype.INT, Datatype.LONG, Datatype.FLOAT, Datatype.DOUBLE
  };
  private static final Op[] OPS = {Op.SUM, Op.PROD, Op.MIN, Op.MAX};

  private final Owner owner = new Owner("the communicator");
  private final Mpi mpi;
  private final Comm comm;
  private final int rank;
  private final int size;
  private final Arena arena = Arena.ofConfined();
  private final Status status = new Status();
  private final Traffic traffic = new Traffic();
  private boolean closed;

  private MpiCommunicator(Mpi mpi) {
    this.mpi = mpi;
    this.comm = mpi.world().dup();
    this.rank = comm.rank();
    this.size = comm.size();
  }

  /**
   * Opens one over all ranks; collective.
   *
   * @param mpi MPI, initialised; stays the caller's
   * @return the communicator
   */
  public static MpiCommunicator open(Mpi mpi) {
    return new MpiCommunicator(mpi);
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
    return new MpiRequest(comm.newRequest());
  }

  @Override
  public void send(
      MemorySegment buffer, long offsetBytes, long lengthBytes, int destination, int tag) {
    check();
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
  public void barrier() {
    check();
    try {
      comm.barrier();
    } catch (MpiException e) {
      throw failure(e);
    }
    traffic.countBarrier();
  }

  @Override
  public void bcast(MemorySegment buffer, long offsetBytes, long lengthBytes, int root) {
    check();
    Arguments.peer(root, size);
    try {
      comm.bcast(buffer, offsetBytes, lengthBytes, Datatype.BYTE, root);
    } catch (MpiException e) {
      throw failure(e);
    }
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
    check();
    Arguments.peer(root, size);
    Datatype t = TYPES[type.ordinal()];
    try {
      comm.reduce(send, sendOffsetBytes, recv, recvOffsetBytes, count, t, OPS[op.ordinal()], root);
    } catch (MpiException e) {
      throw failure(e);
    }
    traffic.countReduce(count * type.sizeBytes(), rank == root);
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
    check();
    Datatype t = TYPES[type.ordinal()];
    try {
      comm.allreduce(send, sendOffsetBytes, recv, recvOffsetBytes, count, t, OPS[op.ordinal()]);
    } catch (MpiException e) {
      throw failure(e);
    }
    traffic.countAllreduce(count * type.sizeBytes(), size);
  }

  @Override
  public void allgather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes) {
    check();
    try {
      comm.allgather(send, sendOffsetBytes, recv, recvOffsetBytes, lengthBytes, Datatype.BYTE);
    } catch (MpiException e) {
      throw failure(e);
    }
    traffic.countPerPeer(lengthBytes, size);
  }

  @Override
  public void alltoall(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes) {
    check();
    try {
      comm.alltoall(send, sendOffsetBytes, recv, recvOffsetBytes, lengthBytes, Datatype.BYTE);
    } catch (MpiException e) {
      throw failure(e);
    }
    traffic.countPerPeer(lengthBytes, size);
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
    comm.barrier();
    closed = true;
    comm.close();
    arena.close();
  }

  private void check() {
    owner.check();
    if (closed) {
      throw new IllegalStateException("the communicator is closed");
    }
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

  private void count(long lengthBytes, int destination) {
    if (destination != rank) {
      traffic.countMessage(lengthBytes);
    }
  }

  private void copy(ReceiveStatus result) {
    if (result != null) {
      result.set(status.source(), status.tag(), status.lengthBytes());
    }
  }

  private io.weft.mpi.Request inner(Request request) {
    if (request instanceof MpiRequest own && own.of() == this) {
      return own.inner;
    }
    throw new IllegalArgumentException("the request was made by another communicator");
  }

  private CommunicatorException failure(MpiException e) {
    return new CommunicatorException("rank " + rank + ": " + e.getMessage(), e);
  }

  /** A request of libmpi with this communicator's types. */
  private final class MpiRequest implements Request {
    private final io.weft.mpi.Request inner;

    MpiRequest(io.weft.mpi.Request inner) {
      this.inner = inner;
    }

    MpiCommunicator of() {
      return MpiCommunicator.this;
    }

    @Override
    public void await(ReceiveStatus result) {
      check();
      boolean active = inner.isActive();
      try {
        inner.await(result == null ? null : status);
      } catch (MpiException e) {
        throw failure(e);
      }
      if (active) {
        copy(result);
      }
    }

    @Override
    public boolean test(ReceiveStatus result) {
      check();
      boolean active = inner.isActive();
      boolean complete;
      try {
        complete = inner.test(result == null ? null : status);
      } catch (MpiException e) {
        throw failure(e);
      }
      if (complete && active) {
        copy(result);
      }
      return complete;
    }

    @Override
    public boolean isActive() {
      return inner.isActive();
    }
  }
}
