package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who closes what, and what happens afterwards. */
class LifecycleTest {
  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void closingTheFabricClosesAllThatWasOpenedThroughIt(String provider) {
    Peer peer = Peer.open(provider);
    peer.fabric.close();
    assertFalse(peer.endpoint.isOpen());
    assertFalse(peer.completions.isOpen());
    assertFalse(peer.addresses.isOpen());
    assertFalse(peer.domain.isOpen());
    peer.fabric.close();
    peer.endpoint.close();
    peer.close();
  }

  @Test
  void whatAnEndpointUsesClosesAfterIt() {
    try (Peer peer = Peer.open("shm")) {
      assertThrows(IllegalStateException.class, peer.completions::close);
      assertThrows(IllegalStateException.class, peer.addresses::close);
      peer.endpoint.close();
      peer.completions.close();
      peer.addresses.close();
    }
  }

  @Test
  void useAfterCloseIsAnException() {
    Peer peer = Peer.open("shm");
    long context = peer.contexts.add();
    peer.close();
    MemorySegment buffer = Arena.ofAuto().allocate(8);
    assertThrows(IllegalStateException.class, peer.completions::read);
    assertThrows(IllegalStateException.class, peer.completions::readError);
    assertThrows(IllegalStateException.class, peer.endpoint::name);
    assertThrows(
        IllegalStateException.class, () -> peer.endpoint.send(buffer, 0, 8, 0, 0, 1, context));
    assertThrows(
        IllegalStateException.class, () -> peer.endpoint.receive(buffer, 0, 8, 0, 1, 0, context));
    assertThrows(IllegalStateException.class, () -> peer.endpoint.inject(buffer, 0, 8, 0, 1));
    assertThrows(IllegalStateException.class, () -> peer.endpoint.cancel(context));
    assertThrows(IllegalStateException.class, () -> peer.addresses.insert(new byte[16]));
    assertThrows(IllegalStateException.class, () -> peer.domain.register(buffer));
    assertThrows(IllegalStateException.class, () -> peer.domain.openCompletionQueue(0));
    assertThrows(IllegalStateException.class, () -> peer.contexts.add());
  }

  @Test
  void buffersAreChecked() {
    try (Peer peer = Peer.open("shm")) {
      long context = peer.contexts.add();
      MemorySegment buffer = Arena.ofAuto().allocate(8);
      MemorySegment heap = MemorySegment.ofArray(new byte[8]);
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> peer.endpoint.send(buffer, 1, 8, 0, 0, 1, context));
      assertThrows(
          IllegalArgumentException.class, () -> peer.endpoint.send(heap, 0, 8, 0, 0, 1, context));
      assertThrows(
          IllegalArgumentException.class,
          () -> peer.endpoint.receive(buffer.asReadOnly(), 0, 8, 0, 1, 0, context));
      assertThrows(IllegalArgumentException.class, () -> peer.domain.register(heap));
      MemorySegment longest = Arena.ofAuto().allocate(peer.info.injectBytes() + 1);
      assertThrows(
          IllegalArgumentException.class,
          () -> peer.endpoint.inject(longest, 0, longest.byteSize(), 0, 1));
      Arena arena = Arena.ofConfined();
      MemorySegment freed = arena.allocate(8);
      arena.close();
      assertThrows(
          IllegalStateException.class, () -> peer.endpoint.send(freed, 0, 8, 0, 0, 1, context));
    }
  }

  @Test
  void otherThreadsAreTurnedAway() throws InterruptedException {
    try (Peer peer = Peer.open("shm")) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread other =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      peer.completions.read();
                    } catch (RuntimeException e) {
                      thrown.set(e);
                    }
                  });
      other.join();
      assertEquals(WrongThreadException.class, thrown.get().getClass());
      assertTrue(peer.endpoint.isOpen());
    }
  }

  @Test
  void contextsKeepTheirNumbers() {
    try (OperationContexts contexts = new OperationContexts()) {
      for (int i = 0; i < 1000; i++) {
        assertEquals(i, OperationContexts.index(contexts.add()));
      }
    }
  }
}
