package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiPointToPoint;
import io.weft.mpi.ffm.MpiRequests;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One non-blocking operation (MPI-4.0 section 3.7); made by {@link Comm#newRequest}, used again and
 * again, and valid until its {@link Mpi} closes. Keeps the buffer reachable while it is active.
 */
public final class Request {
  private final Comm comm;
  private final MpiAbi abi;
  private final MemorySegment memory;
  private final long nullHandle;

  /** Reachable while C may touch it. */
  private MemorySegment buffer;

  Request(Comm comm, MpiAbi abi, MemorySegment memory) {
    this.comm = comm;
    this.abi = abi;
    this.memory = memory;
    this.nullHandle = abi.handle(PredefinedHandle.MPI_REQUEST_NULL);
    abi.writeHandle(memory, 0, nullHandle);
  }

  /** The place for C to write the handle. */
  long address() {
    return memory.address();
  }

  void starting(Comm of) {
    if (of != comm) {
      throw new IllegalArgumentException("the request was made by another communicator");
    }
    if (buffer != null) {
      throw new IllegalStateException("the request is active; await it first");
    }
  }

  void started(MemorySegment buffer) {
    this.buffer = buffer;
  }

  /**
   * Says whether an operation is under way.
   *
   * @return true from its start until {@link #await} or {@link #test} found it complete
   */
  public boolean isActive() {
    return buffer != null;
  }

  /**
   * Waits until the operation is complete, {@code MPI_Wait}; returns at once if inactive.
   *
   * @param status filled for a receive; may be null
   * @throws MpiException if the operation failed
   */
  public void await(Status status) {
    comm.check();
    if (buffer == null) {
      return;
    }
    try {
      MpiPointToPoint.await(memory.address(), comm.statusAddress(status));
    } finally {
      release();
    }
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
    comm.check();
    if (buffer == null) {
      return true;
    }
    MemorySegment flag = comm.scratch();
    try {
      MpiPointToPoint.test(memory.address(), flag.address(), comm.statusAddress(status));
    } catch (MpiException failed) {
      release();
      throw failed;
    }
    if (flag.get(ValueLayout.JAVA_INT, 0) == 0) {
      return false;
    }
    release();
    comm.read(status);
    return true;
  }

  /**
   * Says whether {@link #await} would return at once, {@code MPI_Request_get_status}; makes
   * progress, does not block.
   *
   * @return true if complete or inactive
   */
  public boolean isComplete() {
    comm.check();
    return buffer == null || isComplete(comm, abi.readHandle(memory, 0));
  }

  static boolean isComplete(Comm comm, long request) {
    MemorySegment flag = comm.scratch();
    MpiRequests.getStatus(request, flag.address(), comm.statusAddress(null));
    return flag.get(ValueLayout.JAVA_INT, 0) != 0;
  }

  /** MPI sets the handle to null when it completes, with or without an error. */
  private void release() {
    if (abi.readHandle(memory, 0) == nullHandle) {
      buffer = null;
    }
  }
}
