package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** When a window may be used, and what it refuses; nothing is sent by what is refused. */
interface OneSidedEpochContract extends CommunicatorCase {
  @RankTest
  default void operationsNeedAnEpoch() {
    Window window = comm().openWindow(64);
    MemorySegment b = comm().allocate(64);
    refusesState(Operations.onWindow(window, b, next(), 0));
    window.fence();
    window.put(b, 0, 8, next(), 0);
    window.lastFence();
    refusesState(Operations.onWindow(window, b, next(), 0));
    window.lock(next(), false);
    window.put(b, 0, 8, next(), 0);
    if (size() > 1) {
      // The lock of one rank's memory is not that of another's.
      refusesState(Operations.onWindow(window, b, rank(), 0));
    }
    window.unlock(next());
    refusesState(Operations.onWindow(window, b, next(), 0));
    window.lockAll();
    window.put(b, 0, 8, next(), 0);
    window.unlockAll();
    refusesState(Operations.onWindow(window, b, next(), 0));
    stillWorks(window);
    window.close();
  }

  @RankTest
  default void locksAreGivenBackOnce() {
    Window window = comm().openWindow(64);
    refusesState("unlock", () -> window.unlock(next()));
    refusesState("unlockAll", window::unlockAll);
    refusesState("flush", () -> window.flush(next()));
    refusesState("flushAll", window::flushAll);
    window.lock(next(), false);
    refusesState("lock, held", () -> window.lock(next(), false));
    refusesState("lock exclusively, held", () -> window.lock(next(), true));
    refusesState("lockAll, one held", window::lockAll);
    refusesState("unlockAll, one held", window::unlockAll);
    if (size() > 1) {
      refusesState("flush of another", () -> window.flush(rank()));
      refusesState("unlock of another", () -> window.unlock(rank()));
    }
    window.flush(next());
    window.flushAll();
    window.unlock(next());
    refusesState("unlock, given back", () -> window.unlock(next()));
    window.lockAll();
    refusesState("lockAll, held", window::lockAll);
    refusesState("lock, all held", () -> window.lock(next(), false));
    refusesState("unlock, all held", () -> window.unlock(next()));
    window.flush(rank());
    window.flushAll();
    window.unlockAll();
    refusesState("unlockAll, given back", window::unlockAll);
    stillWorks(window);
    window.close();
  }

  @RankTest
  default void fencesAndLocksAreNotMixed() {
    Window window = comm().openWindow(64);
    window.fence();
    refusesState("lock", () -> window.lock(next(), true));
    refusesState("lockAll", window::lockAll);
    refusesState("flush", () -> window.flush(next()));
    refusesState("flushAll", window::flushAll);
    refusesState("unlock", () -> window.unlock(next()));
    window.fence();
    window.lastFence();
    window.lock(next(), true);
    refusesState("fence", window::fence);
    refusesState("lastFence", window::lastFence);
    window.unlock(next());
    window.lockAll();
    refusesState("fence", window::fence);
    refusesState("lastFence", window::lastFence);
    window.unlockAll();
    // It begins no epoch, and needs none.
    window.lastFence();
    stillWorks(window);
    window.close();
  }

  /** A fence waits for all ranks, so it must hold nothing that one of them still asks for. */
  @RankTest
  default void aRankMayLockWhileTheOthersAreInAFence() {
    Window window = comm().openWindow(8);
    MemorySegment b = comm().allocate(8);
    b.set(JAVA_LONG, 0, 7);
    for (boolean last : new boolean[] {true, false}) {
      if (rank() == size() - 1) {
        // Time enough for the others to be inside; if they are not, the test only shows less.
        LockSupport.parkNanos(100_000_000);
        for (int target = 0; target < size(); target++) {
          window.lock(target, true);
          window.put(b, 0, 8, target, 0);
          window.unlock(target);
        }
      }
      if (last) {
        window.lastFence();
      } else {
        window.fence();
      }
      assertEquals(7, window.memory().get(JAVA_LONG, 0));
    }
    window.lastFence();
    window.close();
  }

  /** A rank may hear of a lock that is given back after it has left the barrier of closing. */
  @RankTest
  default void windowsCloseRightAfterALock() {
    MemorySegment b = comm().allocate(8);
    for (int i = 0; i < (context().longRun() ? 60 : 10); i++) {
      Window window = comm().openWindow(8);
      b.set(JAVA_LONG, 0, 100L * i + rank());
      window.lockAll();
      window.put(b, 0, 8, next(), 0);
      window.unlockAll();
      window.close();
    }
    assertWorks();
  }

  @RankTest
  default void closeRefusesWhatIsUnderWay() {
    Window window = comm().openWindow(64);
    MemorySegment b = comm().allocate(64);
    window.lock(next(), false);
    refusesState("close with a lock", window::close);
    window.unlock(next());
    window.lockAll();
    refusesState("close with all locks", window::close);
    window.unlockAll();
    window.fence();
    window.put(b, 0, 8, next(), 0);
    refusesState("close with operations under way", window::close);
    window.lastFence();
    stillWorks(window);
    window.close();
    window.close();
    Operations.everything(window, b)
        .each((name, operation) -> assertThrows(IllegalStateException.class, operation::run, name));
    assertWorks();
  }

  @RankTest
  default void closeEndsAnEpochWithoutOperations() {
    Window window = comm().openWindow(64);
    MemorySegment b = comm().allocate(64);
    window.fence();
    window.put(b, 0, 8, next(), 0);
    window.fence();
    window.close();
    assertWorks();
  }

  @RankTest
  default void openWindowsAreClosedWithTheirCommunicator() {
    Communicator whole = comm().dup();
    Communicator part = whole.split(rank() % 2, 0);
    Window outer = whole.openWindow(64);
    Window inner = part.openWindow(64);
    whole.openWindow(0).close();
    MemorySegment memory = inner.memory();
    whole.close();
    assertThrows(IllegalStateException.class, outer::fence);
    assertThrows(IllegalStateException.class, inner::fence);
    assertThrows(IllegalStateException.class, () -> memory.get(JAVA_LONG, 0));
    outer.close();
    inner.close();
    assertWorks();
  }

  @RankTest
  default void whatIsNotThereIsRefused() {
    Window window = comm().openWindow(64 + 8L * rank());
    MemorySegment b = comm().allocate(64);
    window.fence();
    for (int wrong : new int[] {-1, size(), Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      refuses(IllegalArgumentException.class, Operations.onWindow(window, b, wrong, 0));
      assertThrows(IllegalArgumentException.class, () -> window.lock(wrong, true));
      assertThrows(IllegalArgumentException.class, () -> window.unlock(wrong));
      assertThrows(IllegalArgumentException.class, () -> window.flush(wrong));
      assertThrows(IllegalArgumentException.class, () -> window.lengthBytes(wrong));
    }
    long end = 64 + 8L * next();
    for (long wrong : new long[] {-8, end + 8, Long.MIN_VALUE, Long.MAX_VALUE - 7}) {
      refuses(IndexOutOfBoundsException.class, Operations.onWindow(window, b, next(), wrong));
    }
    ElementType type = ElementType.LONG;
    ReduceOp op = ReduceOp.SUM;
    Class<IndexOutOfBoundsException> bounds = IndexOutOfBoundsException.class;
    assertThrows(bounds, () -> window.put(b, 0, 16, next(), end - 15));
    assertThrows(bounds, () -> window.get(b, 0, 1, next(), end));
    assertThrows(bounds, () -> window.accumulate(b, 0, 2, type, op, next(), end - 8));
    assertThrows(bounds, () -> window.fetchAndOp(b, 0, b, 8, type, op, next(), end));
    // The near side.
    assertThrows(bounds, () -> window.put(b, 57, 8, next(), 0));
    assertThrows(bounds, () -> window.get(b, -1, 8, next(), 0));
    assertThrows(bounds, () -> window.accumulate(b, 8, 8, type, op, next(), 0));
    assertThrows(bounds, () -> window.fetchAndOp(b, 64, b, 0, type, op, next(), 0));
    assertThrows(bounds, () -> window.fetchAndOp(b, 0, b, 64, type, op, next(), 0));
    window.lastFence();
    stillWorks(window);
    window.close();
  }

  @RankTest
  default void whatMakesNoSenseIsRefused() {
    Window window = comm().openWindow(64);
    MemorySegment b = comm().allocate(64);
    ElementType type = ElementType.LONG;
    ReduceOp op = ReduceOp.SUM;
    Class<IllegalArgumentException> argument = IllegalArgumentException.class;
    window.fence();
    for (int misaligned : new int[] {1, 4, 7}) {
      assertThrows(argument, () -> window.accumulate(b, 0, 1, type, op, next(), misaligned));
      assertThrows(argument, () -> window.fetchAndOp(b, 0, b, 8, type, op, next(), misaligned));
    }
    assertThrows(argument, () -> window.accumulate(b, 0, 1, ElementType.INT, op, next(), 6));
    MemorySegment heap = MemorySegment.ofArray(new long[8]);
    refuses(argument, Operations.onWindow(window, heap, next(), 0));
    assertThrows(argument, () -> window.fetchAndOp(b, 0, heap, 0, type, op, next(), 0));
    MemorySegment readOnly = b.asReadOnly();
    assertThrows(argument, () -> window.get(readOnly, 0, 8, next(), 0));
    assertThrows(argument, () -> window.fetchAndOp(b, 0, readOnly, 8, type, op, next(), 0));
    for (int overlap : new int[] {0, 4, 7}) {
      assertThrows(argument, () -> window.fetchAndOp(b, 0, b, overlap, type, op, next(), 0));
    }
    for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 61}) {
      refusesLength(() -> window.put(b, 0, length, next(), 0));
      refusesLength(() -> window.get(b, 0, length, next(), 0));
      refusesLength(() -> window.accumulate(b, 0, length, type, op, next(), 0));
    }
    MemorySegment gone;
    try (Arena arena = Arena.ofConfined()) {
      gone = arena.allocate(64);
    }
    refuses(IllegalStateException.class, Operations.onWindow(window, gone, next(), 0));
    assertThrows(NullPointerException.class, () -> window.put(null, 0, 8, next(), 0));
    assertThrows(argument, () -> comm().openWindow(-1));
    window.lastFence();
    // What is only read may be read-only.
    b.set(JAVA_LONG, 0, 50 + rank());
    window.fence();
    window.put(readOnly, 0, 8, next(), 8);
    window.lastFence();
    assertEquals(50 + previous(), window.memory().get(JAVA_LONG, 8));
    stillWorks(window);
    window.close();
  }

  @RankTest
  default void windowsAreTheirThreads() throws InterruptedException {
    Window window = comm().openWindow(64);
    MemorySegment b = comm().allocate(64);
    window.fence();
    Map<String, Throwable> thrown = new TreeMap<>();
    Thread other =
        new Thread(
            () -> {
              try (Arena arena = Arena.ofConfined()) {
                Operations all = Operations.everything(window, arena.allocate(64, 8));
                all.each((name, operation) -> thrown.put(name, outcome(operation)));
                thrown.put("close", outcome(window::close));
              }
            },
            "intruder");
    other.start();
    other.join();
    assertEquals(16, thrown.size(), thrown.toString());
    thrown.forEach(
        (name, outcome) -> assertEquals(WrongThreadException.class, outcome.getClass(), name));
    window.put(b, 0, 8, next(), 0);
    window.lastFence();
    stillWorks(window);
    window.close();
  }

  private static Throwable outcome(Runnable operation) {
    try {
      operation.run();
      return new AssertionError("nothing was thrown");
    } catch (Throwable thrown) {
      return thrown;
    }
  }

  private static void refusesState(String name, Runnable operation) {
    assertThrows(IllegalStateException.class, operation::run, name);
  }

  private void refusesState(Operations operations) {
    refuses(IllegalStateException.class, operations);
  }

  private static void refusesLength(Runnable operation) {
    RuntimeException refusal = assertThrows(RuntimeException.class, operation::run);
    if (!(refusal instanceof IllegalArgumentException)) {
      assertEquals(IndexOutOfBoundsException.class, refusal.getClass());
    }
  }

  private void refuses(Class<? extends RuntimeException> type, Operations operations) {
    long sent = comm().traffic().oneSided();
    operations.each((name, operation) -> assertThrows(type, operation::run, name));
    assertEquals(sent, comm().traffic().oneSided(), "operations started");
  }

  /** Proves that both kinds of epoch go on. */
  private void stillWorks(Window window) {
    MemorySegment b = comm().allocate(64);
    b.set(JAVA_LONG, 0, 900 + rank());
    window.fence();
    window.put(b, 0, 8, next(), 0);
    window.lastFence();
    assertEquals(900 + previous(), window.memory().get(JAVA_LONG, 0));
    window.lock(next(), true);
    window.get(b, 8, 8, next(), 0);
    window.unlock(next());
    assertEquals(900 + rank(), b.get(JAVA_LONG, 8));
    comm().barrier();
  }
}
