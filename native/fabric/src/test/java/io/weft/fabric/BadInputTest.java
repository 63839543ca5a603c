package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation on a buffer or with a peer, against buffers and peers that cannot be: an
 * exception each time, and nothing reaches the provider.
 */
class BadInputTest {
  private static final String PROVIDERS = "io.weft.fabric.Peer#oneSidedProviders";

  /** An operation on 8 bytes of a buffer, with a peer. */
  private interface Call {
    void make(MemorySegment buffer, long peer);
  }

  private record Use(String name, boolean writes, boolean namesPeer, Call call) {}

  private final List<Use> uses = new ArrayList<>();
  private Pair pair;

  private void open(String provider) {
    pair = Pair.open(provider, Capability.RMA);
    Endpoint left = pair.left.endpoint;
    Messages untagged = left.messages();
    OneSided rma = left.oneSided();
    Vectored pieces = left.vectored();
    RemoteRegion at =
        pair.right.domain.register(pair.rightBuffer, EnumSet.allOf(Access.class)).remote();
    long own = pair.leftSend;
    sends("send", (b, p) -> left.send(b, 0, 8, 0, p, 1, own));
    sends("inject", (b, p) -> left.inject(b, 0, 8, p, 1));
    receives("receive", (b, p) -> left.receive(b, 0, 8, 0, 1, 0, own));
    sends("untagged send", (b, p) -> untagged.send(b, 0, 8, 0, p, own));
    sends("send of data", (b, p) -> untagged.sendData(b, 0, 8, 0, 1, p, own));
    sends("untagged inject", (b, p) -> untagged.inject(b, 0, 8, p));
    receives("untagged receive", (b, p) -> untagged.receive(b, 0, 8, 0, own));
    uses.add(new Use("read", true, true, (b, p) -> rma.read(b, 0, 8, 0, p, at, 0, own)));
    sends("write", (b, p) -> rma.write(b, 0, 8, 0, p, at, 0, own));
    sends("delivered write", (b, p) -> rma.writeDelivered(b, 0, 8, 0, p, at, 0, own));
    sends("injected write", (b, p) -> rma.inject(b, 0, 8, p, at, 0));
    sends("write of data", (b, p) -> rma.writeData(b, 0, 8, 0, 1, p, at, 0, own));
    sends("vectored send", (b, p) -> pieces.send(vector(b), p, own));
    sends("vectored tagged send", (b, p) -> pieces.sendTagged(vector(b), p, 1, own));
    receives("vectored receive", (b, p) -> pieces.receive(vector(b), own));
    receives("vectored tagged", (b, p) -> pieces.receiveTagged(vector(b), 1, 0, own));
    uses.add(new Use("vectored read", true, true, (b, p) -> pieces.read(vector(b), p, at, 0, own)));
    sends("vectored write", (b, p) -> pieces.write(vector(b), p, at, 0, own));
  }

  private void sends(String name, Call call) {
    uses.add(new Use(name, false, true, call));
  }

  private void receives(String name, Call call) {
    uses.add(new Use(name, true, false, call));
  }

  private static IoVector vector(MemorySegment buffer) {
    return new IoVector(1).add(buffer, 0, 8, 0);
  }

  @AfterEach
  void close() {
    pair.close();
  }

  private void eachThrows(Class<? extends Exception> type, MemorySegment buffer, long peer) {
    for (Use each : uses) {
      assertThrows(type, () -> each.call.make(buffer, peer), each.name);
    }
    nothingWasPosted();
  }

  private void nothingWasPosted() {
    assertEquals(0, pair.left.completions.read());
    assertEquals(0, pair.right.completions.read());
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void buffersThatAreFreedOrOnTheHeapOrTooShort(String provider) {
    open(provider);
    for (Arena arena : List.of(Arena.ofConfined(), Arena.ofShared())) {
      MemorySegment freed = arena.allocate(8);
      arena.close();
      eachThrows(IllegalStateException.class, freed, pair.toRight);
    }
    MemorySegment heap = MemorySegment.ofArray(new byte[8]);
    eachThrows(IllegalArgumentException.class, heap, pair.toRight);
    MemorySegment shorter = pair.leftBuffer.asSlice(0, 7);
    eachThrows(IndexOutOfBoundsException.class, shorter, pair.toRight);
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void buffersThatMayNotBeWritten(String provider) {
    open(provider);
    MemorySegment constant = pair.leftBuffer.asReadOnly();
    for (Use each : uses) {
      if (each.writes) {
        assertThrows(
            IllegalArgumentException.class,
            () -> each.call.make(constant, pair.toRight),
            each.name);
      }
    }
    nothingWasPosted();
  }

  /** Providers look such a number up in memory that is not theirs. */
  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void peersThatTheAddressVectorHasNotGiven(String provider) {
    open(provider);
    for (long peer : new long[] {-1, pair.toRight + 1, 1 << 20, Long.MAX_VALUE, Long.MIN_VALUE}) {
      for (Use each : uses) {
        if (each.namesPeer) {
          IllegalArgumentException refused =
              assertThrows(
                  IllegalArgumentException.class,
                  () -> each.call.make(pair.leftBuffer, peer),
                  each.name);
          assertTrue(refused.getMessage().contains("peer " + peer), refused.getMessage());
        }
      }
    }
    nothingWasPosted();
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void endpointsThatAreClosed(String provider) {
    open(provider);
    pair.left.endpoint.close();
    eachThrows(IllegalStateException.class, pair.leftBuffer, pair.toRight);
  }

  @Test
  void countersQueuesAndRegionsThatAreClosed() {
    pair = Pair.open("shm", Capability.RMA);
    Domain domain = pair.left.domain;
    Counter counter = domain.openCounter();
    MemoryRegion region = domain.register(pair.leftBuffer, EnumSet.allOf(Access.class));
    CompletionQueue queue = domain.openCompletionQueue(0);
    counter.close();
    region.close();
    queue.close();
    assertThrows(IllegalStateException.class, counter::read);
    assertThrows(IllegalStateException.class, counter::readErrors);
    assertThrows(IllegalStateException.class, () -> counter.await(1, 0));
    assertThrows(IllegalStateException.class, () -> counter.add(1));
    assertThrows(IllegalStateException.class, region::descriptor);
    assertThrows(IllegalStateException.class, region::remote);
    assertThrows(IllegalStateException.class, queue::read);
    assertThrows(IllegalStateException.class, queue::readError);
    try (Discovery found = Fabric.discover(Peer.hints("shm"))) {
      FabricInfo info = found.first();
      AddressVector peers = domain.openAddressVector(1);
      assertThrows(IllegalStateException.class, () -> domain.openEndpoint(info, peers, queue));
      peers.close();
      assertThrows(IllegalStateException.class, () -> peers.insert(new byte[16]));
      pair.left.fabric.close();
      assertThrows(IllegalStateException.class, () -> pair.left.fabric.openDomain(info));
    }
  }

  /** Too short, too long, of nothing and of noise: refused, or taken by a provider that copies. */
  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void addressesThatAreNone(String provider) {
    open(provider);
    for (byte[] name : new byte[][] {{}, {1}, new byte[3], new byte[1000]}) {
      try {
        assertTrue(pair.left.addresses.insert(name) >= 0, provider);
      } catch (FabricException refused) {
        assertTrue(refused.getMessage().contains("fi_av_insert"), refused.getMessage());
      }
    }
    nothingWasPosted();
  }
}
