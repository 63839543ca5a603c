package io.weft.comm.fabric;

import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link IntReduction} by vectors, as many of them as fit. */
final class IntVectorReduction {
  private static final VectorSpecies<Integer> SPECIES =
      VectorSpecies.of(int.class, VectorReduction.SHAPE);

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int BYTES = SPECIES.vectorByteSize();
  private static final int STEP = VectorReduction.UNROLLED * BYTES;

  private IntVectorReduction() {}

  /** Combines elements and says how many bytes of them; the rest is less than a step. */
  static long apply(
      ReduceOp op, MemorySegment into, long at, MemorySegment from, long start, long bytes) {
    return switch (op) {
      case SUM -> sum(into, at, from, start, bytes);
      case PROD -> prod(into, at, from, start, bytes);
      case MIN -> min(into, at, from, start, bytes);
      case MAX -> max(into, at, from, start, bytes);
    };
  }

  private static long sum(MemorySegment into, long at, MemorySegment from, long start, long bytes) {
    long i = 0;
    for (; i <= bytes - STEP; i += STEP) {
      for (int k = 0; k < STEP; k += BYTES) {
        IntVector a = IntVector.fromMemorySegment(SPECIES, into, at + i + k, ORDER);
        IntVector b = IntVector.fromMemorySegment(SPECIES, from, start + i + k, ORDER);
        a.add(b).intoMemorySegment(into, at + i + k, ORDER);
      }
    }
    return i;
  }

  private static long prod(
      MemorySegment into, long at, MemorySegment from, long start, long bytes) {
    long i = 0;
    for (; i <= bytes - STEP; i += STEP) {
      for (int k = 0; k < STEP; k += BYTES) {
        IntVector a = IntVector.fromMemorySegment(SPECIES, into, at + i + k, ORDER);
        IntVector b = IntVector.fromMemorySegment(SPECIES, from, start + i + k, ORDER);
        a.mul(b).intoMemorySegment(into, at + i + k, ORDER);
      }
    }
    return i;
  }

  private static long min(MemorySegment into, long at, MemorySegment from, long start, long bytes) {
    long i = 0;
    for (; i <= bytes - STEP; i += STEP) {
      for (int k = 0; k < STEP; k += BYTES) {
        IntVector a = IntVector.fromMemorySegment(SPECIES, into, at + i + k, ORDER);
        IntVector b = IntVector.fromMemorySegment(SPECIES, from, start + i + k, ORDER);
        a.min(b).intoMemorySegment(into, at + i + k, ORDER);
      }
    }
    return i;
  }

  private static long max(MemorySegment into, long at, MemorySegment from, long start, long bytes) {
    long i = 0;
    for (; i <= bytes - STEP; i += STEP) {
      for (int k = 0; k < STEP; k += BYTES) {
        IntVector a = IntVector.fromMemorySegment(SPECIES, into, at + i + k, ORDER);
        IntVector b = IntVector.fromMemorySegment(SPECIES, from, start + i + k, ORDER);
        a.max(b).intoMemorySegment(into, at + i + k, ORDER);
      }
    }
    return i;
  }
}
