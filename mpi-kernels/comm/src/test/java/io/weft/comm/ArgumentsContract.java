package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Wrong arguments are told before anything is sent, and break nothing. */
interface ArgumentsContract extends CommunicatorCase {
  /** Bytes of each buffer here: two blocks of 8 bytes for each of 4 ranks. */
  long ROOM = 64;

  @RankTest
  default void heapBuffersAreRefused() {
    MemorySegment heap = MemorySegment.ofArray(new byte[(int) ROOM]);
    refuses(IllegalArgumentException.class, Operations.onBuffer(comm(), heap, 0, 8));
  }

  @RankTest
  default void closedBuffersAreRefused() {
    MemorySegment gone;
    try (Arena arena = Arena.ofConfined()) {
      gone = arena.allocate(ROOM);
    }
    refuses(IllegalStateException.class, Operations.onBuffer(comm(), gone, 0, 8));
  }

  @RankTest
  default void regionsPastTheEndAreRefused() {
    MemorySegment buffer = comm().allocate(ROOM);
    Class<IndexOutOfBoundsException> type = IndexOutOfBoundsException.class;
    refuses(type, Operations.onBuffer(comm(), buffer, ROOM - 7, 8));
    refuses(type, Operations.onBuffer(comm(), buffer, ROOM + 1, 0));
    refuses(type, Operations.onBuffer(comm(), buffer, -1, 8));
    refuses(type, Operations.onBuffer(comm(), buffer, Long.MIN_VALUE, 8));
    refuses(type, Operations.onBuffer(comm(), buffer, Long.MAX_VALUE, 8));
    // Part of a larger allocation: the memory behind is there, but is not the caller's.
    MemorySegment slice = comm().allocate(4096).asSlice(1024, 8);
    refuses(type, Operations.onBuffer(comm(), slice, 1, 8));
  }

  @RankTest
  default void readOnlyBuffersAreRefusedWhereTheyWouldBeWritten() {
    MemorySegment buffer = comm().allocate(ROOM).asReadOnly();
    refuses(IllegalArgumentException.class, Operations.intoBuffer(comm(), buffer, 0, 8));
  }

  @RankTest
  default void readOnlyBuffersCanBeSent() {
    MemorySegment source = comm().allocate(ROOM);
    source.set(ValueLayout.JAVA_LONG, 0, 100 + rank());
    MemorySegment sum = comm().allocate(ROOM);
    comm().allreduce(source.asReadOnly(), 0, sum, 0, 1, ElementType.LONG, ReduceOp.MAX);
    assertEquals(99 + size(), sum.get(ValueLayout.JAVA_LONG, 0));
    comm().bcast(rank() == 0 ? source.asReadOnly() : source, 0, 8, 0);
    assertEquals(100, source.get(ValueLayout.JAVA_LONG, 0));
  }

  @RankTest
  default void blocksOfAllRanksMustFit() {
    MemorySegment buffer = comm().allocate(ROOM);
    long tooMany = ROOM / size() + 1;
    MemorySegment large = comm().allocate(ROOM * size() + size());
    assertThrows(
        IndexOutOfBoundsException.class, () -> comm().allgather(large, 0, buffer, 0, tooMany));
    assertThrows(
        IndexOutOfBoundsException.class, () -> comm().alltoall(large, 0, buffer, 0, tooMany));
    assertThrows(
        IndexOutOfBoundsException.class, () -> comm().alltoall(buffer, 0, large, 0, tooMany));
    assertWorks();
  }

  @RankTest
  default void negativeLengthsAreRefused() {
    MemorySegment buffer = comm().allocate(ROOM);
    for (long length : new long[] {-1, -8, Integer.MIN_VALUE, Long.MIN_VALUE}) {
      refuses(RuntimeException.class, Operations.onBuffer(comm(), buffer, 8, length));
    }
  }

  /** Products of these with an element's length or the number of ranks pass 2^31 or 2^63. */
  @RankTest
  default void enormousLengthsAreRefused() {
    MemorySegment buffer = comm().allocate(ROOM);
    long[] lengths = {
      1L << 29, 1L << 30, 1L << 31, 1L << 32, 1L << 60, 1L << 61, 1L << 62, Long.MAX_VALUE
    };
    for (long length : lengths) {
      refuses(RuntimeException.class, Operations.onBuffer(comm(), buffer, 0, length));
    }
  }

  @RankTest
  default void ranksOutOfRangeAreRefused() {
    MemorySegment buffer = comm().allocate(ROOM);
    for (int wrong : new int[] {-1, -2, size(), Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      refuses(IllegalArgumentException.class, Operations.toRank(comm(), buffer, wrong));
      if (wrong != Communicator.ANY_SOURCE) {
        refuses(IllegalArgumentException.class, Operations.fromRank(comm(), buffer, wrong));
      }
    }
  }

  @RankTest
  default void tagsOutOfRangeAreRefused() {
    MemorySegment buffer = comm().allocate(ROOM);
    for (int wrong : new int[] {-1, -2, Communicator.MAX_TAG + 1, Integer.MIN_VALUE}) {
      refuses(IllegalArgumentException.class, Operations.sendWithTag(comm(), buffer, wrong));
      if (wrong != Communicator.ANY_TAG) {
        refuses(IllegalArgumentException.class, Operations.recvWithTag(comm(), buffer, wrong));
      }
    }
  }

  @RankTest
  default void nullsAreRefused() {
    refuses(NullPointerException.class, Operations.onBuffer(comm(), null, 0, 8));
    MemorySegment buffer = comm().allocate(ROOM);
    assertThrows(RuntimeException.class, () -> comm().isend(buffer, 0, 8, next(), 1, null));
    assertThrows(RuntimeException.class, () -> comm().irecv(buffer, 0, 8, next(), 1, null));
    assertWorks();
  }

  @RankTest
  default void allocationsOfNegativeLengthAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> comm().allocate(-1));
    assertWorks();
  }

  private void refuses(Class<? extends RuntimeException> type, Operations operations) {
    long messages = comm().traffic().messages();
    long collectives = comm().traffic().collectives();
    operations.each(
        (name, operation) -> {
          RuntimeException refusal = assertThrows(type, operation::run, name);
          if (type == RuntimeException.class) {
            assertTrue(
                refusal instanceof IllegalArgumentException
                    || refusal instanceof IndexOutOfBoundsException,
                name + " threw " + refusal);
          }
        });
    assertEquals(messages, comm().traffic().messages(), "messages sent");
    assertEquals(collectives, comm().traffic().collectives(), "collectives done");
    assertWorks();
  }
}
