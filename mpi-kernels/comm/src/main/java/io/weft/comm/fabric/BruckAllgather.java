package io.weft.comm.fabric;

import java.lang.foreign.MemorySegment;

/**
 * An all-gather of short blocks in {@code ceil(log2(size))} rounds for any number of ranks: in
 * round k each rank sends what it has to the one {@code 2^k} before it; J. Bruck, C.-T. Ho, S.
 * Kipnis, E. Upfal and D. Weathersby, "Efficient Algorithms for All-to-All Communications in
 * Multiport Message-Passing Systems", IEEE Transactions on Parallel and Distributed Systems 8(11),
 * 1997.
 */
final class BruckAllgather {
  private BruckAllgather() {}

  static void run(
      Exchanges messages,
      Scratch scratch,
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long length) {
    int rank = messages.rank();
    int size = messages.size();
    // Block i is that of the rank i after this one.
    MemorySegment turned = scratch.atLeast(size * length);
    MemorySegment.copy(send, sendOffset, turned, 0, length);
    for (int distance = 1; distance < size; distance <<= 1) {
      long bytes = Math.min(distance, size - distance) * length;
      int to = (rank + size - distance) % size;
      int from = (rank + distance) % size;
      messages.exchange(turned, 0, bytes, to, turned, distance * length, bytes, from);
    }
    long first = (size - rank) * length;
    MemorySegment.copy(turned, 0, recv, recvOffset + rank * length, first);
    MemorySegment.copy(turned, first, recv, recvOffset, rank * length);
  }
}
