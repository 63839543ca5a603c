package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two endpoints that take their receives from one pool, and a third that sends to both. */
class SharedReceiveTest {
  private static final String PROVIDERS = "io.weft.fabric.Peer#sharedReceiveProviders";
  private static final int RECEIVES = 8;
  private static final int LONGEST = 4096;

  /** Both with the context; the peer has the first of the two. */
  private static final class Sharing implements AutoCloseable {
    final Arena arena = Arena.ofConfined();
    final MemorySegment pool = arena.allocate(RECEIVES * LONGEST, 64);
    final MemorySegment out = arena.allocate(LONGEST, 64);
    final SharedReceiveContext[] context = new SharedReceiveContext[1];
    final Peer peer;
    final CompletionQueue secondCompletions;
    final Endpoint second;
    final Peer sender;
    final long[] to = new long[2];
    final long[] receives = new long[RECEIVES];

    Sharing(String provider) {
      peer =
          Peer.open(
              Peer.hints(provider).with(Capability.SHARED_RECEIVE),
              setup -> {
                context[0] = setup.domain().openSharedReceiveContext();
                setup.receiveFrom(context[0]);
              });
      secondCompletions = peer.domain.openCompletionQueue(0);
      try (Discovery found =
          Fabric.discover(Peer.hints(provider).with(Capability.SHARED_RECEIVE))) {
        second =
            peer.domain
                .prepareEndpoint(found.first(), peer.addresses, secondCompletions)
                .receiveFrom(context[0])
                .open();
      }
      sender = Peer.open(provider);
      to[0] = sender.addresses.insert(peer.endpoint.name());
      to[1] = sender.addresses.insert(second.name());
      for (int i = 0; i < RECEIVES; i++) {
        receives[i] = peer.contexts.add();
      }
    }

    @Override
    public void close() {
      sender.close();
      peer.close();
      arena.close();
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void onePoolServesBothEndpoints(String provider) {
    try (Sharing all = new Sharing(provider)) {
      for (boolean tagged : new boolean[] {true, false}) {
        for (int i = 0; i < RECEIVES; i++) {
          int at = i * LONGEST;
          long context = all.receives[i];
          Peer.until(
              () ->
                  tagged
                      ? all.context[0].receiveTagged(all.pool, at, LONGEST, 0, 5, 0, context)
                      : all.context[0].receive(all.pool, at, LONGEST, 0, context));
        }
        Set<Long> used = new HashSet<>();
        for (int i = 0; i < RECEIVES; i++) {
          int target = i % 2;
          int length = 100 + 400 * i;
          all.out.fill((byte) (i + 1));
          long context = all.sender.contexts.add();
          Endpoint from = all.sender.endpoint;
          Peer.until(
              () ->
                  tagged
                      ? from.send(all.out, 0, length, 0, all.to[target], 5, context)
                      : from.messages().send(all.out, 0, length, 0, all.to[target], context));
          CompletionQueue own = target == 0 ? all.peer.completions : all.secondCompletions;
          CompletionQueue other = target == 0 ? all.secondCompletions : all.peer.completions;
          Peer.until(
              () -> {
                assertEquals(0, other.read(), "at the endpoint that it was sent to");
                return own.read() == 1;
              });
          assertTrue(own.isReceive(0));
          assertEquals(length, own.lengthBytes(0));
          assertTrue(used.add(own.context(0)), "each receive once");
          int place = OperationContexts.index(own.context(0));
          int first = OperationContexts.index(all.receives[0]);
          MemorySegment there = all.pool.asSlice((place - first) * (long) LONGEST, LONGEST);
          assertEquals((byte) (i + 1), there.get(ValueLayout.JAVA_BYTE, length - 1));
          Peer.until(() -> all.sender.completions.read() == 1);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void itClosesAfterTheEndpointsThatUseIt(String provider) {
    try (Sharing all = new Sharing(provider)) {
      SharedReceiveContext context = all.context[0];
      assertThrows(IllegalStateException.class, context::close);
      all.peer.endpoint.close();
      assertThrows(IllegalStateException.class, context::close);
      all.second.close();
      MemorySegment constant = all.pool.asReadOnly();
      assertThrows(IllegalArgumentException.class, () -> context.receive(constant, 0, 8, 0, 1));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> context.receive(all.pool, 1, all.pool.byteSize(), 0, 1));
      context.close();
      assertThrows(IllegalStateException.class, () -> context.receive(all.pool, 0, 8, 0, 1));
      assertThrows(
          IllegalStateException.class, () -> context.receiveTagged(all.pool, 0, 8, 0, 1, 0, 1));
      assertThrows(IllegalStateException.class, () -> context.cancel(1));
    }
  }

  @Test
  void aProviderWithoutSaysSo() {
    FabricUnavailableException none =
        assertThrows(
            FabricUnavailableException.class,
            () -> Fabric.discover(Peer.hints("shm").with(Capability.SHARED_RECEIVE)));
    assertTrue(none.getMessage().contains("offers no FI_SHARED_CONTEXT"), none.getMessage());
    try (Peer peer = Peer.open("shm")) {
      UnsupportedOperationException refused =
          assertThrows(UnsupportedOperationException.class, peer.domain::openSharedReceiveContext);
      assertTrue(refused.getMessage().contains("SHARED_RECEIVE"), refused.getMessage());
    }
  }
}
