package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/**
 * An all-reduction for long vectors in {@code 2 * log2(size)} rounds: a reduce-scatter by recursive
 * halving, then an all-gather by recursive doubling; R. Rabenseifner, "Optimization of Collective
 * Reduction Operations", International Conference on Computational Science, LNCS 3036, 2004. Of
 * ranks beyond a power of two, each shares the work of a first reduction with a neighbour, which
 * goes on for both and hands back the result. Each block is reduced at one rank and then copied, so
 * that all ranks end with the same bits.
 */
final class RabenseifnerAllreduce {
  private RabenseifnerAllreduce() {}

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
    int core = Integer.highestOneBit(size);
    int extra = size - core;
    long bytes = count * type.sizeBytes();
    boolean paired = rank < 2 * extra;
    boolean stays = !paired || rank % 2 == 1;
    MemorySegment received =
        size == 1 ? MemorySegment.NULL : scratch.atLeast(HalvesReduction.room(count, type));
    if (paired) {
      HalvesReduction.run(messages, result, at, received, 0, count, type, op, rank ^ 1, stays);
    }
    if (!stays) {
      messages.receive(result, at, bytes, rank + 1);
      return;
    }
    int place = paired ? rank / 2 : rank - extra;
    halve(messages, result, at, received, count, type, op, place, core, extra);
    gather(messages, result, at, count, type, place, core, extra);
    if (paired) {
      messages.send(result, at, bytes, rank - 1);
    }
  }

  /** After it, the place's own block is reduced. */
  private static void halve(
      Exchanges messages,
      MemorySegment result,
      long at,
      MemorySegment received,
      long count,
      ElementType type,
      ReduceOp op,
      int place,
      int core,
      int extra) {
    long element = type.sizeBytes();
    for (int distance = core / 2; distance > 0; distance /= 2) {
      int mine = place & -distance;
      int theirs = (place ^ distance) & -distance;
      int peer = rank(place ^ distance, extra);
      long where = at + BlockPartition.start(mine, count, core) * element;
      long bytes = BlockPartition.bytes(mine, mine + distance, count, core, element);
      messages.exchange(
          result,
          at + BlockPartition.start(theirs, count, core) * element,
          BlockPartition.bytes(theirs, theirs + distance, count, core, element),
          peer,
          received,
          0,
          bytes,
          peer);
      Reduction.apply(type, op, result, where, received, 0, bytes);
    }
  }

  /** The way back: what was given away comes in reduced. */
  private static void gather(
      Exchanges messages,
      MemorySegment result,
      long at,
      long count,
      ElementType type,
      int place,
      int core,
      int extra) {
    long element = type.sizeBytes();
    for (int distance = 1; distance < core; distance <<= 1) {
      int mine = place & -distance;
      int theirs = (place ^ distance) & -distance;
      int peer = rank(place ^ distance, extra);
      messages.exchange(
          result,
          at + BlockPartition.start(mine, count, core) * element,
          BlockPartition.bytes(mine, mine + distance, count, core, element),
          peer,
          result,
          at + BlockPartition.start(theirs, count, core) * element,
          BlockPartition.bytes(theirs, theirs + distance, count, core, element),
          peer);
    }
  }

  private static int rank(int place, int extra) {
    return place < extra ? 2 * place + 1 : place + extra;
  }
}
