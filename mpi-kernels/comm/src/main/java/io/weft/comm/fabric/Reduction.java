package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/** Element-wise reduction of native memory, by type. */
final class Reduction {
  private Reduction() {}

  /**
   * Combines elements into others: {@code into[i] = into[i] op from[i]}. Operands may change places
   * without changing a bit of the result (but for which NaN it is), on which the promise of equal
   * bits on all ranks rests.
   */
  static void apply(
      ElementType type,
      ReduceOp op,
      MemorySegment into,
      long at,
      MemorySegment from,
      long start,
      long bytes) {
    switch (type) {
      case INT -> IntReduction.apply(op, into, at, from, start, bytes);
      case LONG -> LongReduction.apply(op, into, at, from, start, bytes);
      case FLOAT -> FloatReduction.apply(op, into, at, from, start, bytes);
      case DOUBLE -> DoubleReduction.apply(op, into, at, from, start, bytes);
    }
  }

  /** Copies, unless both are the same region. */
  static void copy(MemorySegment from, long start, MemorySegment to, long at, long bytes) {
    if (from.address() + start != to.address() + at) {
      MemorySegment.copy(from, start, to, at, bytes);
    }
  }
}
