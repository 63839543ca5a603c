package io.weft.comm;

import static io.weft.comm.PointToPointContract.assertStatus;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Which message meets which receive. */
interface MatchingContract extends CommunicatorCase {
  /** Across the ways that a provider sends small and large messages by. */
  @RankTest
  default void messagesOfOneTagKeepTheirOrder() {
    needsPeer();
    long[] lengths = {8, 20_000, 300, 200_000, 64, 5_000, 9};
    int messages = 140;
    try (Arena arena = Arena.ofConfined()) {
      Region in = Region.of(arena, 0, 200_000);
      Region out = Region.of(arena, 0, 200_000);
      ReceiveStatus status = new ReceiveStatus();
      for (int turn = 0; turn < 2; turn++) {
        boolean sends = rank() % 2 == turn;
        // In a ring of odd length the last rank and the first have the same turn.
        for (int i = 0; i < messages; i++) {
          long length = lengths[i % lengths.length];
          if (sends && next() % 2 != turn) {
            Bytes.fill(out.segment(), 0, length, i);
            comm().send(out.segment(), 0, length, next(), 11);
          } else if (!sends && previous() % 2 == turn) {
            comm().recv(in.segment(), 0, in.length(), previous(), 11, status);
            assertStatus(previous(), 11, length, status);
            Bytes.check(in.segment(), 0, length, i, "message " + i);
          }
        }
        comm().barrier();
      }
    }
  }

  @RankTest
  default void tagsSelectInAnyOrder() {
    int[] sent = {5, 0, Communicator.MAX_TAG, 17, 5};
    int[] wanted = {Communicator.MAX_TAG, 5, 17, 5, 0};
    long[] contents = {2, 0, 3, 4, 1};
    try (Sends sends = new Sends(comm(), sent.length, 64)) {
      for (int i = 0; i < sent.length; i++) {
        sends.start(i, 100L * rank() + i, 64, next(), sent[i]);
      }
      MemorySegment in = comm().allocate(64);
      for (int i = 0; i < wanted.length; i++) {
        comm().recv(in, 0, 64, previous(), wanted[i], null);
        Bytes.check(in, 0, 64, 100L * previous() + contents[i], "tag " + wanted[i]);
      }
    }
  }

  @RankTest
  default void anyTagTakesMessagesAsTheyWereSent() {
    ReceiveStatus status = new ReceiveStatus();
    MemorySegment in = comm().allocate(64);
    try (Sends sends = new Sends(comm(), 50, 64)) {
      for (int i = 0; i < 50; i++) {
        sends.start(i, i, 1 + i, next(), 1000 - 7 * i);
      }
      for (int i = 0; i < 50; i++) {
        comm().recv(in, 0, 64, previous(), Communicator.ANY_TAG, status);
        assertStatus(previous(), 1000 - 7 * i, 1 + i, status);
        Bytes.check(in, 0, 1 + i, i, "message " + i);
      }
    }
  }

  @RankTest
  default void anySourceTakesEveryRanksMessages() {
    int each = 40;
    if (rank() != 0 || size() == 1) {
      try (Sends sends = new Sends(comm(), each, 16)) {
        for (int i = 0; i < each; i++) {
          sends.start(i, rank() * 1000L + i, 16, 0, 8);
        }
        if (size() == 1) {
          receiveFromAll(each);
        }
      }
    } else {
      receiveFromAll(each);
    }
    comm().barrier();
  }

  private void receiveFromAll(int each) {
    int[] received = new int[size()];
    int senders = Math.max(1, size() - 1);
    MemorySegment in = comm().allocate(16);
    ReceiveStatus status = new ReceiveStatus();
    for (int i = 0; i < each * senders; i++) {
      comm().recv(in, 0, 16, Communicator.ANY_SOURCE, 8, status);
      int source = status.source();
      assertTrue(size() == 1 || source > 0, "source " + source);
      assertStatus(source, 8, 16, status);
      Bytes.check(in, 0, 16, source * 1000L + received[source]++, "from " + source);
    }
    for (int source = size() == 1 ? 0 : 1; source < size(); source++) {
      assertEquals(each, received[source], "from " + source);
    }
  }

  @RankTest
  default void namedSourceLeavesTheOthersMessages() {
    needsPeer();
    MemorySegment buffer = comm().allocate(8);
    if (rank() > 0) {
      buffer.set(JAVA_LONG, 0, rank());
      comm().send(buffer, 0, 8, 0, 2);
    }
    comm().barrier();
    if (rank() == 0) {
      for (int source = size() - 1; source > 0; source--) {
        comm().recv(buffer, 0, 8, source, 2, null);
        assertEquals(source, buffer.get(JAVA_LONG, 0));
      }
    }
  }

  @RankTest
  default void everyWildCardTogether() {
    needsPeer();
    MemorySegment buffer = comm().allocate(8);
    ReceiveStatus status = new ReceiveStatus();
    if (rank() > 0) {
      buffer.set(JAVA_LONG, 0, 3L * rank());
      comm().send(buffer, 0, 8, 0, 20 + rank());
    } else {
      boolean[] seen = new boolean[size()];
      for (int i = 1; i < size(); i++) {
        comm().recv(buffer, 0, 8, Communicator.ANY_SOURCE, Communicator.ANY_TAG, status);
        assertStatus(status.source(), 20 + status.source(), 8, status);
        assertEquals(3L * status.source(), buffer.get(JAVA_LONG, 0));
        assertTrue(!seen[status.source()], "twice from " + status.source());
        seen[status.source()] = true;
      }
    }
    comm().barrier();
  }

  /** Nobody receives while they are sent. */
  @RankTest
  default void unexpectedMessagesWaitForTheirReceives() {
    needsPeer();
    int messages = 1000;
    MemorySegment buffer = comm().allocate(64);
    if (rank() == 0) {
      for (int i = 0; i < messages; i++) {
        for (int peer = 1; peer < size(); peer++) {
          Bytes.fill(buffer, 0, 1 + i % 64, i + peer);
          comm().send(buffer, 0, 1 + i % 64, peer, i % 3);
        }
      }
    }
    comm().barrier();
    if (rank() > 0) {
      ReceiveStatus status = new ReceiveStatus();
      for (int tag = 2; tag >= 0; tag--) {
        for (int i = tag; i < messages; i += 3) {
          comm().recv(buffer, 0, 64, 0, tag, status);
          assertStatus(0, tag, 1 + i % 64, status);
          Bytes.check(buffer, 0, 1 + i % 64, i + rank(), "message " + i);
        }
      }
    }
  }
}
