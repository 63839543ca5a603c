package io.weft.bench.peer;

import io.weft.comm.Communicator;

/** A block from each rank to each. */
final class AlltoallOperation extends CommunicatorOperation {
  private final int size;

  AlltoallOperation(Communicator comm, long bytes) {
    super(comm, bytes, bytes * comm.size(), bytes * comm.size());
    this.size = comm.size();
  }

  @Override
  public void run(int count) {
    for (int i = 0; i < count; i++) {
      comm.alltoall(out, 0, in, 0, bytes);
    }
  }

  @Override
  long received() {
    return bytes * size;
  }
}
