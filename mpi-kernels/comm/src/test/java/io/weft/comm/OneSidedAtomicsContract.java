package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What ranks do to the same memory at once. */
interface OneSidedAtomicsContract extends CommunicatorCase {
  /** Turns of each rank at what others want as well. */
  int TURNS = 20;

  /** How ranks may reach all memories. */
  enum Epoch {
    FENCE,
    LOCK,
    LOCK_ALL
  }

  @RankTest
  default void accumulateOfEveryTypeAndOp() {
    Window window = comm().openWindow(1 << 20);
    for (ReductionValues values : ReductionValues.all()) {
      accumulate(window, values, 1, Epoch.FENCE);
      accumulate(window, values, 1000, Epoch.FENCE);
      accumulate(window, values, 7, Epoch.LOCK_ALL);
      if (values.type().ordinal() == values.op().ordinal()) {
        accumulate(window, values, 0, Epoch.FENCE);
        accumulate(window, values, 100_003, Epoch.FENCE);
        accumulate(window, values, 1000, Epoch.LOCK);
      }
    }
    window.close();
  }

  /** All ranks on all memories, in which another one's elements, by formula, lie before. */
  private void accumulate(Window window, ReductionValues values, long count, Epoch epoch) {
    try (Arena arena = Arena.ofConfined()) {
      long bytes = count * values.type().sizeBytes();
      Region there = Region.within(window.memory(), 24, bytes);
      Region mine = Region.of(arena, 16, bytes);
      values.fill(there, 0);
      values.fill(mine, rank() + 1);
      comm().barrier();
      begin(window, epoch);
      for (int i = 0; i < size(); i++) {
        int target = (rank() + i) % size();
        if (epoch == Epoch.LOCK) {
          window.lock(target, i % 2 == 0);
        }
        window.accumulate(
            mine.segment(), mine.offset(), count, values.type(), values.op(), target, 24);
        if (epoch == Epoch.LOCK) {
          window.unlock(target);
        }
      }
      end(window, epoch);
      String what = values + ", " + count + " elements, " + epoch;
      window.lock(rank(), false);
      values.checkReduced(there, size() + 1, what);
      window.unlock(rank());
      values.check(mine, rank() + 1, what + ", what was accumulated");
      comm().barrier();
    }
  }

  private void begin(Window window, Epoch epoch) {
    switch (epoch) {
      case FENCE -> window.fence();
      case LOCK_ALL -> window.lockAll();
      case LOCK -> {
        // Each target has its own.
      }
    }
  }

  private void end(Window window, Epoch epoch) {
    switch (epoch) {
      case FENCE -> window.lastFence();
      case LOCK_ALL -> {
        window.unlockAll();
        comm().barrier();
      }
      case LOCK -> comm().barrier();
    }
  }

  /** What it fetches is what a get found before; what it leaves is the reduction. */
  @RankTest
  default void fetchAndOpOfEveryTypeAndOp() {
    Window window = comm().openWindow(64);
    try (Arena arena = Arena.ofConfined()) {
      for (ReductionValues values : ReductionValues.all()) {
        int each = values.type().sizeBytes();
        Region there = Region.within(window.memory(), 16, each);
        Region mine = Region.of(arena, 8, each);
        Region former = Region.of(arena, 24, each);
        MemorySegment found = arena.allocate(8);
        values.fill(there, 0);
        values.fill(mine, rank() + 1);
        comm().barrier();
        for (int target = 0; target < size(); target++) {
          window.lock(target, true);
          window.get(found, 0, each, target, 16);
          window.flush(target);
          window.fetchAndOp(
              mine.segment(), 8, former.segment(), 24, values.type(), values.op(), target, 16);
          window.unlock(target);
          for (int i = 0; i < each; i++) {
            assertEquals(found.get(JAVA_BYTE, i), former.segment().get(JAVA_BYTE, 24 + i));
          }
          former.checkAround(values + ", fetched");
        }
        comm().barrier();
        window.lock(rank(), false);
        values.checkReduced(there, size() + 1, values + ", fetch and op");
        window.unlock(rank());
        comm().barrier();
      }
    }
    window.close();
  }

  @RankTest
  default void fetchAndOpBetweenFences() {
    Window window = comm().openWindow(16);
    MemorySegment b = comm().allocate(64);
    b.set(JAVA_LONG, 0, 1L << rank());
    window.memory().set(JAVA_LONG, 8, 1L << 40);
    window.fence();
    window.fetchAndOp(b, 0, b, 8, ElementType.LONG, ReduceOp.SUM, next(), 8);
    window.lastFence();
    assertEquals(1L << 40, b.get(JAVA_LONG, 8));
    assertEquals((1L << 40) + (1L << previous()), window.memory().get(JAVA_LONG, 8));
    window.close();
  }

  /** The values handed out are exactly 0 .. n - 1. */
  @RankTest
  default void counterGivesEachValueOnce() {
    int values = 3 * TURNS * size();
    Window window = comm().openWindow(rank() == size() - 1 ? 8 : 0);
    MemorySegment b = comm().allocate(16);
    MemorySegment taken = comm().allocate(8L * values);
    b.set(JAVA_LONG, 0, 1);
    window.lockAll();
    for (int i = 0; i < 3 * TURNS; i++) {
      window.fetchAndOp(b, 0, b, 8, ElementType.LONG, ReduceOp.SUM, size() - 1, 0);
      window.flush(size() - 1);
      long value = b.get(JAVA_LONG, 8);
      taken.setAtIndex(JAVA_LONG, value, taken.getAtIndex(JAVA_LONG, value) + 1);
    }
    window.unlockAll();
    comm().allreduce(taken, 0, taken, 0, values, ElementType.LONG, ReduceOp.SUM);
    for (int i = 0; i < values; i++) {
      assertEquals(1, taken.getAtIndex(JAVA_LONG, i), "times that " + i + " was given");
    }
    window.close();
  }

  /** Gets, adds, puts: lost updates where two are inside at once. */
  @RankTest
  default void exclusiveLockKeepsOthersOut() {
    int target = size() - 1;
    Window window = comm().openWindow(8);
    MemorySegment b = comm().allocate(8);
    for (int i = 0; i < TURNS; i++) {
      window.lock(target, true);
      window.get(b, 0, 8, target, 0);
      window.flush(target);
      b.set(JAVA_LONG, 0, b.get(JAVA_LONG, 0) + 1);
      window.put(b, 0, 8, target, 0);
      window.unlock(target);
    }
    comm().barrier();
    window.lock(target, false);
    window.get(b, 0, 8, target, 0);
    window.unlock(target);
    assertEquals((long) TURNS * size(), b.get(JAVA_LONG, 0));
    window.close();
  }

  /** All want rank 0's memory at once; each leaves its number in the next free place. */
  @RankTest
  default void allComeToTheirTurnInAQueue() {
    int turns = TURNS / 2;
    Window window = comm().openWindow(8L * (1 + turns * size()));
    MemorySegment memory = window.memory();
    MemorySegment b = comm().allocate(16);
    comm().barrier();
    for (int i = 0; i < turns; i++) {
      window.lock(0, true);
      if (rank() == 0) {
        long free = memory.get(JAVA_LONG, 0) + 1;
        memory.set(JAVA_LONG, 0, free);
        memory.setAtIndex(JAVA_LONG, free, 1);
      } else {
        window.get(b, 0, 8, 0, 0);
        window.flush(0);
        long free = b.get(JAVA_LONG, 0) + 1;
        b.set(JAVA_LONG, 0, free);
        b.set(JAVA_LONG, 8, rank() + 1);
        window.put(b, 0, 8, 0, 0);
        window.put(b, 8, 8, 0, 8 * free);
      }
      window.unlock(0);
    }
    comm().barrier();
    if (rank() == 0) {
      window.lock(0, false);
      assertEquals((long) turns * size(), memory.get(JAVA_LONG, 0));
      int[] times = new int[size()];
      for (int i = 1; i <= turns * size(); i++) {
        times[(int) memory.getAtIndex(JAVA_LONG, i) - 1]++;
      }
      for (int rank = 0; rank < size(); rank++) {
        assertEquals(turns, times[rank], "turns of rank " + rank);
      }
      window.unlock(0);
    }
    window.close();
  }

  /** The barrier ends only where all hold the lock. */
  @RankTest
  default void sharedLocksAreHeldAtOnce() {
    Window window = comm().openWindow(8);
    MemorySegment b = comm().allocate(8);
    window.lock(0, false);
    window.get(b, 0, 8, 0, 0);
    window.flush(0);
    comm().barrier();
    window.unlock(0);
    window.lockAll();
    window.get(b, 0, 8, 0, 0);
    window.flush(0);
    comm().barrier();
    window.unlockAll();
    assertEquals(0, b.get(JAVA_LONG, 0));
    window.close();
  }

  /** Accumulates of one rank on one element keep their order: ((x + 1) * 3 + 1) * 3 and so on. */
  @RankTest
  default void accumulatesOfARankKeepTheirOrder() {
    Window window = comm().openWindow(8L * size());
    MemorySegment b = comm().allocate(16);
    b.set(JAVA_LONG, 0, 1);
    b.set(JAVA_LONG, 8, 3);
    window.fence();
    for (int i = 0; i < 30; i++) {
      window.accumulate(b, 0, 1, ElementType.LONG, ReduceOp.SUM, next(), 8L * rank());
      window.accumulate(b, 8, 1, ElementType.LONG, ReduceOp.PROD, next(), 8L * rank());
    }
    window.lastFence();
    // The geometric series 3 + 9 + ... + 3^30.
    long power = 1;
    for (int i = 0; i < 31; i++) {
      power *= 3;
    }
    assertEquals((power - 3) / 2, window.memory().getAtIndex(JAVA_LONG, previous()));
    window.close();
  }
}
