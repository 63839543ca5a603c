package io.weft.comm.fabric;

import java.lang.foreign.MemorySegment;

/**
 * An all-gather round a ring in {@code size - 1} steps: each rank passes on the block that it got
 * last; R. Thakur, R. Rabenseifner and W. Gropp, "Optimization of Collective Communication
 * Operations in MPICH", section 3.1, 2005.
 */
final class RingAllgather {
  private RingAllgather() {}

  static void run(
      Exchanges messages,
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long length) {
    int rank = messages.rank();
    int size = messages.size();
    MemorySegment.copy(send, sendOffset, recv, recvOffset + rank * length, length);
    int next = (rank + 1) % size;
    int previous = (rank + size - 1) % size;
    for (int step = 0; step < size - 1; step++) {
      long out = (rank - step + size) % size;
      long in = (rank - step - 1 + size) % size;
      messages.exchange(
          recv,
          recvOffset + out * length,
          length,
          next,
          recv,
          recvOffset + in * length,
          length,
          previous);
    }
  }
}
