package io.weft.comm.fabric;

import java.lang.foreign.MemorySegment;

/**
 * An all-to-all of short blocks in {@code ceil(log2(size))} rounds: in round k each rank sends on,
 * to the one {@code 2^k} after it, all blocks whose way has that bit; J. Bruck, C.-T. Ho, S.
 * Kipnis, E. Upfal and D. Weathersby, "Efficient Algorithms for All-to-All Communications in
 * Multiport Message-Passing Systems", IEEE Transactions on Parallel and Distributed Systems 8(11),
 * 1997.
 */
final class BruckAlltoall {
  private BruckAlltoall() {}

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
    // Block i has i ranks to go; behind them the blocks of a round, out and in.
    long blocks = size * length;
    long room = (size + 1) / 2 * length;
    MemorySegment memory = scratch.atLeast(blocks + 2 * room);
    long first = (size - rank) * length;
    MemorySegment.copy(send, sendOffset + rank * length, memory, 0, first);
    MemorySegment.copy(send, sendOffset, memory, first, rank * length);
    for (int distance = 1; distance < size; distance <<= 1) {
      long packed = 0;
      for (int i = distance; i < size; i = (i + 1) | distance) {
        MemorySegment.copy(memory, i * length, memory, blocks + packed, length);
        packed += length;
      }
      int to = (rank + distance) % size;
      int from = (rank + size - distance) % size;
      messages.exchange(memory, blocks, packed, to, memory, blocks + room, packed, from);
      long taken = blocks + room;
      for (int i = distance; i < size; i = (i + 1) | distance) {
        MemorySegment.copy(memory, taken, memory, i * length, length);
        taken += length;
      }
    }
    // What has come i ranks far is from the one i before.
    for (int i = 0; i < size; i++) {
      long source = (rank + size - i) % size;
      MemorySegment.copy(memory, i * length, recv, recvOffset + source * length, length);
    }
  }
}
