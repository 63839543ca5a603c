package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/**
 * An inclusive scan in {@code ceil(log2(size))} rounds: in round k each rank sends what it has to
 * the one {@code 2^k} after it and adds what comes from the one as far before it; W. D. Hillis and
 * G. L. Steele, "Data parallel algorithms", Communications of the ACM 29(12), 1986.
 */
final class RecursiveDoublingScan {
  private RecursiveDoublingScan() {}

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
    MemorySegment received = rank == 0 ? MemorySegment.NULL : scratch.atLeast(bytes);
    for (int distance = 1; distance < size; distance <<= 1) {
      boolean sends = rank + distance < size;
      boolean receives = rank >= distance;
      if (sends && receives) {
        messages.exchange(result, at, bytes, rank + distance, received, 0, bytes, rank - distance);
      } else if (sends) {
        messages.send(result, at, bytes, rank + distance);
      } else if (receives) {
        messages.receive(received, 0, bytes, rank - distance);
      }
      if (receives) {
        Reduction.apply(type, op, result, at, received, 0, bytes);
      }
    }
  }
}
