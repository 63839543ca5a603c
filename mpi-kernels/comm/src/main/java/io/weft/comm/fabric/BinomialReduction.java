package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/**
 * A reduction along a binomial tree in {@code ceil(log2(size))} rounds: the broadcast's tree from
 * the leaves to the root; R. Thakur, R. Rabenseifner and W. Gropp, "Optimization of Collective
 * Communication Operations in MPICH", section 4.3, 2005.
 */
final class BinomialReduction {
  private BinomialReduction() {}

  static void run(
      Exchanges messages,
      Scratch scratch,
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long bytes,
      ElementType type,
      ReduceOp op,
      int root) {
    int size = messages.size();
    int relative = (messages.rank() - root + size) % size;
    int below = relative == 0 ? Integer.highestOneBit(size) << 1 : Integer.lowestOneBit(relative);
    boolean leaf = below == 1 || relative + 1 >= size && relative != 0;
    MemorySegment memory = leaf ? MemorySegment.NULL : scratch.atLeast(2 * bytes);
    MemorySegment sum = relative == 0 ? recv : leaf ? send : memory;
    long at = relative == 0 ? recvOffset : leaf ? sendOffset : bytes;
    if (!leaf) {
      Reduction.copy(send, sendOffset, sum, at, bytes);
    }
    for (int bit = 1; bit < below && relative + bit < size; bit <<= 1) {
      messages.receive(memory, 0, bytes, (relative + bit + root) % size);
      Reduction.apply(type, op, sum, at, memory, 0, bytes);
    }
    if (relative != 0) {
      messages.send(sum, at, bytes, (relative - below + root) % size);
    }
  }
}
