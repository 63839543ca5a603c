package io.weft.mpi;

import io.weft.mpi.ffm.MpiRequests;
import java.lang.foreign.MemorySegment;

/**
 * A persistent operation (MPI-4.0 sections 3.9 and 6.13), made by {@link Comm#sendInit}, {@link
 * Comm#bcastInit} and their like: started again and again with the same arguments. To be closed
 * before its communicator; keeps the buffer reachable until then.
 */
public sealed class PersistentRequest extends Operation implements AutoCloseable
    permits PartitionedRequest {
  /** Where C has written the handle, which stays the same. */
  private final MemorySegment memory;

  /** Null where there is none. */
  private final MemorySegment firstBuffer;

  private final MemorySegment secondBuffer;

  /** Reachable while C may touch it: types, layouts, the operation. */
  private final Object[] held;

  private boolean active;
  private boolean closed;

  PersistentRequest(Comm comm, MemorySegment one, MemorySegment two, Object... held) {
    super(comm);
    this.memory = comm.cells().take();
    this.firstBuffer = one;
    this.secondBuffer = two;
    this.held = held;
  }

  /** The place for C to write the handle. */
  final long address() {
    return memory.address();
  }

  @Override
  Throwable thrown() {
    if (!active) {
      for (Object each : held) {
        if (each instanceof UserOp op) {
          return op.thrown();
        }
      }
    }
    return null;
  }

  @Override
  void check() {
    super.check();
    if (closed) {
      throw new IllegalStateException("the request is closed");
    }
  }

  /** {@code MPI_Start}; does not block. Of a collective, on all ranks in the same order. */
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
    checkAlive(firstBuffer);
    checkAlive(secondBuffer);
    handle = abi.readHandle(memory, 0);
  }

  private static void checkAlive(MemorySegment buffer) {
    if (buffer != null && !buffer.scope().isAlive()) {
      throw new IllegalStateException("the buffer's arena is closed");
    }
  }

  @Override
  public boolean isActive() {
    return active;
  }

  /** MPI leaves it inactive, with or without an error. */
  @Override
  void ended(long written) {
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
    MpiRequests.free(memory.address());
    closed = true;
    comm.cells().give(memory);
  }
}
