package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/**
 * Two ranks' vectors reduced at one of them: each reduces one half, then the one that leaves sends
 * its half; R. Rabenseifner, "Optimization of Collective Reduction Operations", section 4, 2004.
 */
final class HalvesReduction {
  private HalvesReduction() {}

  /** What must be there to receive into, in bytes. */
  static long room(long count, ElementType type) {
    return (count + 1) / 2 * type.sizeBytes();
  }

  /** Where {@code stays}, {@code work} ends as both vectors reduced; elsewhere it is used up. */
  static void run(
      Exchanges messages,
      MemorySegment work,
      long at,
      MemorySegment received,
      long start,
      long count,
      ElementType type,
      ReduceOp op,
      int peer,
      boolean stays) {
    long first = room(count, type);
    long second = count * type.sizeBytes() - first;
    if (stays) {
      messages.exchange(work, at, first, peer, received, start, second, peer);
      Reduction.apply(type, op, work, at + first, received, start, second);
      messages.receive(work, at, first, peer);
    } else {
      messages.exchange(work, at + first, second, peer, received, start, first, peer);
      Reduction.apply(type, op, work, at, received, start, first);
      messages.send(work, at, first, peer);
    }
  }
}
