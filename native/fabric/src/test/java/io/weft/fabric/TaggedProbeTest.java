package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks at messages that arrived before they were asked for. */
class TaggedProbeTest {
  private static final String PROVIDERS = "io.weft.fabric.Peer#peekingProviders";
  private static final int LENGTH = 100;
  private static final long TAG = 0x1234_5678L;

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aPeekLeavesTheMessage(String provider) {
    try (Pair pair = Pair.open(provider)) {
      final byte[] data = sendUnexpected(pair, 1);
      for (int i = 0; i < 2; i++) {
        untilFound(pair, () -> pair.right.endpoint.taggedProbe().peek(TAG, 0, pair.rightSend));
        assertEquals(LENGTH, pair.right.completions.lengthBytes(0));
        assertEquals(TAG, pair.right.completions.tag(0));
        assertEquals(pair.rightSend, pair.right.completions.context(0));
      }
      pair.right.receive(pair.rightBuffer, LENGTH, TAG, pair.rightReceive);
      assertEquals(1, awaitRight(pair));
      assertEquals(pair.rightReceive, pair.right.completions.context(0));
      assertArrayEquals(data, received(pair));
      assertNoMessage(pair);
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aClaimedMessageIsKeptForItsClaim(String provider) {
    try (Pair pair = Pair.open(provider)) {
      final byte[] first = sendUnexpected(pair, 1);
      TaggedProbe probe = pair.right.endpoint.taggedProbe();
      untilFound(pair, () -> probe.claim(TAG, 0, pair.rightSend));
      assertEquals(LENGTH, pair.right.completions.lengthBytes(0));
      final byte[] second = sendUnexpected(pair, 2);
      pair.right.receive(pair.rightBuffer, LENGTH, TAG, pair.rightReceive);
      assertEquals(1, awaitRight(pair));
      assertEquals(pair.rightReceive, pair.right.completions.context(0));
      assertArrayEquals(second, received(pair), "the claimed one is passed over");
      assertTrue(probe.receiveClaimed(pair.rightBuffer, 0, LENGTH, 0, TAG, pair.rightSend));
      assertEquals(1, awaitRight(pair));
      assertEquals(pair.rightSend, pair.right.completions.context(0));
      assertArrayEquals(first, received(pair));
      assertNoMessage(pair);
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aDiscardedMessageIsGone(String provider) {
    try (Pair pair = Pair.open(provider)) {
      sendUnexpected(pair, 1);
      untilFound(pair, () -> pair.right.endpoint.taggedProbe().peek(TAG, 0, pair.rightSend));
      pair.right.endpoint.taggedProbe().discard(TAG, 0, pair.rightSend);
      assertEquals(1, awaitRight(pair));
      assertNoMessage(pair);
      final byte[] next = sendUnexpected(pair, 2);
      pair.right.receive(pair.rightBuffer, LENGTH, TAG, pair.rightReceive);
      assertEquals(1, awaitRight(pair));
      assertArrayEquals(next, received(pair));
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void bitsThatAreIgnoredNeedNotAgree(String provider) {
    try (Pair pair = Pair.open(provider)) {
      sendUnexpected(pair, 1);
      TaggedProbe probe = pair.right.endpoint.taggedProbe();
      untilFound(pair, () -> probe.peek(TAG ^ 0xff, 0xff, pair.rightSend));
      assertEquals(TAG, pair.right.completions.tag(0));
      probe.peek(TAG ^ 0xff, 0x7f, pair.rightSend);
      assertEquals(CompletionQueue.FAILED, awaitRight(pair));
      assertTrue(pair.right.completions.readError().isNoMessage());
      MemorySegment constant = pair.rightBuffer.asReadOnly();
      assertThrows(
          IllegalArgumentException.class,
          () -> probe.receiveClaimed(constant, 0, 8, 0, TAG, pair.rightSend));
      pair.right.endpoint.close();
      assertThrows(IllegalStateException.class, () -> probe.peek(TAG, 0, pair.rightSend));
      assertThrows(
          IllegalStateException.class,
          () -> probe.receiveClaimed(pair.rightBuffer, 0, 8, 0, TAG, pair.rightSend));
    }
  }

  @Test
  void shmPeeksFromVersionTwo() {
    UnsupportedOperationException none =
        assertThrows(
            UnsupportedOperationException.class, () -> TaggedProbe.check("shm", 1 << 16 | 17));
    assertTrue(none.getMessage().contains("shm of libfabric 1.17"), none.getMessage());
    assertTrue(none.getMessage().contains("FI_PEEK"), none.getMessage());
    assertDoesNotThrow(() -> TaggedProbe.check("shm", 2 << 16));
    assertDoesNotThrow(() -> TaggedProbe.check("net", 1 << 16 | 17));
  }

  private static byte[] sendUnexpected(Pair pair, int seed) {
    byte[] data = new byte[LENGTH];
    new Random(seed).nextBytes(data);
    MemorySegment.copy(data, 0, pair.leftBuffer, ValueLayout.JAVA_BYTE, 0, LENGTH);
    pair.left.send(pair.right, pair.leftBuffer, LENGTH, pair.toRight, TAG, pair.leftSend);
    Peer.until(
        () -> {
          pair.right.completions.read();
          return pair.left.completions.read() == 1;
        });
    return data;
  }

  /** Asks until the message has arrived. */
  private static void untilFound(Pair pair, Runnable probe) {
    Peer.until(
        () -> {
          probe.run();
          if (awaitRight(pair) == 1) {
            return true;
          }
          CompletionError none = pair.right.completions.readError();
          assertTrue(none.isNoMessage(), none::toString);
          assertEquals(pair.rightSend, none.context());
          return false;
        });
  }

  private static void assertNoMessage(Pair pair) {
    pair.right.endpoint.taggedProbe().peek(TAG, 0, pair.rightSend);
    assertEquals(CompletionQueue.FAILED, awaitRight(pair));
    CompletionError none = pair.right.completions.readError();
    assertTrue(none.isNoMessage(), none::toString);
  }

  private static int awaitRight(Pair pair) {
    int[] count = new int[1];
    Peer.until(
        () -> {
          count[0] = pair.right.completions.read();
          assertEquals(0, pair.left.completions.read());
          return count[0] != 0;
        });
    return count[0];
  }

  private static byte[] received(Pair pair) {
    return pair.rightBuffer.asSlice(0, LENGTH).toArray(ValueLayout.JAVA_BYTE);
  }
}
