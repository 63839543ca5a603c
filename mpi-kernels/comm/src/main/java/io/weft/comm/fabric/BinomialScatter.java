package io.weft.comm.fabric;

import java.lang.foreign.MemorySegment;

/**
 * A scatter of short blocks along a binomial tree in {@code ceil(log2(size))} rounds: each rank
 * gets the blocks of its subtree together and passes them on; R. Thakur, R. Rabenseifner and W.
 * Gropp, "Optimization of Collective Communication Operations in MPICH", section 4.1, 2005.
 */
final class BinomialScatter {
  private BinomialScatter() {}

  static void run(
      Exchanges messages,
      Scratch scratch,
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long length,
      int root) {
    int size = messages.size();
    int relative = (messages.rank() - root + size) % size;
    int below = BinomialTree.below(relative, size);
    int blocks = BinomialTree.blocks(relative, size);
    if (blocks == 1 && relative != 0) {
      messages.receive(recv, recvOffset, length, (relative - below + root) % size);
      return;
    }
    MemorySegment subtree = scratch.atLeast(blocks * length);
    if (relative == 0) {
      long first = (size - root) * length;
      MemorySegment.copy(send, sendOffset + root * length, subtree, 0, first);
      MemorySegment.copy(send, sendOffset, subtree, first, root * length);
    } else {
      messages.receive(subtree, 0, blocks * length, (relative - below + root) % size);
    }
    for (int bit = below >> 1; bit > 0; bit >>= 1) {
      if (relative + bit < size) {
        long bytes = BinomialTree.blocks(relative + bit, size) * length;
        messages.send(subtree, bit * length, bytes, (relative + bit + root) % size);
      }
    }
    MemorySegment.copy(subtree, 0, recv, recvOffset, length);
  }
}
