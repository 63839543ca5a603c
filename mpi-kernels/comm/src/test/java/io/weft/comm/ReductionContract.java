package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Reduce and all-reduce against closed formulas. */
interface ReductionContract extends CommunicatorCase {
  int[] COUNTS = {0, 1, 2, 3, 1000, 100_003};

  @RankTest
  default void allreduceOfEveryTypeAndOp() {
    for (ReductionValues values : ReductionValues.all()) {
      // Types and operations take turns at the longest.
      boolean all = values.type().ordinal() == values.op().ordinal();
      for (int count : COUNTS) {
        if (all || count < 10_000) {
          allreduce(values, count, false);
          allreduce(values, count, true);
        }
      }
    }
  }

  private void allreduce(ReductionValues values, int count, boolean inPlace) {
    try (Arena arena = Arena.ofConfined()) {
      long bytes = (long) count * values.type().sizeBytes();
      Region send = Region.of(arena, 8, bytes);
      Region recv = inPlace ? send : Region.of(arena, 40, bytes);
      values.fill(send, rank());
      comm()
          .allreduce(
              send.segment(),
              send.offset(),
              recv.segment(),
              recv.offset(),
              count,
              values.type(),
              values.op());
      String what = values + ", " + count + (inPlace ? " in place" : " elements");
      values.checkReduced(recv, size(), what);
      if (!inPlace) {
        values.check(send, rank(), what + ", what was sent");
      }
    }
  }

  @RankTest
  default void reduceOfEveryTypeAndOpAtEachRoot() {
    for (ReductionValues values : ReductionValues.all()) {
      for (int root = 0; root < size(); root++) {
        for (int count : new int[] {3, 1000}) {
          reduce(values, count, root, false);
        }
      }
    }
  }

  @RankTest
  default void reduceInPlaceAtEachRoot() {
    for (int root = 0; root < size(); root++) {
      for (int count : COUNTS) {
        reduce(new ReductionValues(ElementType.DOUBLE, ReduceOp.SUM), count, root, true);
        reduce(new ReductionValues(ElementType.INT, ReduceOp.PROD), count, root, true);
      }
    }
  }

  @RankTest
  default void reduceOfEveryLengthAtEachRoot() {
    for (int root = 0; root < size(); root++) {
      for (int count : COUNTS) {
        reduce(new ReductionValues(ElementType.LONG, ReduceOp.MIN), count, root, false);
      }
    }
  }

  private void reduce(ReductionValues values, int count, int root, boolean inPlace) {
    try (Arena arena = Arena.ofConfined()) {
      long bytes = (long) count * values.type().sizeBytes();
      Region send = Region.of(arena, 16, bytes);
      Region recv = inPlace ? send : Region.of(arena, 8, bytes);
      values.fill(send, rank());
      String what = values + ", " + count + " elements at root " + root;
      boolean isRoot = rank() == root;
      // Elsewhere it may be null.
      MemorySegment target = isRoot || rank() % 2 == 0 ? recv.segment() : null;
      comm()
          .reduce(
              send.segment(),
              send.offset(),
              target,
              target == null ? 0 : recv.offset(),
              count,
              values.type(),
              values.op(),
              root);
      if (isRoot) {
        values.checkReduced(recv, size(), what);
      } else if (!inPlace) {
        recv.checkUntouched(what + ", rank " + rank());
      }
      if (!isRoot || !inPlace) {
        values.check(send, rank(), what + ", what was sent");
      }
    }
  }

  /** Sums whose bits depend on the order: it must be the same everywhere. */
  @RankTest
  default void everyRankGetsTheSameBits() {
    for (int count : new int[] {1, 2, 3, 5, 100, 1000, 40_000, 100_003}) {
      try (Arena arena = Arena.ofConfined()) {
        long bytes = 8L * count;
        MemorySegment mine = arena.allocate(bytes, 4096);
        MemorySegment all = arena.allocate(bytes * size(), 4096);
        for (int i = 0; i < count; i++) {
          double value = Math.exp((i % 60 - 30) * (rank() + 1) / 2.0) / (3 + i);
          mine.setAtIndex(JAVA_DOUBLE, i, i % 2 == 0 ? value : -value);
        }
        comm().allreduce(mine, 0, mine, 0, count, ElementType.DOUBLE, ReduceOp.SUM);
        comm().allgather(mine, 0, all, 0, bytes);
        for (int other = 0; other < size(); other++) {
          long at = MemorySegment.mismatch(mine, 0, bytes, all, other * bytes, (other + 1) * bytes);
          assertEquals(-1, at, count + " elements, bits of rank " + other);
        }
        checkSums(mine, count);
      }
    }
  }

  private void checkSums(MemorySegment sums, int count) {
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int rank = 0; rank < size(); rank++) {
        sum += Math.exp((i % 60 - 30) * (rank + 1) / 2.0) / (3 + i);
      }
      sum = i % 2 == 0 ? sum : -sum;
      assertEquals(sum, sums.getAtIndex(JAVA_DOUBLE, i), Math.abs(sum) * 1e-14, "element " + i);
    }
  }

  /** An odd number of bytes in front of elements breaks code that takes them for aligned. */
  @RankTest
  default void elementsNeedNoAlignment() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment send = arena.allocate(8 * 100 + 16, 4096);
      MemorySegment recv = arena.allocate(8 * 100 + 16, 4096);
      for (long i = 0; i < 800; i++) {
        send.set(JAVA_BYTE, 3 + i, (byte) (i % 8 == 0 ? 1 : 0));
      }
      comm().allreduce(send, 3, recv, 5, 100, ElementType.LONG, ReduceOp.SUM);
      for (long i = 0; i < 800; i++) {
        assertEquals(i % 8 == 0 ? size() : 0, recv.get(JAVA_BYTE, 5 + i), "byte " + i);
      }
    }
  }
}
