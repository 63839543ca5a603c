package io.weft.comm;

import io.weft.testing.RankTest;
import java.lang.foreign.Arena;

/** Reduce-scatter and scan against closed formulas. */
interface PartialReductionContract extends CommunicatorCase {
  int[] BLOCK_COUNTS = {0, 1, 7, 1000, 5003};

  @RankTest
  default void reduceScatterGivesEachRankItsBlock() {
    for (ReductionValues values : ReductionValues.all()) {
      for (int count : BLOCK_COUNTS) {
        if (count < 5000 || values.op() == ReduceOp.SUM) {
          reduceScatter(values, count);
        }
      }
    }
  }

  private void reduceScatter(ReductionValues values, int count) {
    try (Arena arena = Arena.ofConfined()) {
      long bytes = (long) count * values.type().sizeBytes();
      Region send = Region.of(arena, 8, bytes * size());
      Region recv = Region.of(arena, 40, bytes);
      values.fill(send, rank());
      comm()
          .reduceScatter(send.segment(), 8, recv.segment(), 40, count, values.type(), values.op());
      String what = "reduceScatter, " + values + ", blocks of " + count;
      values.checkReduced(recv, size(), (long) rank() * count, what);
      values.check(send, rank(), what + ", what was sent");
    }
  }

  @RankTest
  default void scanCombinesAllUpToThisRank() {
    for (ReductionValues values : ReductionValues.all()) {
      for (int count : BLOCK_COUNTS) {
        scan(values, count, false);
        if (values.op() == ReduceOp.SUM) {
          scan(values, count, true);
        }
      }
    }
  }

  private void scan(ReductionValues values, int count, boolean inPlace) {
    try (Arena arena = Arena.ofConfined()) {
      long bytes = (long) count * values.type().sizeBytes();
      Region send = Region.of(arena, 16, bytes);
      Region recv = inPlace ? send : Region.of(arena, 8, bytes);
      values.fill(send, rank());
      comm()
          .scan(
              send.segment(), 16, recv.segment(), recv.offset(), count, values.type(), values.op());
      String what = "scan, " + values + ", " + count + (inPlace ? " in place" : " elements");
      values.checkReduced(recv, rank() + 1, what);
      if (!inPlace) {
        values.check(send, rank(), what + ", what was sent");
      }
    }
  }
}
