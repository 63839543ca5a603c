package io.weft.mpi;

import java.lang.foreign.MemorySegment;

/** A communicator that {@link Comm#idup} is making; there when its request is complete. */
public final class PendingComm {
  private final Comm of;
  private final MemorySegment place;
  private final Request request;
  private final ErrorHandler errorHandler;
  private Comm made;

  PendingComm(Comm of, MemorySegment place, Request request, ErrorHandler errorHandler) {
    this.of = of;
    this.place = place;
    this.request = request;
    this.errorHandler = errorHandler;
  }

  /**
   * The communicator.
   *
   * @return the same each time; to be closed
   * @throws IllegalStateException if the request is not complete
   */
  public Comm comm() {
    of.mpi.check();
    if (made == null) {
      if (request.isActive()) {
        throw new IllegalStateException("the request is active; await it first");
      }
      made = of.made(place, errorHandler);
    }
    return made;
  }
}
