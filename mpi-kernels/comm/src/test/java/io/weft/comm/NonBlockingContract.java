package io.weft.comm;

import static io.weft.comm.PointToPointContract.assertStatus;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** Requests. */
interface NonBlockingContract extends CommunicatorCase {
  @RankTest
  default void manyInFlightInBothDirections() {
    int many = 64;
    long[] lengths = {8, 1000, 70_000, 0, 17_000};
    int[] peers = {next(), previous()};
    try (Arena arena = Arena.ofConfined();
        Sends sends = new Sends(comm(), many * 2, 70_000)) {
      Region[] in = new Region[many * 2];
      Request[] receives = new Request[in.length];
      for (int i = 0; i < in.length; i++) {
        in[i] = Region.of(arena, 8, lengths[i % lengths.length]);
        receives[i] = comm().newRequest();
        comm().irecv(in[i].segment(), 8, in[i].length(), peers[i % 2], i, receives[i]);
      }
      for (int i = 0; i < in.length; i++) {
        // What leaves to the next arrives there from the previous.
        int tag = i ^ 1;
        sends.start(i, seed(rank(), tag), lengths[tag % lengths.length], peers[i % 2], tag);
      }
      ReceiveStatus status = new ReceiveStatus();
      for (int i = in.length - 1; i >= 0; i--) {
        assertTrue(receives[i].isActive());
        receives[i].await(status);
        assertFalse(receives[i].isActive());
        assertStatus(peers[i % 2], i, in[i].length(), status);
        in[i].check(seed(peers[i % 2], i), "message " + i);
      }
    }
  }

  private static long seed(int rank, int tag) {
    return 1000L * rank + tag;
  }

  @RankTest
  default void testIsFalseUntilTheMessageIsThere() {
    MemorySegment buffer = comm().allocate(16);
    Request receive = comm().newRequest();
    assertFalse(receive.isActive());
    assertTrue(receive.test(), "inactive");
    receive.await();
    comm().irecv(buffer, 0, 8, previous(), 1, receive);
    for (int i = 0; i < 100; i++) {
      assertFalse(receive.test(), "nothing was sent yet");
    }
    assertTrue(receive.isActive());
    comm().barrier();
    buffer.set(JAVA_LONG, 8, 40 + rank());
    comm().send(buffer, 8, 8, next(), 1);
    ReceiveStatus status = new ReceiveStatus();
    while (!receive.test(status)) {
      Thread.yield();
    }
    assertStatus(previous(), 1, 8, status);
    assertEquals(40 + previous(), buffer.get(JAVA_LONG, 0));
    assertFalse(receive.isActive());
    assertTrue(receive.test(), "complete");
    receive.await();
  }

  /** A rendezvous goes on in the sender's test as well as in its await. */
  @RankTest
  default void largeMessagesCompleteByTestAlone() {
    long length = 2_000_000;
    try (Arena arena = Arena.ofConfined()) {
      Region in = Region.of(arena, 0, length);
      Region out = Region.of(arena, 0, length);
      out.fill(rank());
      Request receive = comm().newRequest();
      Request send = comm().newRequest();
      comm().isend(out.segment(), 0, length, next(), 1, send);
      comm().irecv(in.segment(), 0, length, previous(), 1, receive);
      boolean received = false;
      boolean sent = false;
      while (!received || !sent) {
        received |= receive.test();
        sent |= send.test();
        Thread.yield();
      }
      in.check(previous(), "from rank " + previous());
    }
  }

  @RankTest
  default void requestsAreUsedThousandsOfTimes() {
    // More ranks than cores take turns of milliseconds.
    int times = size() > 2 ? 500 : 5000;
    MemorySegment buffer = comm().allocate(128);
    Request receive = comm().newRequest();
    Request send = comm().newRequest();
    for (int i = 0; i < times; i++) {
      comm().irecv(buffer, 0, 8, previous(), i % 100, receive);
      buffer.set(JAVA_LONG, 64, 7L * i + rank());
      comm().isend(buffer, 64, 8, next(), i % 100, send);
      receive.await();
      send.await();
      assertEquals(7L * i + previous(), buffer.get(JAVA_LONG, 0), "time " + i);
    }
  }

  @RankTest
  default void wildCardsOfPostedReceives() {
    MemorySegment buffer = comm().allocate(16);
    ReceiveStatus status = new ReceiveStatus();
    Request receive = comm().newRequest();
    comm().irecv(buffer, 0, 8, Communicator.ANY_SOURCE, Communicator.ANY_TAG, receive);
    comm().barrier();
    buffer.set(JAVA_LONG, 8, rank());
    comm().send(buffer, 8, 8, next(), 900 + rank());
    receive.await(status);
    assertStatus(previous(), 900 + previous(), 8, status);
    assertEquals(previous(), buffer.get(JAVA_LONG, 0));
    comm().barrier();
  }

  @RankTest
  default void postedReceivesMatchInTheirOrder() {
    int many = 20;
    MemorySegment in = comm().allocate(8L * many);
    Request[] receives = new Request[many];
    for (int i = 0; i < many; i++) {
      receives[i] = comm().newRequest();
      int source = i % 3 == 0 ? Communicator.ANY_SOURCE : previous();
      int tag = i % 2 == 0 ? Communicator.ANY_TAG : 6;
      comm().irecv(in, 8L * i, 8, source, tag, receives[i]);
    }
    try (Sends sends = new Sends(comm(), many, 8)) {
      for (int i = 0; i < many; i++) {
        sends.start(i, i, 8, next(), 6);
      }
      for (Request receive : receives) {
        receive.await();
      }
    }
    for (int i = 0; i < many; i++) {
      Bytes.check(in, 8L * i, 8, i, "receive " + i);
    }
    comm().barrier();
  }

  @RankTest
  default void activeRequestIsNotStartedAgain() {
    MemorySegment buffer = comm().allocate(32);
    Request receive = comm().newRequest();
    comm().irecv(buffer, 0, 8, previous(), 1, receive);
    assertThrows(
        IllegalStateException.class, () -> comm().irecv(buffer, 8, 8, previous(), 2, receive));
    assertThrows(
        IllegalStateException.class, () -> comm().isend(buffer, 16, 8, next(), 2, receive));
    assertTrue(receive.isActive());
    buffer.set(JAVA_LONG, 24, 5);
    comm().send(buffer, 24, 8, next(), 1);
    receive.await();
    assertEquals(5, buffer.get(JAVA_LONG, 0));
  }

  @RankTest
  default void refusedStartLeavesTheRequestInactive() {
    MemorySegment buffer = comm().allocate(32);
    Request request = comm().newRequest();
    assertThrows(
        IllegalArgumentException.class, () -> comm().isend(buffer, 0, 8, size(), 1, request));
    assertThrows(IndexOutOfBoundsException.class, () -> comm().irecv(buffer, 25, 8, 0, 1, request));
    assertFalse(request.isActive());
    comm().irecv(buffer, 0, 8, previous(), 1, request);
    comm().send(buffer, 24, 8, next(), 1);
    request.await();
  }

  @RankTest
  default void requestOfAnotherCommunicatorIsRefused() {
    Communicator other = way().open(job());
    Request foreign = other.newRequest();
    MemorySegment buffer = comm().allocate(8);
    assertThrows(IllegalArgumentException.class, () -> comm().irecv(buffer, 0, 8, 0, 1, foreign));
    assertThrows(IllegalArgumentException.class, () -> comm().isend(buffer, 0, 8, 0, 1, foreign));
    assertFalse(foreign.isActive());
    other.close();
    assertWorks();
  }

  @RankTest
  default void activeRequestKeepsItsBufferReachable() {
    Request receive = comm().newRequest();
    WeakReference<MemorySegment.Scope> memory = receiveIntoForgottenBuffer(receive);
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    assertNotNull(memory.get(), "the buffer's memory may be given away while a message comes in");
    comm().barrier();
    comm().send(comm().allocate(300_000), 0, 300_000, next(), 1);
    receive.await();
  }

  private WeakReference<MemorySegment.Scope> receiveIntoForgottenBuffer(Request receive) {
    MemorySegment buffer = Arena.ofAuto().allocate(300_000);
    comm().irecv(buffer, 0, 300_000, previous(), 1, receive);
    return new WeakReference<>(buffer.scope());
  }

  /** One request for each message, as MPI programs do: those that are over hold no memory. */
  @RankTest
  default void forgottenRequestsAreCollected() throws InterruptedException {
    List<WeakReference<Request>> made = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      Region in = Region.of(arena, 8, 100_000);
      Region out = Region.of(arena, 8, 100_000);
      for (int i = 0; i < 60; i++) {
        long length = new long[] {8, 5000, 100_000}[i % 3];
        Request receive = comm().newRequest();
        Request send = comm().newRequest();
        comm().irecv(in.segment(), 8, length, previous(), 1, receive);
        comm().isend(out.segment(), 8, length, next(), 1, send);
        receive.await();
        send.await();
        made.add(new WeakReference<>(receive));
        made.add(new WeakReference<>(send));
      }
    }
    long left = made.size();
    for (int i = 0; i < 200 && left > 2; i++) {
      System.gc();
      Thread.sleep(5);
      left = made.stream().filter(request -> request.get() != null).count();
    }
    // The last two may still be in this frame.
    assertTrue(left <= 2, left + " of " + made.size() + " are still there");
  }
}
