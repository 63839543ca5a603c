package io.weft.cli;

import io.weft.comm.Communicator;
import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import io.weft.comm.Traffic;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What all ranks together have sent.
 *
 * @param messages point-to-point messages
 * @param messageBytes their payload
 * @param collectives collective operations, counted at every rank
 * @param collectiveBytes the least that they had to move
 * @param oneSided operations on other ranks' memory
 * @param oneSidedBytes what they moved
 */
record TrafficTotals(
    long messages,
    long messageBytes,
    long collectives,
    long collectiveBytes,
    long oneSided,
    long oneSidedBytes) {
  private static final int FIELDS = 6;

  /** Sums over ranks; collective, and not counted itself. */
  static TrafficTotals of(Communicator communicator) {
    Traffic mine = communicator.traffic();
    MemorySegment sums = communicator.allocate(FIELDS * Long.BYTES);
    sums.setAtIndex(ValueLayout.JAVA_LONG, 0, mine.messages());
    sums.setAtIndex(ValueLayout.JAVA_LONG, 1, mine.messageBytes());
    sums.setAtIndex(ValueLayout.JAVA_LONG, 2, mine.collectives());
    sums.setAtIndex(ValueLayout.JAVA_LONG, 3, mine.collectiveBytes());
    sums.setAtIndex(ValueLayout.JAVA_LONG, 4, mine.oneSided());
    sums.setAtIndex(ValueLayout.JAVA_LONG, 5, mine.oneSidedBytes());
    communicator.allreduce(sums, 0, sums, 0, FIELDS, ElementType.LONG, ReduceOp.SUM);
    return new TrafficTotals(
        sums.getAtIndex(ValueLayout.JAVA_LONG, 0),
        sums.getAtIndex(ValueLayout.JAVA_LONG, 1),
        sums.getAtIndex(ValueLayout.JAVA_LONG, 2),
        sums.getAtIndex(ValueLayout.JAVA_LONG, 3),
        sums.getAtIndex(ValueLayout.JAVA_LONG, 4),
        sums.getAtIndex(ValueLayout.JAVA_LONG, 5));
  }
}
