package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/**
 * An all-reduction for short vectors by recursive doubling: in round k ranks that differ in bit k
 * exchange what they have; R. Thakur, R. Rabenseifner and W. Gropp, "Optimization of Collective
 * Communication Operations in MPICH", section 4.5, 2005. Ranks beyond a power of two hand their
 * vector to a neighbour first and get the result from it. Both sides of an exchange combine the
 * same two vectors, so that all ranks end with the same bits.
 */
final class RecursiveDoublingAllreduce {
  private RecursiveDoublingAllreduce() {}

  static void run(
      Exchanges messages,
      Scratch scratch,
      MemorySegment result,
      long at,
      long bytes,
      ElementType type,
      ReduceOp op) {
    int rank = messages.rank();
    int size = messages.size();
    int core = Integer.highestOneBit(size);
    int extra = size - core;
    MemorySegment received = size == 1 ? MemorySegment.NULL : scratch.atLeast(bytes);
    boolean paired = rank < 2 * extra;
    if (paired && rank % 2 == 0) {
      messages.send(result, at, bytes, rank + 1);
      messages.receive(result, at, bytes, rank + 1);
      return;
    }
    if (paired) {
      messages.receive(received, 0, bytes, rank - 1);
      Reduction.apply(type, op, result, at, received, 0, bytes);
    }
    int place = paired ? rank / 2 : rank - extra;
    for (int bit = 1; bit < core; bit <<= 1) {
      int other = place ^ bit;
      int peer = other < extra ? 2 * other + 1 : other + extra;
      messages.exchange(result, at, bytes, peer, received, 0, bytes, peer);
      Reduction.apply(type, op, result, at, received, 0, bytes);
    }
    if (paired) {
      messages.send(result, at, bytes, rank - 1);
    }
  }
}
