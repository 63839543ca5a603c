package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/**
 * A reduce-scatter in {@code size - 1} steps, each of one block: in step k each rank sends to the
 * one k after it that one's block, and reduces what comes from the one k before it; R. Thakur, R.
 * Rabenseifner and W. Gropp, "Optimization of Collective Communication Operations in MPICH",
 * section 4.2, 2005.
 */
final class PairwiseReduceScatter {
  private PairwiseReduceScatter() {}

  static void run(
      Exchanges messages,
      Scratch scratch,
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long length,
      ElementType type,
      ReduceOp op) {
    int rank = messages.rank();
    int size = messages.size();
    MemorySegment.copy(send, sendOffset + rank * length, recv, recvOffset, length);
    MemorySegment received = size == 1 ? MemorySegment.NULL : scratch.atLeast(length);
    for (int step = 1; step < size; step++) {
      int to = (rank + step) % size;
      int from = (rank + size - step) % size;
      messages.exchange(send, sendOffset + to * length, length, to, received, 0, length, from);
      Reduction.apply(type, op, recv, recvOffset, received, 0, length);
    }
  }
}
