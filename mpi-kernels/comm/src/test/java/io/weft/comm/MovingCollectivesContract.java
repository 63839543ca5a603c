package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Broadcast, all-gather and all-to-all: bytes that arrive as they were. */
interface MovingCollectivesContract extends CommunicatorCase {
  long[] BLOCKS = {0, 1, 7, 8, 129, 4097, 16_385, 65_537, (1 << 20) + 3};

  @RankTest
  default void bcastFromEachRoot() {
    for (long length : BLOCKS) {
      try (Arena arena = Arena.ofConfined()) {
        for (int root = 0; root < size(); root++) {
          Region region = Region.of(arena, 16 + root, length);
          if (rank() == root) {
            region.fill(length + root);
          }
          comm().bcast(region.segment(), region.offset(), length, root);
          region.check(length + root, length + " bytes of root " + root);
        }
      }
    }
  }

  /** A fast root may be several broadcasts ahead. */
  @RankTest
  default void bcastsInARowKeepTheirOrder() {
    MemorySegment buffer = comm().allocate(8);
    for (int i = 0; i < 300; i++) {
      // Mostly one root, then each in turn.
      int root = i < 150 ? 0 : i % size();
      if (rank() == root) {
        buffer.set(JAVA_LONG, 0, 11L * i);
      }
      comm().bcast(buffer, 0, 8, root);
      assertEquals(11L * i, buffer.get(JAVA_LONG, 0), "broadcast " + i);
    }
  }

  @RankTest
  default void allgatherPutsBlocksInRankOrder() {
    for (long length : BLOCKS) {
      try (Arena arena = Arena.ofConfined()) {
        Region mine = Region.of(arena, 5, length);
        Region all = Region.of(arena, 24, length * size());
        mine.fill(length + rank());
        comm().allgather(mine.segment(), 5, all.segment(), 24, length);
        for (int from = 0; from < size(); from++) {
          Bytes.check(all.segment(), 24 + from * length, length, length + from, "of " + from);
        }
        all.checkAround("allgather of " + length);
        mine.check(length + rank(), "what was sent");
      }
    }
  }

  @RankTest
  default void alltoallTransposesBlocks() {
    for (long length : BLOCKS) {
      try (Arena arena = Arena.ofConfined()) {
        Region out = Region.of(arena, 8, length * size());
        Region in = Region.of(arena, 1, length * size());
        for (int to = 0; to < size(); to++) {
          Bytes.fill(out.segment(), 8 + to * length, length, 100 * rank() + to);
        }
        comm().alltoall(out.segment(), 8, in.segment(), 1, length);
        for (int from = 0; from < size(); from++) {
          String what = length + " bytes of rank " + from;
          Bytes.check(in.segment(), 1 + from * length, length, 100 * from + rank(), what);
        }
        in.checkAround("alltoall of " + length);
        out.checkAround("what was sent");
        for (int to = 0; to < size(); to++) {
          Bytes.check(out.segment(), 8 + to * length, length, 100 * rank() + to, "what was sent");
        }
      }
    }
  }

  @RankTest
  default void collectivesOfAllKindsInARow() {
    MemorySegment one = comm().allocate(8);
    MemorySegment all = comm().allocate(8L * size());
    MemorySegment turned = comm().allocate(8L * size());
    for (int i = 0; i < 50; i++) {
      one.set(JAVA_LONG, 0, i + rank());
      comm().allgather(one, 0, all, 0, 8);
      comm().alltoall(all, 0, turned, 0, 8);
      for (int from = 0; from < size(); from++) {
        assertEquals(i + from, all.get(JAVA_LONG, 8L * from), "allgather " + i);
        assertEquals(i + rank(), turned.get(JAVA_LONG, 8L * from), "alltoall " + i);
      }
      comm().allreduce(one, 0, one, 0, 1, ElementType.LONG, ReduceOp.SUM);
      assertEquals(
          (long) size() * i + size() * (size() - 1) / 2, one.get(JAVA_LONG, 0), "allreduce " + i);
      comm().reduce(one, 0, one, 0, 1, ElementType.LONG, ReduceOp.MAX, i % size());
      comm().bcast(one, 0, 8, i % size());
      assertEquals(
          (long) size() * i + size() * (size() - 1) / 2, one.get(JAVA_LONG, 0), "reduce " + i);
    }
  }
}
