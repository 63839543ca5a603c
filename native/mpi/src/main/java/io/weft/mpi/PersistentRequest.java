package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiPointToPoint;
import io.weft.mpi.ffm.MpiRequests;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A persistent operation (MPI-4.0 section 3.9), made by {@link Comm#sendInit} or {@link
 * Comm#recvInit}: started again and again with the same arguments. To be closed before its
 * communicator; keeps the buffer reachable until then.
 */
public final class PersistentRequest implements AutoCloseable {
  private final Comm comm;
  private final MpiAbi abi;
  private final MemorySegment memory;
  private final MemorySegment buffer;
  private boolean active;
  private boolean closed;

  PersistentRequest(Comm comm, MpiAbi abi, MemorySegment memory, MemorySegment buffer) {
    this.comm = comm;
    this.abi = abi;
    this.memory = memory;
    this.buffer = buffer;
  }

  private void check() {
    comm.check();
    if (closed) {
      throw new IllegalStateException("the request is closed");
    }
  }

  /** {@code MPI_Start}; does not block. */
  public void start() {
    check();
    if (active) {
      throw new IllegalStateException("the request is active; await it first");
    }
    if (!buffer.scope().isAlive()) {
      throw new IllegalStateException("the buffer's arena is closed");
    }
    MpiRequests.start(memory.address());
    active = true;
  }

  /**
   * Says whether an operation is under way.
   *
   * @return true from its start until {@link #await} or {@link #test} found it complete
   */
  public boolean isActive() {
    return active;
  }

  /**
   * Says whether {@link #await} would return at once, {@code MPI_Request_get_status}; makes
   * progress, does not block.
   *
   * @return true if complete or inactive
   */
  public boolean isComplete() {
    check();
    return !active || Request.isComplete(comm, abi.readHandle(memory, 0));
  }

  /**
   * Waits until the operation is complete, {@code MPI_Wait}; returns at once if inactive.
   *
   * @param status filled for a receive; may be null
   * @throws MpiException if the operation failed
   */
  public void await(Status status) {
    check();
    if (!active) {
      return;
    }
    active = false; // MPI_Wait leaves it inactive, with or without an error.
    MpiPointToPoint.await(memory.address(), comm.statusAddress(status));
    comm.read(status);
  }

  /**
   * Says whether the operation is complete, {@code MPI_Test}; makes progress, does not block.
   *
   * @param status filled for a receive that is complete; may be null
   * @return true if complete or inactive
   * @throws MpiException if the operation failed
   */
  public boolean test(Status status) {
    check();
    if (!active) {
      return true;
    }
    MemorySegment flag = comm.scratch();
    try {
      MpiPointToPoint.test(memory.address(), flag.address(), comm.statusAddress(status));
    } catch (MpiException failed) {
      active = false;
      throw failed;
    }
    if (flag.get(ValueLayout.JAVA_INT, 0) == 0) {
      return false;
    }
    active = false;
    comm.read(status);
    return true;
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
  }
}
