package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two endpoints in one thread send to each other. */
class PingPongTest {
  private static final int MIB = 1 << 20;

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void everySizeArrives(String provider) {
    try (Pair pair = Pair.open(provider)) {
      int inject = (int) pair.left.info.injectBytes();
      for (int size : new int[] {0, 1, inject - 1, inject, inject + 1, 64 * 1024, MIB}) {
        byte[] there = random(size, size);
        byte[] back = random(size, size + 1);
        assertArrayEquals(there, pair.sendRight(there, 11), provider + " there " + size);
        assertArrayEquals(back, pair.sendLeft(back, 12), provider + " back " + size);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void whatIsInjectedArrivesWithoutCompletionAtTheSender(String provider) {
    try (Pair pair = Pair.open(provider);
        Arena arena = Arena.ofConfined()) {
      long inject = pair.left.info.injectBytes();
      for (long size : new long[] {0, 1, inject}) {
        MemorySegment buffer = arena.allocate(inject);
        pair.right.receive(pair.rightBuffer, size, 21, pair.rightReceive);
        pair.left.inject(pair.right, buffer, size, pair.toRight, 21);
        buffer.fill((byte) 1); // What was injected no longer needs its buffer.
        assertEquals(1, pair.right.await(pair.left));
        assertEquals(size, pair.right.completions.lengthBytes(0));
        assertEquals(0, pair.left.completions.read());
        if (size > 0) {
          assertEquals(0, pair.rightBuffer.get(ValueLayout.JAVA_BYTE, size - 1));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void aCompletionTellsWhatItCompletes(String provider) {
    try (Pair pair = Pair.open(provider)) {
      pair.sendRight(new byte[100], 0x1234_5678_9abcL);
      assertTrue(pair.right.completions.isReceive(0));
      assertEquals(0x1234_5678_9abcL, pair.right.completions.tag(0));
      assertEquals(100, pair.right.completions.lengthBytes(0));
      assertEquals(pair.rightReceive, pair.right.completions.context(0));
      assertEquals(1, OperationContexts.index(pair.rightReceive));
      assertFalse(pair.left.completions.isReceive(0));
      assertEquals(pair.leftSend, pair.left.completions.context(0));
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void aMessageTooLongForItsReceiveIsAnErrorWithText(String provider) {
    try (Pair pair = Pair.open(provider)) {
      pair.right.receive(pair.rightBuffer, 10, 31, pair.rightReceive);
      pair.left.inject(pair.right, pair.leftBuffer, 16, pair.toRight, 31);
      assertEquals(CompletionQueue.FAILED, pair.right.await(pair.left));
      CompletionError error = pair.right.completions.readError();
      assertTrue(error.isTruncation(), error::toString);
      assertTrue(error.toString().contains("Truncation"), error::toString);
      assertEquals(pair.rightReceive, error.context());
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void aReceiveCanBeCancelled(String provider) {
    try (Pair pair = Pair.open(provider)) {
      pair.right.receive(pair.rightBuffer, 10, 41, pair.rightReceive);
      assertTrue(pair.right.endpoint.cancel(pair.rightReceive));
      assertEquals(CompletionQueue.FAILED, pair.right.await(pair.left));
      CompletionError error = pair.right.completions.readError();
      assertTrue(error.isCancellation(), error::toString);
      assertEquals(pair.rightReceive, error.context());
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void memoryCanBeRegistered(String provider) {
    try (Pair pair = Pair.open(provider)) {
      try (MemoryRegion region = pair.left.domain.register(pair.leftBuffer)) {
        assertEquals(pair.leftBuffer, region.memory());
        region.descriptor();
      }
      assertFalse(pair.left.info.needsRegistration(), "no provider of this test needs it");
    }
  }

  private static byte[] random(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
