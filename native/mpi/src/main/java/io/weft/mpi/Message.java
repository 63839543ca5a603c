package io.weft.mpi;

import io.weft.mpi.ffm.MpiPointToPoint;
import io.weft.mpi.ffm.MpiStarts;
import java.lang.foreign.MemorySegment;

/**
 * A message that {@link Comm#mprobe} found and took from all other receives (MPI-4.0 section
 * 3.8.2); to be received once. Threads: as its communicator, but any thread may receive it.
 */
public final class Message {
  private final Comm comm;
  private MemorySegment place;

  Message(Comm comm, MemorySegment place) {
    this.comm = comm;
    this.place = place;
  }

  private void check() {
    comm.check();
    if (place == null) {
      throw new IllegalStateException("the message has been received");
    }
  }

  private void received() {
    comm.cells().give(place);
    place = null;
  }

  /**
   * {@code MPI_Mrecv}: receives it; blocks until it is there.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the message goes
   * @param count the most elements that may arrive
   * @param type their type
   * @param status filled; may be null
   */
  public void recv(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Status status) {
    check();
    long address = comm.out(buffer, offsetBytes, count, 1, type);
    long t = type.handle();
    try {
      MpiPointToPoint.mrecv(address, count, t, place.address(), comm.statusAddress(status));
    } finally {
      received();
    }
    comm.back(buffer, offsetBytes, count, 1, type);
    comm.read(status);
  }

  /**
   * {@code MPI_Imrecv}: starts to receive it; does not block.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the message goes
   * @param count the most elements that may arrive
   * @param type their type
   * @param request an inactive request of the same communicator
   */
  public void irecv(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Request request) {
    check();
    request.starting(comm);
    long address = Buffers.target(buffer, offsetBytes, count, type);
    long t = type.handle();
    try {
      MpiStarts.imrecv(address, count, t, place.address(), request.address());
    } finally {
      received();
    }
    request.started(buffer, null, type, null);
  }
}
