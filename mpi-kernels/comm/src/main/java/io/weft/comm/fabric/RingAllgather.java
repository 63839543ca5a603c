package io.weft.comm.fabric;

import io.weft.comm.Blocks;
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

  static void run(
      Exchanges messages,
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      Blocks blocks) {
    int rank = messages.rank();
    int size = messages.size();
    long own = recvOffset + blocks.offsetBytes(rank);
    MemorySegment.copy(send, sendOffset, recv, own, blocks.lengthBytes(rank));
    int next = (rank + 1) % size;
    int previous = (rank + size - 1) % size;
    for (int step = 0; step < size - 1; step++) {
      int out = (rank - step + size) % size;
      int in = (rank - step - 1 + size) % size;
      messages.exchange(
          recv,
          recvOffset + blocks.offsetBytes(out),
          blocks.lengthBytes(out),
          next,
          recv,
          recvOffset + blocks.offsetBytes(in),
          blocks.lengthBytes(in),
          previous);
    }
  }
}
