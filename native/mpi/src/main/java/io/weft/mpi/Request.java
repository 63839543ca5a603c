package io.weft.mpi;

import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.MemorySegment;

/**
 * One non-blocking operation (MPI-4.0 section 3.7); made by {@link Comm#newRequest}, used again and
 * again, and valid until its {@link Mpi} closes. Keeps the buffers reachable while it is active.
 */
public final class Request extends Operation {
  private final long nullHandle;
  private boolean active;

  /** Reachable while C may touch it: buffers, types, layouts, the operation. */
  private MemorySegment firstBuffer;

  private Object first;

  /** Whether there is anything in the others; of messages there is not. */
  private boolean holdsMore;

  private MemorySegment secondBuffer;
  private Object second;
  private Object third;
  private Object fourth;

  Request(Comm comm) {
    super(comm);
    this.nullHandle = comm.abi.handle(PredefinedHandle.MPI_REQUEST_NULL);
  }

  /** The place for C to write the handle, just before {@link #started}. */
  long address() {
    return comm.requestCell();
  }

  void starting(CommCore of) {
    if (of != comm) {
      throw new IllegalArgumentException("the request was made by another communicator");
    }
    if (active) {
      throw new IllegalStateException("the request is active; await it first");
    }
  }

  void started(MemorySegment buffer) {
    started(buffer, null, null, null);
  }

  /** C has begun; what it may touch, or null. An operation may be among the objects. */
  void started(MemorySegment one, MemorySegment two, Object type, Object other) {
    handle = comm.placedRequest();
    active = true;
    firstBuffer = one;
    first = type;
    if (two != null || other != null) {
      secondBuffer = two;
      second = other;
      holdsMore = true;
    }
    comm.active.add(this);
  }

  /** More of what C may touch. */
  void holds(Object one, Object two) {
    third = one;
    fourth = two;
    holdsMore = true;
  }

  @Override
  public boolean isActive() {
    return active;
  }

  /** MPI sets the handle to null when it completes, with or without an error. */
  @Override
  void ended(long written) {
    if (written == nullHandle) {
      active = false;
      comm.active.remove(this);
      firstBuffer = null;
      first = null;
      if (holdsMore) {
        forgetMore();
      }
    }
  }

  private void forgetMore() {
    holdsMore = false;
    secondBuffer = null;
    third = null;
    fourth = null;
    if (!(second instanceof UserOp)) {
      second = null;
    }
  }

  @Override
  boolean uses(Object what) {
    return second == what;
  }

  @Override
  Throwable thrown() {
    if (!active && second instanceof UserOp op) {
      second = null;
      return op.thrown();
    }
    return null;
  }
}
