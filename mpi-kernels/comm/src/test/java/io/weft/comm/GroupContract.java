package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weft.testing.RankTest;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/** Communicators made of others. */
interface GroupContract extends CommunicatorCase {
  @RankTest
  default void messagesOfADuplicateMeetOnlyTheirOwn() {
    MemorySegment b = comm().allocate(64);
    try (Communicator other = comm().dup()) {
      assertEquals(rank(), other.rank());
      assertEquals(size(), other.size());
      Request here = comm().newRequest();
      Request there = other.newRequest();
      // The same sender and tag; what goes out second is received first.
      comm().irecv(b, 0, 8, Communicator.ANY_SOURCE, Communicator.ANY_TAG, here);
      other.irecv(b, 8, 8, Communicator.ANY_SOURCE, Communicator.ANY_TAG, there);
      comm().barrier();
      b.set(JAVA_LONG, 16, 100 + rank());
      b.set(JAVA_LONG, 24, 200 + rank());
      other.send(b, 24, 8, next(), 1);
      comm().send(b, 16, 8, next(), 1);
      here.await();
      there.await();
      assertEquals(100 + previous(), b.get(JAVA_LONG, 0));
      assertEquals(200 + previous(), b.get(JAVA_LONG, 8));
      assertFalse(comm().iprobe(Communicator.ANY_SOURCE, Communicator.ANY_TAG, null));
      comm().barrier();
    }
    assertWorks();
  }

  @RankTest
  default void collectivesOfADuplicateDoNotMix() {
    MemorySegment b = comm().allocate(64);
    try (Communicator other = comm().dup()) {
      for (int i = 0; i < 50; i++) {
        b.set(JAVA_LONG, 0, rank() + i);
        b.set(JAVA_LONG, 8, 3L * rank() + i);
        comm().allreduce(b, 0, b, 16, 1, ElementType.LONG, ReduceOp.SUM);
        other.allreduce(b, 8, b, 24, 1, ElementType.LONG, ReduceOp.SUM);
        long ranks = size() * (size() - 1L) / 2;
        assertEquals(ranks + (long) size() * i, b.get(JAVA_LONG, 16));
        assertEquals(3 * ranks + (long) size() * i, b.get(JAVA_LONG, 24));
        comm().bcast(b, 16, 8, i % size());
        other.barrier();
      }
    }
  }

  /** Even and odd ranks, each in falling order. */
  @RankTest
  default void splitOrdersByKey() {
    MemorySegment b = comm().allocate(256);
    int color = rank() % 2;
    int members = (size() + 1 - color) / 2;
    try (Communicator part = comm().split(color, -rank())) {
      assertEquals(members, part.size());
      assertEquals(members - 1 - rank() / 2, part.rank());
      b.set(JAVA_LONG, 0, rank());
      part.allgather(b, 0, b, 64, 8);
      for (int i = 0; i < members; i++) {
        assertEquals(2 * (members - 1 - i) + color, b.get(JAVA_LONG, 64 + 8L * i), "member " + i);
      }
      b.set(JAVA_LONG, 0, 1000 + rank());
      ReceiveStatus status = new ReceiveStatus();
      Request receive = part.newRequest();
      part.irecv(b, 8, 8, Communicator.ANY_SOURCE, 3, receive);
      part.send(b, 0, 8, (part.rank() + 1) % members, 3);
      receive.await(status);
      int sender = (part.rank() + members - 1) % members;
      assertEquals(sender, status.source(), "ranks are those of the part");
      assertEquals(1000 + 2 * (members - 1 - sender) + color, b.get(JAVA_LONG, 8));
      assertThrows(IllegalArgumentException.class, () -> part.send(b, 0, 8, members, 3));
      part.barrier();
    }
    assertWorks();
  }

  @RankTest
  default void splitLeavesOutNegativeColours() {
    Communicator part = comm().split(rank() == 0 ? -1 : 7, 0);
    if (rank() == 0) {
      assertNull(part);
    } else {
      assertEquals(size() - 1, part.size());
      assertEquals(rank() - 1, part.rank());
      part.barrier();
      part.close();
      part.close();
      assertThrows(IllegalStateException.class, part::barrier);
      assertThrows(IllegalStateException.class, part::dup);
    }
    assertWorks();
  }

  @RankTest
  default void partsOfPartsReduceOnTheirOwn() {
    MemorySegment b = comm().allocate(64);
    try (Communicator half = comm().split(rank() / 2, rank());
        Communicator single = half.split(half.rank(), 0);
        Communicator again = half.dup()) {
      assertEquals(1, single.size());
      b.set(JAVA_LONG, 0, 1L << rank());
      single.allreduce(b, 0, b, 8, 1, ElementType.LONG, ReduceOp.SUM);
      half.allreduce(b, 0, b, 16, 1, ElementType.LONG, ReduceOp.SUM);
      again.allreduce(b, 16, b, 24, 1, ElementType.LONG, ReduceOp.MAX);
      long first = 1L << rank() / 2 * 2;
      long both = first + (rank() / 2 * 2 + 1 < size() ? 2 * first : 0);
      assertEquals(1L << rank(), b.get(JAVA_LONG, 8));
      assertEquals(both, b.get(JAVA_LONG, 16));
      assertEquals(both, b.get(JAVA_LONG, 24));
    }
    assertWorks();
  }

  /** More than there are contexts, some open at a time. */
  @RankTest
  default void manyAreMadeAndClosed() {
    int times = size() > 2 ? 100 : 400;
    Deque<Communicator> open = new ArrayDeque<>();
    MemorySegment b = comm().allocate(16);
    for (int i = 0; i < times; i++) {
      Communicator made = i % 3 == 0 ? comm().split(0, rank()) : comm().dup();
      open.add(made);
      b.set(JAVA_LONG, 0, i);
      made.allreduce(b, 0, b, 8, 1, ElementType.LONG, ReduceOp.SUM);
      assertEquals((long) i * size(), b.get(JAVA_LONG, 8));
      if (open.size() > 5) {
        open.removeFirst().close();
      }
    }
    while (!open.isEmpty()) {
      open.removeLast().close();
    }
    assertWorks();
  }

  @RankTest
  default void openPartsAreClosedWithTheirWhole() {
    Communicator whole = comm().dup();
    Communicator part = whole.split(rank() % 2, 0);
    Communicator rest = part.dup();
    PersistentRequest request = whole.recvInit(whole.allocate(8), 0, 8, 0, 1);
    whole.close();
    assertThrows(IllegalStateException.class, part::barrier);
    assertThrows(IllegalStateException.class, rest::barrier);
    assertThrows(IllegalStateException.class, request::start);
    assertWorks();
  }

  @RankTest
  default void partsFindTheirTransport() {
    try (Communicator part = comm().split(rank() / 2, 0)) {
      Transport found = part.transport();
      assertEquals(comm().transport().library(), found.library());
      assertEquals(way().via().toString(), found.via());
    }
  }
}
