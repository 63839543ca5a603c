package io.weft.comm.fabric;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/** Element-wise reduction of {@code long} in native memory: one plain loop per operation. */
final class LongReduction {
  private static final long BYTES = Long.BYTES;

  private LongReduction() {}

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
      long a = into.get(JAVA_LONG_UNALIGNED, at + i);
      long b = from.get(JAVA_LONG_UNALIGNED, start + i);
      into.set(JAVA_LONG_UNALIGNED, at + i, a + b);
    }
  }

  private static void prod(
      MemorySegment into, long at, MemorySegment from, long start, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      long a = into.get(JAVA_LONG_UNALIGNED, at + i);
      long b = from.get(JAVA_LONG_UNALIGNED, start + i);
      into.set(JAVA_LONG_UNALIGNED, at + i, a * b);
    }
  }

  private static void min(MemorySegment into, long at, MemorySegment from, long start, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      long a = into.get(JAVA_LONG_UNALIGNED, at + i);
      long b = from.get(JAVA_LONG_UNALIGNED, start + i);
      into.set(JAVA_LONG_UNALIGNED, at + i, Math.min(a, b));
    }
  }

  private static void max(MemorySegment into, long at, MemorySegment from, long start, long bytes) {
    for (long i = 0; i < bytes; i += BYTES) {
      long a = into.get(JAVA_LONG_UNALIGNED, at + i);
      long b = from.get(JAVA_LONG_UNALIGNED, start + i);
      into.set(JAVA_LONG_UNALIGNED, at + i, Math.max(a, b));
    }
  }
}
