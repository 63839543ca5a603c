package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiRequests;
import java.lang.foreign.MemorySegment;

/**
 * A persistent operation (MPI-4.0 section 3.9), made by {@link Comm#sendInit}, {@link
 * Comm#recvInit} and their like: started again and again with the same arguments. To be closed
 * before its communicator; keeps the buffer reachable until then.
 */
public final class PersistentRequest extends Operation implements AutoCloseable {
  private final MemorySegment buffer;
  private boolean active;
  private boolean closed;

  PersistentRequest(Comm comm, MpiAbi abi, MemorySegment memory, MemorySegment buffer) {
    super(comm, abi, memory);
    this.buffer = buffer;
  }

  @Override
  void check() {
    super.check();
    if (closed) {
      throw new IllegalStateException("the request is closed");
    }
  }

  /** {@code MPI_Start}; does not block. */
  public void start() {
    checkStart();
    MpiRequests.start(memory.address());
    markStarted();
  }

  /** C has begun. */
  void markStarted() {
    active = true;
    comm.active.add(this);
  }

  /** Refuses to be started; all that {@link #start} refuses. */
  void checkStart() {
    check();
    if (active) {
      throw new IllegalStateException("the request is active; await it first");
    }
    if (!buffer.scope().isAlive()) {
      throw new IllegalStateException("the buffer's arena is closed");
    }
  }

  @Override
  public boolean isActive() {
    return active;
  }

  /** MPI leaves it inactive, with or without an error. */
  @Override
  void ended() {
    active = false;
    comm.active.remove(this);
  }

  /** {@code MPI_Request_free}; of an active one, an error. Closing twice does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    check();
    if (active) {
      throw new IllegalStateException("the request is active; await it first");
    }
    closed = true;
    MpiRequests.free(memory.address());
    comm.cells().give(memory);
  }
}
