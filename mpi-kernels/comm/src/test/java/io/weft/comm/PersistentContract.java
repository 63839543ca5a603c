package io.weft.comm;

import static io.weft.comm.PointToPointContract.assertStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.Via;
import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Persistent requests, and the halo exchange that is made of them. */
interface PersistentContract extends CommunicatorCase {
  @RankTest
  default void startedAgainAndAgain() {
    for (long length : new long[] {0, 16, 3000, 150_000}) {
      try (Arena arena = Arena.ofConfined()) {
        Region out = Region.of(arena, 8, length);
        Region in = Region.of(arena, 16, length);
        ReceiveStatus status = new ReceiveStatus();
        try (PersistentRequest send = comm().sendInit(out.segment(), 8, length, next(), 4);
            PersistentRequest receive =
                comm().recvInit(in.segment(), 16, length, previous(), Communicator.ANY_TAG)) {
          assertTrue(receive.test(), "never started");
          for (int i = 0; i < 30; i++) {
            out.fill(rank() + i);
            receive.start();
            assertTrue(receive.isActive());
            send.start();
            if (i % 2 == 0) {
              receive.await(status);
            } else {
              while (!receive.test(status)) {
                Thread.yield();
              }
            }
            assertFalse(receive.isActive());
            assertStatus(previous(), 4, length, status);
            in.check(previous() + i, "start " + i);
            send.await();
          }
        }
      }
    }
  }

  @RankTest
  default void startsAreCountedAsMessages() {
    MemorySegment b = comm().allocate(64);
    long messages = comm().traffic().messages();
    long bytes = comm().traffic().messageBytes();
    try (PersistentRequest send = comm().sendInit(b, 0, 8, next(), 4);
        PersistentRequest receive = comm().recvInit(b, 8, 8, previous(), 4)) {
      assertEquals(messages, comm().traffic().messages(), "made, not started");
      for (int i = 0; i < 3; i++) {
        receive.start();
        send.start();
        comm().awaitAll(new Request[] {receive, send}, null);
      }
    }
    boolean alone = size() == 1;
    assertEquals(messages + (alone ? 0 : 3), comm().traffic().messages());
    assertEquals(bytes + (alone ? 0 : 24), comm().traffic().messageBytes());
  }

  @RankTest
  default void wrongUseOfPersistentRequestsIsRefused() {
    MemorySegment b = comm().allocate(64);
    assertThrows(IllegalArgumentException.class, () -> comm().sendInit(b, 0, 8, size(), 1));
    assertThrows(IndexOutOfBoundsException.class, () -> comm().recvInit(b, 60, 8, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> comm().recvInit(b.asReadOnly(), 0, 8, 0, 1));
    PersistentRequest receive = comm().recvInit(b, 8, 8, previous(), 4);
    receive.start();
    assertThrows(IllegalStateException.class, receive::start);
    assertThrows(IllegalStateException.class, receive::close);
    comm().barrier();
    comm().send(b, 0, 8, next(), 4);
    receive.await();
    receive.close();
    receive.close();
    assertThrows(IllegalStateException.class, receive::start);
    assertThrows(IllegalStateException.class, receive::await);
    assertWorks();
  }

  /** A ring of cells with a halo at either end, as a stencil in one dimension has it. */
  @RankTest
  default void haloExchangeFillsBothHalos() {
    Cartesian ring = new Cartesian(new int[] {size()}, new boolean[] {true});
    for (long length : new long[] {8, 4000, 120_000}) {
      try (Arena arena = Arena.ofConfined()) {
        Region left = Region.of(arena, 8, length);
        Region right = Region.of(arena, 8, length);
        Region fromLeft = Region.of(arena, 8, length);
        Region fromRight = Region.of(arena, 8, length);
        int before = ring.neighbour(rank(), 0, -1);
        int after = ring.neighbour(rank(), 0, 1);
        List<HaloExchange.Face> faces = new ArrayList<>();
        faces.add(face(before, left, fromLeft, 1, 2));
        faces.add(face(after, right, fromRight, 2, 1));
        faces.add(face(Cartesian.NO_NEIGHBOUR, left, fromLeft, 1, 2));
        try (HaloExchange halo = HaloExchange.of(comm(), faces)) {
          boolean provider = way().via() == Via.LIBFABRIC && !way().usesRings() && size() > 1;
          assertEquals(provider && length > 100_000 ? 2 : 0, halo.remoteWrites());
          Traffic traffic = comm().traffic();
          final long sentBefore = traffic.messageBytes() + traffic.oneSidedBytes();
          for (int step = 0; step < 10; step++) {
            left.fill(10L * rank() + step);
            right.fill(10L * rank() + step + 1000);
            halo.start();
            if (step % 2 == 0) {
              halo.await();
            } else {
              while (!halo.test()) {
                Thread.yield();
              }
            }
            fromLeft.check(10L * before + step + 1000, "from the left, step " + step);
            fromRight.check(10L * after + step, "from the right, step " + step);
          }
          long sent = traffic.messageBytes() + traffic.oneSidedBytes() - sentBefore;
          assertEquals(size() == 1 ? 0 : 20 * length, sent, "bytes sent");
        }
      }
    }
  }

  private static HaloExchange.Face face(
      int neighbour, Region out, Region in, int sendTag, int recvTag) {
    return new HaloExchange.Face(
        neighbour, out.segment(), 8, in.segment(), 8, out.length(), sendTag, recvTag);
  }
}
