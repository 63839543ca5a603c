package io.weft.bench.peer;

import io.weft.comm.Communicator;
import io.weft.comm.Request;

/** Messages between ranks 0 and 1 in both directions at once, 64 each way. */
final class BothWaysOperation extends CommunicatorOperation {
  private static final int WINDOW = WindowOperation.WINDOW;
  private static final int TAG = 1;

  private final Request[] requests = new Request[2 * WINDOW];

  BothWaysOperation(Communicator comm, long bytes) {
    super(comm, bytes, bytes, bytes);
    for (int i = 0; i < requests.length; i++) {
      requests[i] = comm.newRequest();
    }
  }

  @Override
  public void run(int count) {
    if (rank > 1) {
      return;
    }
    int windows = count / WINDOW;
    for (int i = 0; i < windows; i++) {
      exchange(1 - rank);
    }
  }

  private void exchange(int other) {
    for (int k = 0; k < WINDOW; k++) {
      comm.irecv(in, 0, bytes, other, TAG, requests[k]);
    }
    for (int k = 0; k < WINDOW; k++) {
      comm.isend(out, 0, bytes, other, TAG, requests[WINDOW + k]);
    }
    comm.awaitAll(requests, null);
  }

  @Override
  long received() {
    return rank < 2 ? bytes : 0;
  }
}
