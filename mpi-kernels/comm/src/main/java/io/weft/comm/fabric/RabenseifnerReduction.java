package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/**
 * A reduction of long vectors in {@code 2 * log2(size)} rounds: a reduce-scatter by recursive
 * halving, then a gather of the blocks along a binomial tree; R. Rabenseifner, "Optimization of
 * Collective Reduction Operations", International Conference on Computational Science, LNCS 3036,
 * 2004. Ranks count from the root; of those beyond a power of two each leaves its vector to a
 * neighbour, the root to none.
 */
final class RabenseifnerReduction {
  private RabenseifnerReduction() {}

  static void run(
      Exchanges messages,
      Scratch scratch,
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long count,
      ElementType type,
      ReduceOp op,
      int root) {
    int size = messages.size();
    int relative = (messages.rank() - root + size) % size;
    int core = Integer.highestOneBit(size);
    int extra = size - core;
    long bytes = count * type.sizeBytes();
    long room = HalvesReduction.room(count, type);
    MemorySegment memory =
        size == 1
            ? MemorySegment.NULL
            : scratch.atLeast(relative == 0 ? room : room + bytes); // The root has recv.
    MemorySegment work = relative == 0 ? recv : memory;
    long at = relative == 0 ? recvOffset : room;
    Reduction.copy(send, sendOffset, work, at, bytes);
    if (relative < 2 * extra) {
      boolean stays = relative % 2 == 0;
      int peer = ((relative ^ 1) + root) % size;
      HalvesReduction.run(messages, work, at, memory, 0, count, type, op, peer, stays);
      if (!stays) {
        return;
      }
    }
    int place = relative < 2 * extra ? relative / 2 : relative - extra;
    long element = type.sizeBytes();
    for (int distance = core / 2; distance > 0; distance /= 2) {
      int mine = place & -distance;
      int theirs = (place ^ distance) & -distance;
      int peer = rank(place ^ distance, extra, root, size);
      long where = at + BlockPartition.start(mine, count, core) * element;
      long in = BlockPartition.bytes(mine, mine + distance, count, core, element);
      messages.exchange(
          work,
          at + BlockPartition.start(theirs, count, core) * element,
          BlockPartition.bytes(theirs, theirs + distance, count, core, element),
          peer,
          memory,
          0,
          in,
          peer);
      Reduction.apply(type, op, work, where, memory, 0, in);
    }
    gather(messages, work, at, count, element, place, core, extra, root);
  }

  private static void gather(
      Exchanges messages,
      MemorySegment work,
      long at,
      long count,
      long element,
      int place,
      int core,
      int extra,
      int root) {
    int size = messages.size();
    for (int distance = 1; distance < core; distance <<= 1) {
      int from = (place & distance) == 0 ? place + distance : place;
      long where = at + BlockPartition.start(from, count, core) * element;
      long bytes = BlockPartition.bytes(from, from + distance, count, core, element);
      int peer = rank(place ^ distance, extra, root, size);
      if (from == place) {
        messages.send(work, where, bytes, peer);
        return;
      }
      messages.receive(work, where, bytes, peer);
    }
  }

  private static int rank(int place, int extra, int root, int size) {
    return ((place < extra ? 2 * place : place + extra) + root) % size;
  }
}
