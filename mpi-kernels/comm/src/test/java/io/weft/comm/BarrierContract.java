package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.weft.launch.MpiVendor;
import io.weft.launch.Via;
import io.weft.testing.RankTest;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/** Nobody leaves a barrier before all have come. */
interface BarrierContract extends CommunicatorCase {
  /** The ranks of one host share the clock behind {@link System#nanoTime}. */
  @RankTest
  default void nobodyLeavesBeforeTheLastHasCome() {
    int rounds = 2 * size();
    MemorySegment mine = comm().allocate(16L * rounds);
    MemorySegment all = comm().allocate(16L * rounds * size());
    for (int round = 0; round < rounds; round++) {
      if (round % size() == rank()) {
        LockSupport.parkNanos(5_000_000);
      }
      mine.set(JAVA_LONG, 16L * round, System.nanoTime());
      comm().barrier();
      mine.set(JAVA_LONG, 16L * round + 8, System.nanoTime());
    }
    comm().allgather(mine, 0, all, 0, 16L * rounds);
    for (int round = 0; round < rounds; round++) {
      for (int early = 0; early < size(); early++) {
        long left = all.get(JAVA_LONG, 16L * (early * rounds + round) + 8);
        for (int late = 0; late < size(); late++) {
          long came = all.get(JAVA_LONG, 16L * (late * rounds + round));
          assertTrue(
              left - came >= 0,
              "round "
                  + round
                  + ": rank "
                  + early
                  + " left "
                  + (came - left)
                  + " ns before rank "
                  + late
                  + " came");
        }
      }
    }
  }

  @RankTest
  default void collectivesDoNotMeetPostedReceives() {
    assumeFalse(
        size() == 1 && way().via() == Via.MPI && context().mpi() == MpiVendor.MPICH,
        "MPI_Alltoall of a single rank hangs in MPICH 4.0 while a receive of any source is posted");
    MemorySegment buffer = comm().allocate(4096L * (size() + 1) * 2);
    MemorySegment message = comm().allocate(64);
    Request receive = comm().newRequest();
    comm().irecv(message, 0, 8, Communicator.ANY_SOURCE, Communicator.ANY_TAG, receive);
    for (long length : new long[] {8, 4096}) {
      long half = 4096L * (size() + 1);
      comm().barrier();
      comm().bcast(buffer, 0, length, 0);
      comm().reduce(buffer, 0, buffer, half, length / 8, ElementType.LONG, ReduceOp.SUM, 0);
      comm().allreduce(buffer, 0, buffer, half, length / 8, ElementType.LONG, ReduceOp.MAX);
      comm().allgather(buffer, 0, buffer, half, length);
      comm().alltoall(buffer, 0, buffer, half, length);
      assertFalse(receive.test(), "a collective's message met a receive of the caller");
    }
    message.set(JAVA_LONG, 8, 66);
    comm().barrier();
    comm().send(message, 8, 8, next(), 3);
    receive.await();
    assertEquals(66, message.get(JAVA_LONG, 0));
    comm().barrier();
  }
}
