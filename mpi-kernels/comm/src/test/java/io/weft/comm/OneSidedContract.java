package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What goes into and comes from other ranks' memory. Windows are not closed where a test fails:
 * that would wait for ranks that never come.
 */
interface OneSidedContract extends CommunicatorCase {
  long[] ONE_SIDED_LENGTHS = {0, 1, 7, 8, 1000, 4096, 65_537, 1 << 20};

  /** No multiple of anything. */
  long PLACE = 13;

  @RankTest
  default void windowsAreZeroedAlignedAndOfAnyLength() {
    Window window = comm().openWindow(1001L * rank());
    MemorySegment memory = window.memory();
    assertEquals(1001L * rank(), memory.byteSize());
    assertEquals(0, memory.address() % 4096);
    assertEquals(-1, memory.mismatch(MemorySegment.ofArray(new byte[1001 * rank()])));
    for (int each = 0; each < size(); each++) {
      assertEquals(1001L * each, window.lengthBytes(each));
    }
    window.close();
    assertFalse(memory.scope().isAlive(), "its memory ends with it");
    assertWorks();
  }

  @RankTest
  default void putBetweenFences() {
    Window window = comm().openWindow(PLACE + (1 << 20) + 64);
    try (Arena arena = Arena.ofConfined()) {
      for (long length : ONE_SIDED_LENGTHS) {
        Region in = Region.within(window.memory(), PLACE, length);
        Region out = Region.of(arena, 16, length);
        out.fill(100 * length + rank());
        window.fence();
        window.put(out.segment(), out.offset(), length, next(), PLACE);
        window.lastFence();
        in.check(100 * length + previous(), "put of " + length + " by rank " + previous());
        out.check(100 * length + rank(), "what was put");
        comm().barrier();
      }
    }
    window.close();
  }

  @RankTest
  default void getBetweenFences() {
    Window window = comm().openWindow(PLACE + (1 << 20) + 64);
    try (Arena arena = Arena.ofConfined()) {
      for (long length : ONE_SIDED_LENGTHS) {
        Region out = Region.within(window.memory(), PLACE, length);
        out.fill(100 * length + rank());
        Region in = Region.of(arena, 8, length);
        window.fence();
        window.get(in.segment(), in.offset(), length, next(), PLACE);
        window.lastFence();
        in.check(100 * length + next(), "get of " + length + " from rank " + next());
        out.check(100 * length + rank(), "what was got");
        comm().barrier();
      }
    }
    window.close();
  }

  @RankTest
  default void putAndGetUnderLocks() {
    Window window = comm().openWindow(PLACE + (1 << 20) + 64);
    try (Arena arena = Arena.ofConfined()) {
      boolean exclusive = false;
      for (long length : ONE_SIDED_LENGTHS) {
        exclusive = !exclusive;
        Region out = Region.of(arena, 16, length);
        out.fill(100 * length + rank());
        window.lock(next(), exclusive);
        window.put(out.segment(), out.offset(), length, next(), PLACE);
        window.unlock(next());
        comm().barrier();
        String what = "put of " + length + " by rank " + previous();
        window.lock(rank(), false);
        Bytes.check(window.memory(), PLACE, length, 100 * length + previous(), what);
        window.unlock(rank());
        Region in = Region.of(arena, 8, length);
        window.lock(previous(), !exclusive);
        window.get(in.segment(), in.offset(), length, previous(), PLACE);
        window.unlock(previous());
        int writer = (rank() + 2 * size() - 2) % size();
        in.check(100 * length + writer, "get of " + length + " from rank " + previous());
        comm().barrier();
      }
    }
    window.close();
  }

  /** Each rank has a slot in every memory; what was flushed is there for a get. */
  @RankTest
  default void flushCompletesUnderLockAll() {
    long slot = 1001;
    Window window = comm().openWindow(slot * size());
    MemorySegment out = comm().allocate(slot * size());
    MemorySegment in = comm().allocate(slot * size());
    window.lockAll();
    for (int target = 0; target < size(); target++) {
      Bytes.fill(out, slot * target, slot, 10 * rank() + target);
      window.put(out, slot * target, slot, target, slot * rank());
      window.flush(target);
      window.get(in, slot * target, slot, target, slot * rank());
    }
    window.flushAll();
    for (int target = 0; target < size(); target++) {
      Bytes.check(in, slot * target, slot, 10 * rank() + target, "own slot at rank " + target);
    }
    comm().barrier();
    // All wrote before the barrier, and each flushed.
    for (int target = 0; target < size(); target++) {
      window.get(in, slot * target, slot, target, slot * next());
    }
    window.unlockAll();
    for (int target = 0; target < size(); target++) {
      Bytes.check(in, slot * target, slot, 10 * next() + target, "next's slot at rank " + target);
    }
    window.close();
  }

  @RankTest
  default void locksOfSeveralRanksAtOnce() {
    Window window = comm().openWindow(8L * size());
    MemorySegment b = comm().allocate(8);
    b.set(JAVA_LONG, 0, 1000 + rank());
    for (int target = 0; target < size(); target++) {
      window.lock(target, false);
    }
    for (int target = 0; target < size(); target++) {
      window.put(b, 0, 8, target, 8L * rank());
    }
    window.flushAll();
    b.set(JAVA_LONG, 0, 2000 + rank());
    window.put(b, 0, 8, next(), 8L * rank());
    for (int target = size() - 1; target >= 0; target--) {
      window.unlock(target);
    }
    comm().barrier();
    window.lock(rank(), false);
    for (int from = 0; from < size(); from++) {
      long expected = (from == previous() ? 2000 : 1000) + from;
      assertEquals(expected, window.memory().getAtIndex(JAVA_LONG, from), "of rank " + from);
    }
    window.unlock(rank());
    window.close();
  }

  @RankTest
  default void ownMemoryIsATargetToo() {
    Window window = comm().openWindow(64);
    MemorySegment b = comm().allocate(64);
    b.set(JAVA_LONG, 0, 7 + rank());
    window.fence();
    window.put(b, 0, 8, rank(), 8);
    window.fence();
    window.accumulate(b, 0, 1, ElementType.LONG, ReduceOp.PROD, rank(), 8);
    window.fence();
    window.get(b, 16, 8, rank(), 8);
    window.lastFence();
    assertEquals((7L + rank()) * (7 + rank()), b.get(JAVA_LONG, 16));
    window.lock(rank(), true);
    window.memory().set(JAVA_LONG, 24, 5);
    window.fetchAndOp(b, 0, b, 32, ElementType.LONG, ReduceOp.SUM, rank(), 24);
    window.flush(rank());
    assertEquals(5, b.get(JAVA_LONG, 32));
    assertEquals(12 + rank(), window.memory().get(JAVA_LONG, 24));
    window.unlock(rank());
    window.close();
  }

  /** The last bytes of memories of unequal length, and nothing into those of none. */
  @RankTest
  default void lengthsMayDifferAndBeNone() {
    Window window = comm().openWindow(100L * rank());
    MemorySegment b = comm().allocate(64);
    Bytes.fill(b, 0, 10, rank());
    long there = 100L * next();
    window.fence();
    window.put(b, 0, Math.min(there, 10), next(), Math.max(0, there - 10));
    window.lastFence();
    if (rank() > 0) {
      Bytes.check(window.memory(), 100L * rank() - 10, 10, previous(), "end of memory");
    }
    window.close();
    Window empty = comm().openWindow(0);
    assertEquals(0, empty.memory().byteSize());
    empty.fence();
    empty.put(b, 0, 0, next(), 0);
    empty.lastFence();
    empty.lock(next(), true);
    empty.get(b, 0, 0, next(), 0);
    empty.unlock(next());
    empty.close();
    assertWorks();
  }

  /** Even and odd ranks, each in falling order. */
  @RankTest
  default void windowsOfPartsKnowTheirRanks() {
    int color = rank() % 2;
    Communicator part = comm().split(color, -rank());
    int last = part.size() - 1;
    Window window = part.openWindow(8L * part.size());
    MemorySegment b = comm().allocate(16);
    b.set(JAVA_LONG, 0, rank());
    window.fence();
    for (int target = 0; target <= last; target++) {
      window.put(b, 0, 8, target, 8L * part.rank());
    }
    window.lastFence();
    for (int from = 0; from <= last; from++) {
      long expected = 2L * (last - from) + color;
      assertEquals(expected, window.memory().getAtIndex(JAVA_LONG, from), "of rank " + from);
    }
    window.lock(0, true);
    window.get(b, 8, 8, 0, 8L * last);
    window.unlock(0);
    assertEquals(color, b.get(JAVA_LONG, 8));
    window.close();
    part.close();
    assertWorks();
  }

  @RankTest
  default void twoWindowsAtOnce() {
    Window fenced = comm().openWindow(64);
    Window locked = comm().openWindow(64);
    MemorySegment b = comm().allocate(64);
    b.set(JAVA_LONG, 0, 100 + rank());
    b.set(JAVA_LONG, 8, 200 + rank());
    fenced.fence();
    locked.lock(next(), false);
    locked.put(b, 8, 8, next(), 16);
    fenced.put(b, 0, 8, next(), 16);
    locked.unlock(next());
    // Messages go their own way meanwhile.
    b.set(JAVA_LONG, 24, 300 + rank());
    comm().sendrecv(b, 24, 8, next(), b, 32, 8, previous(), 5);
    assertEquals(300 + previous(), b.get(JAVA_LONG, 32));
    fenced.lastFence();
    assertEquals(100 + previous(), fenced.memory().get(JAVA_LONG, 16));
    locked.lock(rank(), false);
    assertEquals(200 + previous(), locked.memory().get(JAVA_LONG, 16));
    locked.unlock(rank());
    fenced.close();
    locked.lockAll();
    locked.unlockAll();
    locked.close();
  }

  @RankTest
  default void manyOperationsOfOneEpoch() {
    int each = 300;
    Window window = comm().openWindow(8L * each * size());
    MemorySegment b = comm().allocate(8L * each);
    for (int i = 0; i < each; i++) {
      b.setAtIndex(JAVA_LONG, i, 1_000L * rank() + i);
    }
    window.fence();
    for (int i = 0; i < each; i++) {
      for (int target = 0; target < size(); target++) {
        window.put(b, 8L * i, 8, target, 8L * (each * rank() + i));
      }
    }
    window.lastFence();
    for (int from = 0; from < size(); from++) {
      for (int i = 0; i < each; i++) {
        long found = window.memory().getAtIndex(JAVA_LONG, (long) each * from + i);
        assertEquals(1_000L * from + i, found, "put " + i + " of rank " + from);
      }
    }
    window.close();
  }

  @RankTest
  default void manyWindowsOneAfterTheOther() {
    MemorySegment b = comm().allocate(16);
    for (int i = 0; i < 12; i++) {
      Window window = comm().openWindow(8);
      b.set(JAVA_LONG, 0, 100L * i + rank());
      window.fence();
      window.put(b, 0, 8, next(), 0);
      window.lastFence();
      assertEquals(100L * i + previous(), window.memory().get(JAVA_LONG, 0));
      window.close();
    }
    assertWorks();
  }
}
