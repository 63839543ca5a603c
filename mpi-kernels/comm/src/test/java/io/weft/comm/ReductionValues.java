package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/**
 * Elements of each rank whose reduction has a closed formula, exact in every type and every order:
 * small whole numbers and powers of two for all types, and numbers that wrap for the integers.
 */
record ReductionValues(ElementType type, ReduceOp op) {
  /** The power n is no power of two: its low bits say whether products wrap as Java's do. */
  private static final long ODD = 0x1_0001_0001L;

  static List<ReductionValues> all() {
    List<ReductionValues> all = new ArrayList<>();
    for (ElementType type : ElementType.values()) {
      for (ReduceOp op : ReduceOp.values()) {
        all.add(new ReductionValues(type, op));
      }
    }
    return all;
  }

  void fill(Region region, int rank) {
    long count = region.length() / type.sizeBytes();
    for (long i = 0; i < count; i++) {
      long value = element(rank, i);
      MemorySegment segment = region.segment();
      long at = region.offset() + i * type.sizeBytes();
      switch (type) {
        case INT -> segment.set(JAVA_INT_UNALIGNED, at, (int) value);
        case LONG -> segment.set(JAVA_LONG_UNALIGNED, at, value);
        case FLOAT -> segment.set(JAVA_FLOAT_UNALIGNED, at, value);
        case DOUBLE -> segment.set(JAVA_DOUBLE_UNALIGNED, at, value);
      }
    }
  }

  /** Checks that a region holds what {@link #fill} wrote. */
  void check(Region region, int rank, String what) {
    long count = region.length() / type.sizeBytes();
    for (long i = 0; i < count; i++) {
      compare(region, i, element(rank, i), what);
    }
    region.checkAround(what);
  }

  void checkReduced(Region region, int ranks, String what) {
    checkReduced(region, ranks, 0, what);
  }

  /** Checks elements {@code first} and following of the reduction. */
  void checkReduced(Region region, int ranks, long first, String what) {
    long count = region.length() / type.sizeBytes();
    for (long i = 0; i < count; i++) {
      compare(region, i, reduced(ranks, first + i), what);
    }
    region.checkAround(what);
  }

  private void compare(Region region, long i, long expected, String what) {
    MemorySegment segment = region.segment();
    long at = region.offset() + i * type.sizeBytes();
    boolean equal =
        switch (type) {
          case INT -> segment.get(JAVA_INT_UNALIGNED, at) == (int) expected;
          case LONG -> segment.get(JAVA_LONG_UNALIGNED, at) == expected;
          case FLOAT -> segment.get(JAVA_FLOAT_UNALIGNED, at) == expected;
          case DOUBLE -> segment.get(JAVA_DOUBLE_UNALIGNED, at) == expected;
        };
    if (!equal) {
      Assertions.fail(what + ": element " + i + " is " + text(segment, at) + ", not " + expected);
    }
  }

  private String text(MemorySegment segment, long at) {
    return switch (type) {
      case INT -> Integer.toString(segment.get(JAVA_INT_UNALIGNED, at));
      case LONG -> Long.toString(segment.get(JAVA_LONG_UNALIGNED, at));
      case FLOAT -> Float.toString(segment.get(JAVA_FLOAT_UNALIGNED, at));
      case DOUBLE -> Double.toString(segment.get(JAVA_DOUBLE_UNALIGNED, at));
    };
  }

  private boolean wraps(long i) {
    boolean whole = type == ElementType.INT || type == ElementType.LONG;
    boolean arithmetic = op == ReduceOp.SUM || op == ReduceOp.PROD;
    return whole && arithmetic && i % 5 == 0;
  }

  private long most() {
    return type == ElementType.INT ? Integer.MAX_VALUE : Long.MAX_VALUE;
  }

  /** Element i of a rank: a start and a step per rank, or plus or minus a power of two. */
  private long element(int rank, long i) {
    if (op == ReduceOp.PROD) {
      return wraps(i) ? ODD : ((rank + i) % 2 == 0 ? 1 : -1) * (1L << (rank + i) % 3);
    }
    return wraps(i) ? most() - rank : start(i) + rank * step(i);
  }

  private static long start(long i) {
    return i % 1000 - 500;
  }

  private static long step(long i) {
    return i % 7 - 3;
  }

  /** The closed formula: an arithmetic series, its ends, or a sum of exponents. */
  private long reduced(int ranks, long i) {
    long last = start(i) + (ranks - 1) * step(i);
    return switch (op) {
      case SUM -> {
        long pairs = ranks * (ranks - 1L) / 2;
        yield wraps(i) ? ranks * most() - pairs : ranks * start(i) + pairs * step(i);
      }
      case PROD -> {
        if (wraps(i)) {
          yield BigInteger.valueOf(ODD).pow(ranks).longValue();
        }
        // Of n ranks in a row from i on: how many are odd, and the sum of the exponents.
        long odd = (i + ranks) / 2 - i / 2;
        long exponents = exponentsBelow(i + ranks) - exponentsBelow(i);
        yield (odd % 2 == 0 ? 1 : -1) * (1L << exponents);
      }
      case MIN -> Math.min(start(i), last);
      case MAX -> Math.max(start(i), last);
    };
  }

  /** The sum of k mod 3 over all k below n. */
  private static long exponentsBelow(long n) {
    return n / 3 * 3 + (n % 3 == 2 ? 1 : 0);
  }

  @Override
  public String toString() {
    return type + " " + op;
  }
}
