package io.weft.bench.peer;

import io.weft.comm.Communicator;
import io.weft.comm.Window;
import java.lang.foreign.MemorySegment;

/**
 * Rank 0 writes or reads rank 1's memory, and each time waits until that is done. Rank 1 waits for
 * an empty message behind each batch, so that a library which serves such accesses in software
 * makes progress.
 */
final class OneSidedOperation extends CommunicatorOperation {
  private static final int DONE = 2;

  private final Window window;
  private final boolean put;
  private long ownNanos = -1;

  OneSidedOperation(Communicator comm, long bytes, boolean put) {
    super(comm, bytes, bytes, bytes);
    this.put = put;
    this.window = comm.openWindow(rank == 1 ? bytes : 0);
    if (rank == 1 && !put) {
      MemorySegment.copy(out, 0, window.memory(), 0, bytes);
    }
    comm.barrier();
    if (rank == 0) {
      window.lock(1, false);
    }
  }

  @Override
  public void run(int count) {
    if (rank == 0) {
      long start = System.nanoTime();
      if (put) {
        put(count);
      } else {
        get(count);
      }
      ownNanos = System.nanoTime() - start;
      comm.send(out, 0, 0, 1, DONE);
    } else if (rank == 1) {
      comm.recv(in, 0, 0, 0, DONE, null);
    }
  }

  /** Without the message that tells rank 1 of the end. */
  @Override
  public long ownNanos() {
    return ownNanos;
  }

  private void put(int count) {
    for (int i = 0; i < count; i++) {
      window.put(out, 0, bytes, 1, 0);
      window.flush(1);
    }
  }

  private void get(int count) {
    for (int i = 0; i < count; i++) {
      window.get(in, 0, bytes, 1, 0);
      window.flush(1);
    }
  }

  @Override
  long received() {
    return rank == (put ? 1 : 0) ? bytes : 0;
  }

  @Override
  MemorySegment target() {
    return put ? window.memory() : in;
  }

  @Override
  public void close() {
    if (rank == 0) {
      window.unlock(1);
    }
    window.close();
  }
}
