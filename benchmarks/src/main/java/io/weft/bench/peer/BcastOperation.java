package io.weft.bench.peer;

import io.weft.comm.Communicator;
import java.lang.foreign.MemorySegment;

/** Broadcasts from rank 0. */
final class BcastOperation extends CommunicatorOperation {
  private final MemorySegment buffer;

  BcastOperation(Communicator comm, long bytes) {
    super(comm, bytes, bytes, bytes);
    this.buffer = rank == 0 ? out : in;
  }

  @Override
  public void run(int count) {
    for (int i = 0; i < count; i++) {
      comm.bcast(buffer, 0, bytes, 0);
    }
  }

  @Override
  long received() {
    return rank == 0 ? 0 : bytes;
  }
}
