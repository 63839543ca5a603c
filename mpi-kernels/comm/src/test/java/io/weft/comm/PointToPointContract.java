package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Every byte of every message arrives, where it should and nowhere else. */
interface PointToPointContract extends CommunicatorCase {
  /** Both sides of where providers change from inject to eager to rendezvous. */
  long[] SIZES = {
    0,
    1,
    7,
    8,
    63,
    64,
    65,
    127,
    128,
    129,
    191,
    192,
    193,
    4095,
    4096,
    4097,
    16383,
    16384,
    16385,
    65535,
    65536,
    65537,
    1 << 20,
    (4 << 20) + 3
  };

  /** Where the way of a message is the same and only the peers differ. */
  long[] SOME_SIZES = {0, 1, 8, 129, 4097, 65_537, 1 << 20};

  @RankTest
  default void blockingMessagesOfEverySizeArriveWhole() {
    needsPeer();
    ReceiveStatus status = new ReceiveStatus();
    for (long size : SIZES) {
      try (Arena arena = Arena.ofConfined()) {
        Region out = Region.of(arena, 24, size);
        Region in = Region.of(arena, 40, size);
        out.fill(size + rank());
        // Those of odd rank receive first: the others' sends may block until then.
        if (rank() % 2 == 0) {
          comm().send(out.segment(), out.offset(), size, next(), 3);
        }
        comm().recv(in.segment(), in.offset(), size, previous(), 3, status);
        if (rank() % 2 == 1) {
          comm().send(out.segment(), out.offset(), size, next(), 3);
        }
        in.check(size + previous(), size + " bytes from rank " + previous());
        out.check(size + rank(), size + " bytes sent");
        assertStatus(previous(), 3, size, status);
      }
    }
  }

  /** A single rank sends to itself here, as the contract allows once the receive is posted. */
  @RankTest
  default void blockingSendMeetsPostedReceive() {
    Request receive = comm().newRequest();
    ReceiveStatus status = new ReceiveStatus();
    for (long size : SIZES) {
      try (Arena arena = Arena.ofConfined()) {
        Region out = Region.of(arena, 3, size);
        Region in = Region.of(arena, 0, size);
        out.fill(size - rank());
        comm().irecv(in.segment(), in.offset(), size, previous(), 4, receive);
        comm().barrier();
        comm().send(out.segment(), out.offset(), size, next(), 4);
        receive.await(status);
        in.check(size - previous(), size + " bytes from rank " + previous());
        assertStatus(previous(), 4, size, status);
      }
    }
  }

  @RankTest
  default void buffersOfTheCommunicatorArePageAlignedAndZero() {
    for (long length : new long[] {0, 1, 4097}) {
      MemorySegment buffer = comm().allocate(length);
      assertEquals(length, buffer.byteSize());
      assertEquals(0, buffer.address() % 4096);
      assertEquals(-1, buffer.mismatch(MemorySegment.ofArray(new byte[(int) length])));
    }
    MemorySegment out = comm().allocate(100_000);
    MemorySegment in = comm().allocate(100_000);
    Bytes.fill(out, 0, 100_000, rank());
    comm().sendrecv(out, 0, 100_000, next(), in, 0, 100_000, previous(), 1);
    Bytes.check(in, 0, 100_000, previous(), "from rank " + previous());
  }

  @RankTest
  default void shorterMessageLeavesTheRestOfTheBuffer() {
    ReceiveStatus status = new ReceiveStatus();
    Request receive = comm().newRequest();
    for (long sent : new long[] {0, 1, 100, 5_000, 300_000}) {
      try (Arena arena = Arena.ofConfined()) {
        Region out = Region.of(arena, 0, sent);
        Region in = Region.of(arena, 8, sent + 10_000);
        out.fill(sent);
        comm().irecv(in.segment(), in.offset(), in.length(), previous(), 5, receive);
        comm().send(out.segment(), 0, sent, next(), 5);
        receive.await(status);
        in.check(sent, sent, sent + " bytes into " + in.length());
        assertStatus(previous(), 5, sent, status);
      }
    }
  }

  @RankTest
  default void emptyMessageMayLieAtTheEndOfItsBuffer() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(64, 64);
      ReceiveStatus status = new ReceiveStatus();
      Request receive = comm().newRequest();
      comm().irecv(buffer, 64, 0, previous(), 6, receive);
      comm().send(buffer, 64, 0, next(), 6);
      receive.await(status);
      assertStatus(previous(), 6, 0, status);
      MemorySegment empty = buffer.asSlice(64);
      comm().sendrecv(empty, 0, 0, next(), empty, 0, 0, previous(), 6);
      comm().bcast(empty, 0, 0, 0);
    }
  }

  @RankTest
  default void sendrecvGoesRoundTheRing() {
    for (long size : SIZES) {
      exchange(size, next(), previous());
      exchange(size, previous(), next());
    }
  }

  @RankTest
  default void sendrecvWithItself() {
    for (long size : SOME_SIZES) {
      exchange(size, rank(), rank());
    }
  }

  @RankTest
  default void sendrecvWithOnePartner() {
    for (int distance = 1; distance < size(); distance++) {
      // An exclusive or pairs ranks; whoever has no partner goes alone.
      int partner = (rank() ^ distance) < size() ? rank() ^ distance : rank();
      for (long size : SOME_SIZES) {
        exchange(size, partner, partner);
      }
    }
    comm().barrier();
  }

  @RankTest
  default void sendrecvOfUnequalLengths() {
    needsPeer();
    try (Arena arena = Arena.ofConfined()) {
      long mine = rank() % 2 == 0 ? 5 : 300_000;
      long theirs = previous() % 2 == 0 ? 5 : 300_000;
      Region out = Region.of(arena, 16, mine);
      Region in = Region.of(arena, 16, theirs + 1000);
      out.fill(rank());
      comm()
          .sendrecv(
              out.segment(), 16, mine, next(), in.segment(), 16, theirs + 1000, previous(), 9);
      in.check(theirs, previous(), theirs + " bytes from rank " + previous());
    }
  }

  private void exchange(long size, int destination, int source) {
    try (Arena arena = Arena.ofConfined()) {
      Region out = Region.of(arena, 32, size);
      Region in = Region.of(arena, 8, size);
      out.fill(size + 100 * rank());
      comm()
          .sendrecv(
              out.segment(),
              out.offset(),
              size,
              destination,
              in.segment(),
              in.offset(),
              size,
              source,
              Communicator.MAX_TAG);
      in.check(size + 100 * source, size + " bytes from rank " + source);
    }
  }

  static void assertStatus(int source, int tag, long lengthBytes, ReceiveStatus found) {
    assertEquals(source, found.source(), "source");
    assertEquals(tag, found.tag(), "tag");
    assertEquals(lengthBytes, found.lengthBytes(), "length");
  }
}
