package io.weft.comm.fabric;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/**
 * Element-wise reduction of {@code double} in native memory: one plain loop per operation. Of -0
 * and +0 the smaller is -0; with a NaN the result is NaN.
 */
final class DoubleReduction {
  private static final long BYTES = Double.BYTES;

  private DoubleReduction() {}

  /** Combines {@code bytes} bytes of elements into {@code into}. */
  static void apply(
      ReduceOp op, MemorySegment into, long at, MemorySegment from, long start, long bytes) {
    switch (op) {
      case SUM -> sum(into, at, from, start, bytes);
      case PROD -> prod(into, at, from, start, bytes);
      case MIN -> min(into, at, from, start, bytes);
      case MAX -> max(into, at, from, start, bytes);
    }
  }

  private static void sum(MemorySegment into, long at, MemorySegment from, long start, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      double a = into.get(JAVA_DOUBLE_UNALIGNED, at + i);
      double b = from.get(JAVA_DOUBLE_UNALIGNED, start + i);
      into.set(JAVA_DOUBLE_UNALIGNED, at + i, a + b);
    }
  }

  private static void prod(
      MemorySegment into, long at, MemorySegment from, long start, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      double a = into.get(JAVA_DOUBLE_UNALIGNED, at + i);
      double b = from.get(JAVA_DOUBLE_UNALIGNED, start + i);
      into.set(JAVA_DOUBLE_UNALIGNED, at + i, a * b);
    }
  }

  private static void min(MemorySegment into, long at, MemorySegment from, long start, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      double a = into.get(JAVA_DOUBLE_UNALIGNED, at + i);
      double b = from.get(JAVA_DOUBLE_UNALIGNED, start + i);
      into.set(JAVA_DOUBLE_UNALIGNED, at + i, Math.min(a, b));
    }
  }

  private static void max(MemorySegment into, long at, MemorySegment from, long start, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      double a = into.get(JAVA_DOUBLE_UNALIGNED, at + i);
      double b = from.get(JAVA_DOUBLE_UNALIGNED, start + i);
      into.set(JAVA_DOUBLE_UNALIGNED, at + i, Math.max(a, b));
    }
  }
}
