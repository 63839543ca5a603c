package io.weft.kernels;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The reductions of a {@link LocalCommunicator}, in order of ranks. */
final class LocalReduction {
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private LocalReduction() {}

  /** Combines what all ranks contributed. */
  static byte[] combine(LocalGroup group, long count, ElementType type, ReduceOp op) {
    byte[] bytes = new byte[Math.toIntExact(count * type.sizeBytes())];
    MemorySegment combined = MemorySegment.ofArray(bytes);
    MemorySegment.copy(group.contribution(0), 0, combined, 0, bytes.length);
    for (int rank = 1; rank < group.size(); rank++) {
      MemorySegment other = group.contribution(rank);
      for (long at = 0; at < bytes.length; at += type.sizeBytes()) {
        switch (type) {
          case DOUBLE ->
              combined.set(DOUBLE, at, apply(op, combined.get(DOUBLE, at), other.get(DOUBLE, at)));
          case LONG ->
              combined.set(LONG, at, apply(op, combined.get(LONG, at), other.get(LONG, at)));
          case INT -> combined.set(INT, at, apply(op, combined.get(INT, at), other.get(INT, at)));
          default -> throw new UnsupportedOperationException("allreduce of " + type);
        }
      }
    }
    return bytes;
  }

  private static double apply(ReduceOp op, double a, double b) {
    return switch (op) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
    };
  }

  private static int apply(ReduceOp op, int a, int b) {
    return (int) apply(op, (long) a, (long) b);
  }

  private static long apply(ReduceOp op, long a, long b) {
    return switch (op) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
    };
  }
}
