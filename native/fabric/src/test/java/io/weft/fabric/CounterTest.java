package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counters of each kind of event, read and waited for. */
class CounterTest {
  private static final Set<Access> ALL = EnumSet.allOf(Access.class);
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int ROUNDS = 5;

  /** A peer with a counter for each of some events. */
  private static final class Counted {
    final Map<CounterEvent, Counter> counters = new EnumMap<>(CounterEvent.class);
    final Peer peer;

    Counted(FabricHints hints, boolean waitable, CounterEvent... events) {
      peer =
          Peer.open(
              hints,
              setup -> {
                Domain domain = setup.domain();
                for (CounterEvent each : events) {
                  Counter counter = waitable ? domain.openWaitableCounter() : domain.openCounter();
                  counters.put(each, counter);
                  setup.count(counter, each);
                }
              });
    }

    long read(CounterEvent event) {
      return counters.get(event).read();
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void messagesAreCounted(String provider) {
    FabricHints hints = Peer.hints(provider);
    Counted left = new Counted(hints, false, CounterEvent.SEND, CounterEvent.RECEIVE);
    Counted right = new Counted(hints, false, CounterEvent.SEND, CounterEvent.RECEIVE);
    try (Pair pair = Pair.of(left.peer, right.peer)) {
      for (int i = 1; i <= ROUNDS; i++) {
        pair.sendRight(new byte[i * 1000], 1);
        int sent = i;
        Peer.until(() -> left.read(CounterEvent.SEND) >= sent);
        Peer.until(() -> right.read(CounterEvent.RECEIVE) >= sent);
        assertEquals(i, left.read(CounterEvent.SEND));
        assertEquals(i, right.read(CounterEvent.RECEIVE));
      }
      assertEquals(0, left.read(CounterEvent.RECEIVE));
      assertEquals(0, right.read(CounterEvent.SEND));
      pair.sendLeft(new byte[10], 2);
      Peer.until(() -> left.read(CounterEvent.RECEIVE) >= 1);
      assertEquals(ROUNDS, left.read(CounterEvent.SEND));
      assertEquals(0, left.counters.get(CounterEvent.SEND).readErrors());
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#oneSidedProviders")
  void readsAndWritesAreCounted(String provider) {
    FabricHints hints = Peer.hints(provider).with(Capability.RMA);
    Counted left = new Counted(hints, false, CounterEvent.READ, CounterEvent.WRITE);
    try (Pair pair = Pair.of(left.peer, Peer.open(provider, Capability.RMA))) {
      RemoteRegion remote = pair.right.domain.register(pair.rightBuffer, ALL).remote();
      for (int i = 1; i <= ROUNDS; i++) {
        operate(pair, remote, true);
        operate(pair, remote, false);
        operate(pair, remote, false);
        int done = i;
        Peer.until(() -> left.read(CounterEvent.WRITE) >= done);
        Peer.until(() -> left.read(CounterEvent.READ) >= 2 * done);
        assertEquals(i, left.read(CounterEvent.WRITE));
        assertEquals(2 * i, left.read(CounterEvent.READ));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#eventProviders")
  void whatPeersDoIsCounted(String provider) {
    FabricHints hints = Peer.hints(provider).with(Capability.RMA, Capability.RMA_EVENTS);
    Counted right = new Counted(hints, false, CounterEvent.REMOTE_READ, CounterEvent.REMOTE_WRITE);
    try (Pair pair = Pair.of(Peer.open(hints, setup -> {}), right.peer)) {
      RemoteRegion remote = pair.right.domain.register(pair.rightBuffer, ALL).remote();
      if (provider.equals("net")) {
        System.out.println("[skipped] net counts neither reads nor writes without data of peers");
        OneSided left = pair.left.endpoint.oneSided();
        operate(pair, remote, true);
        left.writeData(pair.leftBuffer, 0, 100, 0, 5, pair.toRight, remote, 0, pair.leftSend);
        Peer.awaitBoth(pair.left, pair.right);
        Peer.until(() -> right.read(CounterEvent.REMOTE_WRITE) >= 1);
        return;
      }
      for (int i = 1; i <= ROUNDS; i++) {
        operate(pair, remote, true);
        operate(pair, remote, true);
        operate(pair, remote, false);
        int done = i;
        Peer.until(() -> right.read(CounterEvent.REMOTE_WRITE) >= 2 * done);
        Peer.until(() -> right.read(CounterEvent.REMOTE_READ) >= done);
        assertEquals(2 * i, right.read(CounterEvent.REMOTE_WRITE));
        assertEquals(i, right.read(CounterEvent.REMOTE_READ));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void oneCounterMayCountSeveralThings(String provider) {
    Counter[] both = new Counter[1];
    Peer left =
        Peer.open(
            Peer.hints(provider),
            setup -> {
              both[0] = setup.domain().openCounter();
              setup.count(both[0], CounterEvent.SEND, CounterEvent.RECEIVE);
            });
    try (Pair pair = Pair.of(left, Peer.open(provider))) {
      pair.sendRight(new byte[10], 1);
      pair.sendLeft(new byte[10], 1);
      Peer.until(() -> both[0].read() >= 2);
      assertEquals(2, both[0].read());
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void waitingEndsWithTheTimeOrTheCount(String provider) {
    for (boolean waitable : new boolean[] {false, true}) {
      FabricHints hints = Peer.hints(provider);
      Counted right;
      try {
        right = new Counted(hints, waitable, CounterEvent.RECEIVE);
      } catch (UnsupportedOperationException none) {
        assertTrue(none.getMessage().contains(provider), none.getMessage());
        System.out.println("[skipped] " + none.getMessage());
        continue;
      }
      try (Pair pair = Pair.of(Peer.open(provider), right.peer)) {
        Counter received = right.counters.get(CounterEvent.RECEIVE);
        long start = System.nanoTime();
        assertFalse(received.await(1, 50_000_000));
        long waited = System.nanoTime() - start;
        assertTrue(waited >= 45_000_000, provider + " waited " + waited + " ns");
        assertTrue(received.await(0, 0), provider);
        pair.sendRight(new byte[10], 1);
        assertTrue(received.await(1, 20 * SECOND_NANOS), provider);
        assertFalse(received.await(2, 0), provider);
        assertThrows(IllegalArgumentException.class, () -> received.await(1, -1));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void whatFailsIsCountedApart(String provider) {
    Counted right = new Counted(Peer.hints(provider), false, CounterEvent.RECEIVE);
    try (Pair pair = Pair.of(Peer.open(provider), right.peer)) {
      pair.right.receive(pair.rightBuffer, 10, 31, pair.rightReceive);
      pair.left.inject(pair.right, pair.leftBuffer, 16, pair.toRight, 31);
      assertEquals(CompletionQueue.FAILED, pair.right.await(pair.left));
      assertTrue(pair.right.completions.readError().isTruncation());
      Counter received = right.counters.get(CounterEvent.RECEIVE);
      assertEquals(0, received.read());
      if (provider.equals("shm")) {
        System.out.println("[skipped] shm counts no operation that fails");
        return;
      }
      Peer.until(() -> received.readErrors() == 1);
      assertEquals(0, received.read());
    }
  }

  @Test
  void aCounterClosesAfterItsEndpoint() {
    Counted counted = new Counted(Peer.hints("shm"), false, CounterEvent.SEND);
    try (Peer peer = counted.peer) {
      Counter counter = counted.counters.get(CounterEvent.SEND);
      assertThrows(IllegalStateException.class, counter::close);
      peer.endpoint.close();
      counter.close();
      assertThrows(IllegalStateException.class, counter::read);
      assertThrows(IllegalStateException.class, counter::readErrors);
      assertThrows(IllegalStateException.class, () -> counter.await(1, 0));
    }
  }

  @Test
  void eventsThatWereNotAskedForAreAnException() {
    FabricHints hints = Peer.hints("shm").with(Capability.RMA);
    UnsupportedOperationException missing =
        assertThrows(
            UnsupportedOperationException.class,
            () -> new Counted(Peer.hints("shm"), false, CounterEvent.WRITE));
    assertTrue(missing.getMessage().contains("shm"), missing.getMessage());
    assertTrue(missing.getMessage().contains("FI_RMA"), missing.getMessage());
    assertTrue(hints.toString().contains("FI_RMA"), hints::toString);
  }

  private static void operate(Pair pair, RemoteRegion remote, boolean writes) {
    OneSided left = pair.left.endpoint.oneSided();
    Peer.until(
        () -> {
          pair.right.completions.read();
          assertEquals(0, pair.left.completions.read());
          return writes
              ? left.write(pair.leftBuffer, 0, 100, 0, pair.toRight, remote, 0, pair.leftSend)
              : left.read(pair.leftBuffer, 0, 100, 0, pair.toRight, remote, 0, pair.leftSend);
        });
    Peer.until(
        () -> {
          pair.right.completions.read();
          return pair.left.completions.read() == 1;
        });
  }
}
