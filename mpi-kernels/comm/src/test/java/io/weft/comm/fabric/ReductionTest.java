package io.weft.comm.fabric;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import io.weft.testing.Allocations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reductions against Java's own operators, by vectors and without. This JVM has the vectors'
 * module; the ranks of most classes of the communicator's contract do not, and prove the plain
 * loops alone.
 */
class ReductionTest {
  private static final int[] COUNTS = {0, 1, 511, 512, 513, 520, 1023, 1024, 1025, 1033, 4099};

  private static final double[] SPECIAL = {
    0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1, -1, 1e-320, 3e38
  };

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void asJavasOperators(ElementType type) {
    for (ReduceOp op : ReduceOp.values()) {
      for (int count : COUNTS) {
        for (int shift = 0; shift < 3; shift++) {
          check(type, op, count, 5 * shift, 3 * shift);
        }
      }
    }
  }

  private static void check(ElementType type, ReduceOp op, int count, long at, long start) {
    try (Arena arena = Arena.ofConfined()) {
      long bytes = (long) count * type.sizeBytes();
      MemorySegment into = arena.allocate(at + bytes + 8, 64);
      MemorySegment from = arena.allocate(start + bytes + 8, 64);
      MemorySegment expected = arena.allocate(at + bytes + 8, 64);
      Random random = new Random(count * 31L + op.ordinal());
      for (int i = 0; i < count; i++) {
        put(type, into, at, i, random);
        put(type, from, start, i, random);
      }
      into.set(JAVA_BYTE, at + bytes, (byte) 77);
      expected.copyFrom(into);
      for (int i = 0; i < count; i++) {
        combine(type, op, expected, at + (long) i * type.sizeBytes(), from, start, i);
      }
      Reduction.apply(type, op, into, at, from, start, bytes);
      String what = type + " " + op + " of " + count + " at " + at + " and " + start;
      for (int i = 0; i < count; i++) {
        long where = at + (long) i * type.sizeBytes();
        assertEquals(bits(type, expected, where), bits(type, into, where), what + ": " + i);
      }
      assertEquals(77, into.get(JAVA_BYTE, at + bytes), what + ": past the end");
    }
  }

  private static void put(ElementType type, MemorySegment to, long at, int i, Random random) {
    long where = at + (long) i * type.sizeBytes();
    double value =
        random.nextInt(3) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextGaussian();
    switch (type) {
      case INT -> to.set(JAVA_INT_UNALIGNED, where, random.nextInt());
      case LONG -> to.set(JAVA_LONG_UNALIGNED, where, random.nextLong());
      case FLOAT -> to.set(JAVA_FLOAT_UNALIGNED, where, (float) value);
      case DOUBLE -> to.set(JAVA_DOUBLE_UNALIGNED, where, value);
    }
  }

  private static void combine(
      ElementType type,
      ReduceOp op,
      MemorySegment into,
      long at,
      MemorySegment from,
      long start,
      int i) {
    long other = start + (long) i * type.sizeBytes();
    switch (type) {
      case INT -> {
        int a = into.get(JAVA_INT_UNALIGNED, at);
        int b = from.get(JAVA_INT_UNALIGNED, other);
        int result =
            switch (op) {
              case SUM -> a + b;
              case PROD -> a * b;
              case MIN -> a < b ? a : b;
              case MAX -> a > b ? a : b;
            };
        into.set(JAVA_INT_UNALIGNED, at, result);
      }
      case LONG -> {
        long a = into.get(JAVA_LONG_UNALIGNED, at);
        long b = from.get(JAVA_LONG_UNALIGNED, other);
        long result =
            switch (op) {
              case SUM -> a + b;
              case PROD -> a * b;
              case MIN -> a < b ? a : b;
              case MAX -> a > b ? a : b;
            };
        into.set(JAVA_LONG_UNALIGNED, at, result);
      }
      case FLOAT -> {
        float a = into.get(JAVA_FLOAT_UNALIGNED, at);
        float b = from.get(JAVA_FLOAT_UNALIGNED, other);
        float result =
            switch (op) {
              case SUM -> a + b;
              case PROD -> a * b;
              case MIN -> Math.min(a, b);
              case MAX -> Math.max(a, b);
            };
        into.set(JAVA_FLOAT_UNALIGNED, at, result);
      }
      case DOUBLE -> {
        double a = into.get(JAVA_DOUBLE_UNALIGNED, at);
        double b = from.get(JAVA_DOUBLE_UNALIGNED, other);
        double result =
            switch (op) {
              case SUM -> a + b;
              case PROD -> a * b;
              case MIN -> Math.min(a, b);
              case MAX -> Math.max(a, b);
            };
        into.set(JAVA_DOUBLE_UNALIGNED, at, result);
      }
    }
  }

  /** All NaN are one, and -0 is not +0. */
  private static long bits(ElementType type, MemorySegment of, long at) {
    return switch (type) {
      case INT -> of.get(JAVA_INT_UNALIGNED, at);
      case LONG -> of.get(JAVA_LONG_UNALIGNED, at);
      case FLOAT -> Float.floatToIntBits(of.get(JAVA_FLOAT_UNALIGNED, at));
      case DOUBLE -> Double.doubleToLongBits(of.get(JAVA_DOUBLE_UNALIGNED, at));
    };
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void vectorsTakeAllButLessThanAStep(ElementType type) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(2048);
      for (ReduceOp op : ReduceOp.values()) {
        long done = VectorReduction.apply(type, op, memory, 0, memory, 1024, 1020);
        int step = VectorReduction.UNROLLED * VectorReduction.SHAPE.vectorBitSize() / 8;
        assertEquals(1020 / step * step, done, type + " " + op);
        assertTrue(step <= 128, "a step of " + step + " bytes");
      }
    }
  }

  /** An interpreted vector is an object, one that C2 has compiled is none. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void vectorsAllocateNothingOnceTheyAreCompiled(ElementType type) {
    assertTrue(Reduction.hasVectors());
    try (Arena arena = Arena.ofConfined()) {
      long bytes = 16_384;
      MemorySegment into = arena.allocate(bytes, 64);
      MemorySegment from = arena.allocate(bytes, 64);
      for (ReduceOp op : ReduceOp.values()) {
        Runnable reduction = () -> Reduction.apply(type, op, into, 0, from, 0, bytes);
        long allocated = -1;
        for (int batch = 0; batch < 5000 && allocated != 0; batch++) {
          allocated = Allocations.total(0, 20, reduction);
        }
        assertEquals(0, allocated, type + " " + op);
      }
    }
  }
}
