package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations that the provider starts when a counter has risen. */
class DeferredWorkTest {
  private static final String PROVIDERS = "io.weft.fabric.Peer#deferredWorkProviders";
  private static final long LONG_ENOUGH_NANOS = 5_000_000_000L;
  private static final int QUIET_POLLS = 20_000;

  private static Pair open(String provider) {
    return Pair.open(provider, Capability.RMA, Capability.DEFERRED_WORK);
  }

  private static void awaitValue(Pair pair, Counter counter, long value) {
    Peer.until(
        () -> {
          pair.left.completions.read();
          return counter.read() >= value;
        });
    assertEquals(value, counter.read());
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aSendWaitsForItsCounter(String provider) {
    try (Pair pair = open(provider)) {
      Counter start = pair.left.domain.openCounter();
      Counter end = pair.left.domain.openCounter();
      pair.right.receive(pair.rightBuffer, 100, 7, pair.rightReceive);
      pair.leftBuffer.set(ValueLayout.JAVA_LONG, 8, 4711);
      DeferredWork work = pair.left.endpoint.deferredWork();
      work.send(start, 3, end, pair.leftBuffer, 8, 50, 0, pair.toRight, 7);
      start.add(2);
      for (int i = 0; i < QUIET_POLLS; i++) {
        assertEquals(0, pair.left.completions.read());
        assertEquals(0, pair.right.completions.read());
      }
      assertEquals(0, end.read());
      start.add(1);
      assertEquals(1, pair.right.await(pair.left));
      assertEquals(50, pair.right.completions.lengthBytes(0));
      assertEquals(4711, pair.rightBuffer.get(ValueLayout.JAVA_LONG, 0));
      awaitValue(pair, end, 1);
      assertThrows(
          IllegalStateException.class,
          () -> work.send(start, 3, end, pair.leftBuffer, 8, 50, 0, pair.toRight, 7));
      assertThrows(IllegalStateException.class, start::close);
    }
  }

  /** Write, write, counter: each starts by the end of the one before, none by this thread. */
  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aChainRunsByItself(String provider) {
    try (Pair pair = open(provider)) {
      EnumSet<Access> all = EnumSet.allOf(Access.class);
      RemoteRegion remote = pair.right.domain.register(pair.rightBuffer, all).remote();
      Counter start = pair.left.domain.openCounter();
      Counter first = pair.left.domain.openCounter();
      Counter second = pair.left.domain.openCounter();
      Counter last = pair.left.domain.openCounter();
      for (int i = 0; i < 64; i++) {
        pair.leftBuffer.set(ValueLayout.JAVA_BYTE, i, (byte) (i + 1));
      }
      Endpoint left = pair.left.endpoint;
      left.deferredWork().add(second, 1, last, 10);
      left.deferredWork()
          .write(first, 1, second, pair.leftBuffer, 32, 32, 0, pair.toRight, remote, 132);
      left.deferredWork()
          .write(start, 1, first, pair.leftBuffer, 0, 32, 0, pair.toRight, remote, 100);
      start.add(1);
      awaitValue(pair, last, 10);
      assertEquals(1, first.read());
      assertEquals(1, second.read());
      MemorySegment wanted = pair.leftBuffer.asSlice(0, 64);
      Peer.until(() -> pair.rightBuffer.asSlice(100, 64).mismatch(wanted) < 0);
      assertTrue(last.await(10, LONG_ENOUGH_NANOS));
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void workOfAClosedEndpointIsNeverStarted(String provider) {
    try (Pair pair = open(provider)) {
      Counter start = pair.left.domain.openCounter();
      Counter end = pair.left.domain.openCounter();
      DeferredWork work = pair.left.endpoint.deferredWork();
      work.send(start, 1, end, pair.leftBuffer, 0, 50, 0, pair.toRight, 7);
      pair.left.endpoint.close();
      assertThrows(IllegalStateException.class, () -> start.add(1));
      assertEquals(0, end.read());
      start.close();
      end.close();
    }
  }

  /** Counters that were opened after the endpoint close after it all the same. */
  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void theDomainClosesEndpointsBeforeTheirCounters(String provider) {
    Pair pair = open(provider);
    Counter start = pair.left.domain.openCounter();
    Counter end = pair.left.domain.openCounter();
    pair.left
        .endpoint
        .deferredWork()
        .send(start, 1, end, pair.leftBuffer, 0, 50, 0, pair.toRight, 7);
    pair.close();
    assertFalse(start.isOpen());
    assertFalse(end.isOpen());
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void anEndpointStaysOpenWhileOthersMayStartItsWork(String provider) {
    try (Pair pair = open(provider)) {
      Domain domain = pair.left.domain;
      Counter start = domain.openCounter();
      Counter end = domain.openCounter();
      Endpoint other;
      try (Discovery found =
          Fabric.discover(Peer.hints(provider).with(Capability.RMA, Capability.DEFERRED_WORK))) {
        other =
            domain
                .prepareEndpoint(found.first(), pair.left.addresses, domain.openCompletionQueue(0))
                .count(start, CounterEvent.SEND)
                .open();
      }
      pair.left
          .endpoint
          .deferredWork()
          .send(start, 1, end, pair.leftBuffer, 0, 50, 0, pair.toRight, 7);
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, pair.left.endpoint::close);
      assertTrue(refused.getMessage().contains("another endpoint"), refused.getMessage());
      assertTrue(pair.left.endpoint.isOpen());
      other.close();
      pair.left.endpoint.close();
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void badArgumentsNeverReachTheProvider(String provider) {
    try (Pair pair = open(provider)) {
      Counter start = pair.left.domain.openCounter();
      Counter end = pair.left.domain.openCounter();
      DeferredWork work = pair.left.endpoint.deferredWork();
      MemorySegment buffer = pair.leftBuffer;
      long to = pair.toRight;
      assertThrows(
          IllegalArgumentException.class, () -> work.send(start, 1, start, buffer, 0, 8, 0, to, 7));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> work.send(start, 1, end, buffer, 1, buffer.byteSize(), 0, to, 7));
      assertThrows(
          IllegalArgumentException.class,
          () -> work.send(start, 1, end, buffer, 0, 8, 0, to + 1, 7));
      assertThrows(IllegalArgumentException.class, () -> work.add(start, 1, end, 0));
      RemoteRegion remote = new RemoteRegion(0, 1, 8);
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> work.write(start, 1, end, buffer, 0, 8, 0, to, remote, 1));
      end.close();
      assertThrows(
          IllegalStateException.class, () -> work.send(start, 1, end, buffer, 0, 8, 0, to, 7));
      pair.left.endpoint.close();
      assertThrows(
          IllegalStateException.class, () -> work.send(start, 1, end, buffer, 0, 8, 0, to, 7));
      assertThrows(IllegalStateException.class, pair.left.endpoint::deferredWork);
    }
  }

  @Test
  void aProviderWithoutSaysSo() {
    FabricUnavailableException none =
        assertThrows(
            FabricUnavailableException.class,
            () -> Fabric.discover(Peer.hints("shm").with(Capability.DEFERRED_WORK)));
    assertTrue(none.getMessage().contains("offers no FI_TRIGGER"), none.getMessage());
    try (Peer peer = Peer.open("shm")) {
      assertThrows(UnsupportedOperationException.class, peer.endpoint::deferredWork);
    }
  }
}
