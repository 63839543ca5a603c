package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.MemorySegment;

/**
 * One non-blocking operation (MPI-4.0 section 3.7); made by {@link Comm#newRequest}, used again and
 * again, and valid until its {@link Mpi} closes. Keeps the buffer reachable while it is active.
 */
public final class Request extends Operation {
  private final long nullHandle;

  /** Reachable while C may touch it. */
  private MemorySegment buffer;

  Request(Comm comm, MpiAbi abi) {
    super(comm, abi, null);
    this.nullHandle = abi.handle(PredefinedHandle.MPI_REQUEST_NULL);
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
    if (memory == null) {
      memory = comm.cells().take();
      abi.writeHandle(memory, 0, nullHandle);
    }
  }

  void started(MemorySegment buffer) {
    this.buffer = buffer;
  }

  @Override
  public boolean isActive() {
    return buffer != null;
  }

  /** MPI sets the handle to null when it completes, with or without an error. */
  @Override
  void ended() {
    if (abi.readHandle(memory, 0) == nullHandle) {
      buffer = null;
      comm.cells().give(memory);
      memory = null;
    }
  }
}
