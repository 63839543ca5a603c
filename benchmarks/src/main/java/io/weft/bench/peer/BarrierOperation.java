package io.weft.bench.peer;

import io.weft.comm.Communicator;

/** Barriers. */
final class BarrierOperation extends CommunicatorOperation {
  BarrierOperation(Communicator comm) {
    super(comm, 0, 0, 0);
  }

  @Override
  public void run(int count) {
    for (int i = 0; i < count; i++) {
      comm.barrier();
    }
  }

  @Override
  long received() {
    return 0;
  }
}
