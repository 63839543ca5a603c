package io.weft.comm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Sends under way, each with a request and a buffer of its own; closing awaits them all. */
final class Sends implements AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  private final Communicator comm;
  private final Request[] requests;
  private final MemorySegment buffer;
  private final long slot;

  Sends(Communicator comm, int messages, long longest) {
    this.comm = comm;
    this.slot = longest;
    this.buffer = arena.allocate(messages * longest, 4096);
    this.requests = new Request[messages];
    for (int i = 0; i < messages; i++) {
      requests[i] = comm.newRequest();
    }
  }

  /** Starts to send {@link Bytes} of a seed. */
  void start(int i, long seed, long length, int destination, int tag) {
    Bytes.fill(buffer, i * slot, length, seed);
    comm.isend(buffer, i * slot, length, destination, tag, requests[i]);
  }

  @Override
  public void close() {
    for (Request request : requests) {
      request.await();
    }
    arena.close();
  }
}
