package io.weft.bench.peer;

import io.weft.comm.Communicator;

/** Round trips between ranks 0 and 1; others do nothing. */
final class PingPongOperation extends CommunicatorOperation {
  private static final int TAG = 1;

  PingPongOperation(Communicator comm, long bytes) {
    super(comm, bytes, bytes, bytes);
  }

  @Override
  public void run(int count) {
    int turns = count / 2;
    if (rank == 0) {
      for (int i = 0; i < turns; i++) {
        ask();
      }
    } else if (rank == 1) {
      for (int i = 0; i < turns; i++) {
        answer();
      }
    }
  }

  @Override
  public boolean time(long[] nanos) {
    if (rank == 0) {
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        ask();
        nanos[i] = (System.nanoTime() - start) / 2;
      }
    } else if (rank == 1) {
      for (int i = 0; i < nanos.length; i++) {
        answer();
      }
    }
    return true;
  }

  private void ask() {
    comm.send(out, 0, bytes, 1, TAG);
    comm.recv(in, 0, bytes, 1, TAG, null);
  }

  private void answer() {
    comm.recv(in, 0, bytes, 0, TAG, null);
    comm.send(out, 0, bytes, 0, TAG);
  }

  @Override
  long received() {
    return rank < 2 ? bytes : 0;
  }
}
