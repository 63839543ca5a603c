package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.VectorShape;

/**
 * Element-wise reduction of native memory by vectors, by type. C2 of JDK 25 makes no vectors of
 * loops over two native regions, which might overlap for all it knows: they take 2 to 3.5 times
 * what C takes. Loaded only where {@code jdk.incubator.vector} is there.
 */
final class VectorReduction {
  /** So many vectors a turn of a loop: one alone has the loop's overhead, twice C's time. */
  static final int UNROLLED = 4;

  /** Wider ones slow some CPUs down, and gain nothing where memory is the limit. */
  static final VectorShape SHAPE =
      VectorShape.preferredShape().vectorBitSize() > 256
          ? VectorShape.S_256_BIT
          : VectorShape.preferredShape();

  private VectorReduction() {}

  /** Combines elements as {@link Reduction#apply} does, and says how many bytes of them. */
  static long apply(
      ElementType type,
      ReduceOp op,
      MemorySegment into,
      long at,
      MemorySegment from,
      long start,
      long bytes) {
    return switch (type) {
      case INT -> IntVectorReduction.apply(op, into, at, from, start, bytes);
      case LONG -> LongVectorReduction.apply(op, into, at, from, start, bytes);
      case FLOAT -> FloatVectorReduction.apply(op, into, at, from, start, bytes);
      case DOUBLE -> DoubleVectorReduction.apply(op, into, at, from, start, bytes);
    };
  }
}
