package io.weft.bench.peer;

import io.weft.comm.Communicator;
import io.weft.comm.Request;

/**
 * Messages from each rank of the first {@code pairs} to the one {@code pairs} further, 64 at a
 * time.
 */
final class WindowOperation extends CommunicatorOperation {
  static final int WINDOW = 64;
  private static final int TAG = 1;
  private static final int DONE = 2;

  private final Request[] requests = new Request[WINDOW];
  private final int pairs;

  WindowOperation(Communicator comm, long bytes, int pairs) {
    super(comm, bytes, bytes, bytes);
    this.pairs = pairs;
    for (int i = 0; i < WINDOW; i++) {
      requests[i] = comm.newRequest();
    }
  }

  @Override
  public void run(int count) {
    int windows = count / WINDOW;
    if (rank < pairs) {
      for (int i = 0; i < windows; i++) {
        send(rank + pairs);
      }
    } else if (rank < 2 * pairs) {
      for (int i = 0; i < windows; i++) {
        receive(rank - pairs);
      }
    }
  }

  private void send(int to) {
    for (int k = 0; k < WINDOW; k++) {
      comm.isend(out, 0, bytes, to, TAG, requests[k]);
    }
    comm.awaitAll(requests, null);
    comm.recv(in, 0, 0, to, DONE, null);
  }

  private void receive(int from) {
    for (int k = 0; k < WINDOW; k++) {
      comm.irecv(in, 0, bytes, from, TAG, requests[k]);
    }
    comm.awaitAll(requests, null);
    comm.send(out, 0, 0, from, DONE);
  }

  @Override
  long received() {
    return rank >= pairs && rank < 2 * pairs ? bytes : 0;
  }
}
