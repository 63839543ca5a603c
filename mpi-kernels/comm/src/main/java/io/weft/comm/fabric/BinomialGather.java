package io.weft.comm.fabric;

import java.lang.foreign.MemorySegment;

/**
 * A gather of short blocks along a binomial tree in {@code ceil(log2(size))} rounds: each rank
 * collects the blocks of its subtree and passes them on together; R. Thakur, R. Rabenseifner and W.
 * Gropp, "Optimization of Collective Communication Operations in MPICH", section 4.1, 2005.
 */
final class BinomialGather {
  private BinomialGather() {}

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
      messages.send(send, sendOffset, length, (relative - below + root) % size);
      return;
    }
    // Block i of the subtree is that of the rank i after this one, counted from the root.
    MemorySegment subtree = scratch.atLeast(blocks * length);
    MemorySegment.copy(send, sendOffset, subtree, 0, length);
    for (int bit = 1; bit < below && relative + bit < size; bit <<= 1) {
      long bytes = BinomialTree.blocks(relative + bit, size) * length;
      messages.receive(subtree, bit * length, bytes, (relative + bit + root) % size);
    }
    if (relative != 0) {
      messages.send(subtree, 0, blocks * length, (relative - below + root) % size);
      return;
    }
    long first = (size - root) * length;
    MemorySegment.copy(subtree, 0, recv, recvOffset + root * length, first);
    MemorySegment.copy(subtree, first, recv, recvOffset, root * length);
  }
}
