package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import io.weft.testing.MpiBuild;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import io.weft.testing.Variant;
import io.weft.testing.VariantProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What libmpi does through {@link Win}; expected values by formula, on both MPIs. */
@MultiRank(
    variantProvider = WinTest.Ways.class,
    sampled = {"auto", "build"},
    deadlineSeconds = 120)
class WinTest implements RankFixture {
  /** Networks over the distribution's MPI, and the newer builds. */
  static final class Ways implements VariantProvider {
    @Override
    public List<Variant> variants(MpiVendor mpi) {
      return Stream.concat(
              Stream.of("mpi/auto", "mpi/shm", "mpi/ena/same").map(Variant::of),
              new MpiBuild.All()
                  .variants(mpi).stream().filter(variant -> !variant.name().isEmpty()))
          .toList();
    }
  }

  private Mpi mpi;
  private Comm comm;
  private int rank;
  private int size;
  private int next;
  private int previous;
  private MemorySegment b;

  @Override
  public void open(RankContext context) {
    mpi = Mpi.initialize(ThreadLevel.FUNNELED);
    comm = mpi.world().dup();
    rank = comm.rank();
    size = comm.size();
    next = (rank + 1) % size;
    previous = (rank + size - 1) % size;
    b = mpi.allocate(1 << 16);
  }

  @Override
  public void close() {
    comm.close();
    mpi.close();
  }

  @RankTest
  void memoryIsZeroedAlignedAndAsLongAsAskedFor() {
    try (Win win = comm.allocateWin(1000L * rank)) {
      assertEquals(1000L * rank, win.memory().byteSize());
      assertEquals(0, win.memory().address() % 4096);
      assertEquals(-1, win.memory().mismatch(MemorySegment.ofArray(new byte[1000 * rank])));
      for (int each = 0; each < size; each++) {
        assertEquals(1000L * each, win.lengthBytes(each));
      }
    }
  }

  @RankTest
  void putAndGetBetweenFences() {
    try (Win win = comm.allocateWin(100 + rank)) {
      b.set(JAVA_LONG, 0, 1000 + rank);
      win.fence(win.noPrecede());
      win.put(b, 0, 1, Datatype.LONG, next, 8);
      // The last bytes of memories of unequal length.
      win.put(b, 0, 1, Datatype.BYTE, next, 99 + next);
      win.fence(0);
      assertEquals(1000 + previous, win.memory().get(JAVA_LONG, 8));
      assertEquals((byte) (1000 + previous), win.memory().get(JAVA_BYTE, 99 + rank));
      win.get(b, 64, 1, Datatype.LONG, next, 8);
      win.fence(win.noStore() | win.noPut() | win.noSucceed());
      assertEquals(1000 + rank, b.get(JAVA_LONG, 64));
    }
  }

  @RankTest
  void operationsUnderLocks() {
    try (Win win = comm.allocateWin(4096)) {
      // Place 0 sums over all ranks, place 8 + 8 * rank is each rank's own.
      b.set(JAVA_LONG, 0, rank + 1);
      for (int target = 0; target < size; target++) {
        win.lock(target, false, 0);
        win.accumulate(b, 0, 1, Datatype.LONG, Op.SUM, target, 0);
        win.accumulate(b, 0, 1, Datatype.LONG, Op.REPLACE, target, 8 + 8L * rank);
        win.flushLocal(target);
        win.flush(target);
        win.getAccumulate(b, 0, b, 64, 1, Datatype.LONG, Op.PROD, target, 8 + 8L * rank);
        win.unlock(target);
        assertEquals(rank + 1, b.get(JAVA_LONG, 64));
      }
      comm.barrier();
      win.lockAll(win.noCheck());
      win.sync();
      assertEquals(size * (size + 1L) / 2, win.memory().get(JAVA_LONG, 0));
      for (int each = 0; each < size; each++) {
        assertEquals((each + 1L) * (each + 1), win.memory().get(JAVA_LONG, 8 + 8L * each));
      }
      win.fetchAndOp(b, 0, b, 128, Datatype.LONG, Op.NO_OP, next, 0);
      win.flushLocalAll();
      win.flushAll();
      assertEquals(size * (size + 1L) / 2, b.get(JAVA_LONG, 128));
      win.unlockAll();
    }
  }

  @RankTest
  void fetchAndOpGivesEachValueOnce() {
    int each = 20;
    try (Win win = comm.allocateWin(rank == 0 ? 4 : 0)) {
      boolean[] taken = new boolean[each * size];
      b.set(JAVA_INT, 0, 1);
      b.asSlice(64, 4L * taken.length).fill((byte) 0);
      win.lockAll(0);
      for (int i = 0; i < each; i++) {
        win.fetchAndOp(b, 0, b, 8, Datatype.INT, Op.SUM, 0, 0);
        win.flush(0);
        b.setAtIndex(JAVA_INT, 16 + b.get(JAVA_INT, 8), 1);
      }
      win.unlockAll();
      comm.allreduce(b, 64, b, 4096, taken.length, Datatype.INT, Op.SUM);
      for (int i = 0; i < taken.length; i++) {
        assertEquals(1, b.get(JAVA_INT, 4096 + 4L * i), "value " + i);
      }
    }
  }

  /** One rank of all finds the 0 and leaves its own number. */
  @RankTest
  void compareAndSwapHasOneWinner() {
    try (Win win = comm.allocateWin(16)) {
      b.set(JAVA_LONG, 0, rank + 1);
      b.set(JAVA_LONG, 8, 0);
      win.lockAll(0);
      win.compareAndSwap(b, 0, b, 8, b, 16, Datatype.LONG, 0, 8);
      win.unlockAll();
      boolean won = b.get(JAVA_LONG, 16) == 0;
      b.set(JAVA_LONG, 24, won ? rank + 1 : 0);
      comm.allreduce(b, 24, b, 32, 1, Datatype.LONG, Op.SUM);
      long winner = b.get(JAVA_LONG, 32);
      assertTrue(winner >= 1 && winner <= size, "sum of winners: " + winner);
      assertEquals(won ? 0 : winner, b.get(JAVA_LONG, 16));
      if (rank == 0) {
        win.lock(0, true, 0);
        assertEquals(winner, win.memory().get(JAVA_LONG, 8));
        win.unlock(0);
      }
    }
  }

  @RankTest
  void errorsCarryFunctionClassAndText() {
    Win win = comm.allocateWin(16);
    MpiException notLocked = assertThrows(MpiException.class, () -> win.unlock(rank));
    assertEquals("MPI_Win_unlock", notLocked.function());
    assertEquals("MPI_ERR_RMA_SYNC", notLocked.errorClass());
    assertFalse(notLocked.getMessage().isBlank());
    win.close();
  }

  @RankTest
  void whatIsWrongIsRefusedBeforeAnythingIsSent() {
    Win win = comm.allocateWin(32);
    Datatype type = Datatype.LONG;
    win.fence(0);
    assertThrows(IndexOutOfBoundsException.class, () -> win.put(b, 0, 5, type, next, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> win.put(b, 0, 1, type, next, 25));
    assertThrows(IndexOutOfBoundsException.class, () -> win.get(b, 0, 1, type, next, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> win.get(b, (1 << 16) - 7, 1, type, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> win.put(b, 0, 1, type, size, 0));
    assertThrows(IllegalArgumentException.class, () -> win.put(b, 0, 1, type, -1, 0));
    assertThrows(IllegalArgumentException.class, () -> win.put(b, 0, -1, type, 0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> win.put(b, 0, 1L << 31, type, 0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> win.accumulate(b, 0, 1, type, Op.SUM, next, 4));
    assertThrows(
        IllegalArgumentException.class, () -> win.accumulate(b, 0, 1, type, Op.NO_OP, next, 0));
    assertThrows(
        IllegalArgumentException.class, () -> win.fetchAndOp(b, 0, b, 7, type, Op.SUM, next, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> win.compareAndSwap(b, 0, b, 8, b, 16, Datatype.DOUBLE, next, 0));
    MemorySegment heap = MemorySegment.ofArray(new byte[8]);
    assertThrows(IllegalArgumentException.class, () -> win.put(heap, 0, 1, type, next, 0));
    assertThrows(
        IllegalArgumentException.class, () -> win.get(b.asReadOnly(), 0, 1, type, next, 0));
    MemorySegment gone;
    try (Arena arena = Arena.ofConfined()) {
      gone = arena.allocate(8);
    }
    assertThrows(IllegalStateException.class, () -> win.put(gone, 0, 1, type, next, 0));
    assertThrows(IllegalArgumentException.class, () -> win.lock(size, true, 0));
    assertThrows(IllegalArgumentException.class, () -> win.lengthBytes(size));
    assertThrows(IllegalArgumentException.class, () -> comm.allocateWin(-1));
    assertThrows(IllegalArgumentException.class, () -> comm.allocateWin(Long.MAX_VALUE));
    win.fence(win.noSucceed());
    MemorySegment memory = win.memory();
    assertEquals(0, memory.get(JAVA_LONG, 0));
    win.close();
    win.close();
    assertThrows(IllegalStateException.class, () -> win.fence(0));
    assertThrows(IllegalStateException.class, win::memory);
    assertThrows(IllegalStateException.class, () -> memory.get(JAVA_LONG, 0));
  }

  @RankTest
  void belowSerializedOnlyItsThreadMayCall() throws InterruptedException {
    Assumptions.assumeTrue(
        mpi.threadLevel().compareTo(ThreadLevel.FUNNELED) <= 0,
        "the library gave more than was asked for: then any thread may");
    Win win = comm.allocateWin(8);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread other = new Thread(win::flushAll);
    other.setUncaughtExceptionHandler((thread, throwable) -> thrown.set(throwable));
    other.start();
    other.join();
    assertInstanceOf(WrongThreadException.class, thrown.get());
    win.close();
  }

  @RankTest
  void manyAreMadeAndPartsMakeTheirs() {
    for (int i = 0; i < 10; i++) {
      try (Comm part = comm.split(rank % 2, -rank);
          Win win = part.allocateWin(8);
          Win other = part.allocateWin(8)) {
        int last = part.size() - 1;
        b.set(JAVA_LONG, 0, 100 * i + rank);
        win.fence(0);
        other.fence(0);
        win.put(b, 0, 1, Datatype.LONG, last - part.rank(), 0);
        other.put(b, 0, 1, Datatype.LONG, part.rank(), 0);
        other.fence(other.noSucceed());
        win.fence(win.noSucceed());
        // Ranks of a part fall; so does what came from its other end.
        int sender = 2 * part.rank() + rank % 2;
        assertEquals(100 * i + sender, win.memory().get(JAVA_LONG, 0));
        assertEquals(100 * i + rank, other.memory().get(JAVA_LONG, 0));
      }
    }
  }
}
