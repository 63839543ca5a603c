package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/**
 * Element-wise reduction of native memory, by type: by vectors where the JVM was started with
 * {@code --add-modules jdk.incubator.vector} and there are enough elements, else in plain loops.
 * The bits of the result are the same.
 */
public final class Reduction {
  private static final boolean VECTORS =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  /**
   * Shorter ones gain less than a message costs, and lose until they are compiled: an interpreted
   * vector is an object.
   */
  private static final long LEAST_BYTES = 4096;

  private Reduction() {}

  /**
   * Says whether this JVM reduces by vectors.
   *
   * @return true if it was started with their module
   */
  public static boolean hasVectors() {
    return VECTORS;
  }

  /**
   * Combines elements into others: {@code into[i] = into[i] op from[i]}. Operands may change places
   * without changing a bit of the result (but for which NaN it is), on which the promise of equal
   * bits on all ranks rests.
   *
   * @param type the elements' type
   * @param op the operation
   * @param into native memory with one operand, and with the result on return
   * @param at where it starts, at any address
   * @param from native memory with the other operand
   * @param start where it starts, at any address
   * @param bytes the elements' length
   */
  public static void apply(
      ElementType type,
      ReduceOp op,
      MemorySegment into,
      long at,
      MemorySegment from,
      long start,
      long bytes) {
    long done =
        VECTORS && bytes >= LEAST_BYTES
            ? VectorReduction.apply(type, op, into, at, from, start, bytes)
            : 0;
    if (done < bytes) {
      applyPlainly(type, op, into, at + done, from, start + done, bytes - done);
    }
  }

  /**
   * The same in plain loops, whatever the JVM has; for measuring.
   *
   * @param type the elements' type
   * @param op the operation
   * @param into native memory with one operand, and with the result on return
   * @param at where it starts, at any address
   * @param from native memory with the other operand
   * @param start where it starts, at any address
   * @param bytes the elements' length
   */
  public static void applyPlainly(
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
