package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/**
 * An all-reduction for long vectors round a ring: a reduce-scatter and an all-gather in {@code size
 * - 1} steps each, {@code 2 * (size - 1) / size} of the vector per rank, as P. Patarasuk and X.
 * Yuan show to be optimal in "Bandwidth optimal all-reduce algorithms for clusters of
 * workstations", Journal of Parallel and Distributed Computing 69(2), 2009. Each block is summed
 * along one way round the ring and then copied, so that all ranks end with the same bits.
 */
final class RingAllreduce {
  private RingAllreduce() {}

  static void run(
      Exchanges messages,
      Scratch scratch,
      MemorySegment result,
      long at,
      long count,
      ElementType type,
      ReduceOp op) {
    int rank = messages.rank();
    int size = messages.size();
    int next = (rank + 1) % size;
    int previous = (rank + size - 1) % size;
    long element = type.sizeBytes();
    MemorySegment received = scratch.atLeast((count / size + 1) * element);
    for (int step = 0; step < size - 1; step++) {
      int out = (rank - step + size) % size;
      int in = (rank - step - 1 + size) % size;
      long bytes =
          (BlockPartition.start(in + 1, count, size) - BlockPartition.start(in, count, size))
              * element;
      long where = at + BlockPartition.start(in, count, size) * element;
      messages.exchange(
          result,
          at + BlockPartition.start(out, count, size) * element,
          (BlockPartition.start(out + 1, count, size) - BlockPartition.start(out, count, size))
              * element,
          next,
          received,
          0,
          bytes,
          previous);
      Reduction.apply(type, op, result, where, received, 0, bytes);
    }
    for (int step = 0; step < size - 1; step++) {
      int out = (rank + 1 - step + size) % size;
      int in = (rank - step + size) % size;
      messages.exchange(
          result,
          at + BlockPartition.start(out, count, size) * element,
          (BlockPartition.start(out + 1, count, size) - BlockPartition.start(out, count, size))
              * element,
          next,
          result,
          at + BlockPartition.start(in, count, size) * element,
          (BlockPartition.start(in + 1, count, size) - BlockPartition.start(in, count, size))
              * element,
          previous);
    }
  }
}
