package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One receive for several messages, between two endpoints in one thread. */
class MultiReceiveTest {
  private static final String PROVIDERS = "io.weft.fabric.Peer#multiReceiveProviders";
  private static final int CAPACITY = 1000;
  private static final int LEAST = 256;

  private static Peer peer(String provider) {
    return Peer.open(
        Peer.hints(provider).with(Capability.MULTI_RECEIVE),
        setup -> setup.option(EndpointOption.MIN_MULTI_RECEIVE, LEAST));
  }

  /** Random lengths, three buffers in turn: each byte where the completion says, in order. */
  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void messagesLieBehindEachOther(String provider) {
    try (Pair pair = Pair.of(peer(provider), peer(provider))) {
      Messages left = pair.left.endpoint.messages();
      Messages right = pair.right.endpoint.messages();
      Random random = new Random(11);
      int released = 0;
      long expected = pair.rightBuffer.address();
      receive(right, pair);
      for (int i = 0; i < 40; i++) {
        byte[] data = new byte[1 + random.nextInt(LEAST)];
        random.nextBytes(data);
        MemorySegment.copy(data, 0, pair.leftBuffer, ValueLayout.JAVA_BYTE, 0, data.length);
        Peer.until(
            () -> {
              boolean posted =
                  left.send(pair.leftBuffer, 0, data.length, 0, pair.toRight, pair.leftSend);
              if (!posted) {
                pair.left.completions.read();
                assertEquals(0, pair.right.completions.read());
              }
              return posted;
            });
        boolean[] ended = {false};
        long[] at = {0};
        Peer.until(() -> take(pair, data, at, ended));
        assertEquals(expected, at[0], provider + " message " + i);
        expected += data.length;
        boolean full = expected - pair.rightBuffer.address() > CAPACITY - LEAST;
        if (full) {
          Peer.until(() -> ended[0] || takeRelease(pair, ended));
          released++;
          expected = pair.rightBuffer.address();
          receive(right, pair);
        } else {
          assertFalse(ended[0], provider + " message " + i);
        }
      }
      assertTrue(released > 3, provider);
    }
  }

  private static void receive(Messages right, Pair pair) {
    Peer.until(() -> right.receiveMany(pair.rightBuffer, 0, CAPACITY, 0, pair.rightReceive));
  }

  private static boolean take(Pair pair, byte[] data, long[] at, boolean[] ended) {
    pair.left.completions.read();
    CompletionQueue found = pair.right.completions;
    int count = found.read();
    assertTrue(count >= 0, "no failure");
    for (int i = 0; i < count; i++) {
      assertEquals(pair.rightReceive, found.context(i));
      ended[0] |= found.isReleased(i);
      if (found.isReceive(i)) {
        at[0] = found.address(i);
        assertEquals(data.length, found.lengthBytes(i));
        long offset = at[0] - pair.rightBuffer.address();
        byte[] there = pair.rightBuffer.asSlice(offset, data.length).toArray(ValueLayout.JAVA_BYTE);
        assertArrayEquals(data, there);
      }
    }
    return at[0] != 0;
  }

  private static boolean takeRelease(Pair pair, boolean[] ended) {
    if (pair.right.completions.read() > 0) {
      assertFalse(pair.right.completions.isReceive(0));
      ended[0] = pair.right.completions.isReleased(0);
    }
    return ended[0];
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void badArgumentsNeverReachTheProvider(String provider) {
    try (Pair pair = Pair.of(peer(provider), Peer.open(provider))) {
      Messages left = pair.left.endpoint.messages();
      MemorySegment buffer = pair.leftBuffer;
      long context = pair.leftReceive;
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> left.receiveMany(buffer, 1, buffer.byteSize(), 0, context));
      assertThrows(
          IllegalArgumentException.class,
          () -> left.receiveMany(buffer.asReadOnly(), 0, 8, 0, context));
      Arena arena = Arena.ofConfined();
      MemorySegment freed = arena.allocate(8);
      arena.close();
      assertThrows(IllegalStateException.class, () -> left.receiveMany(freed, 0, 8, 0, context));
      Messages right = pair.right.endpoint.messages();
      if (!pair.right.info.has(Capability.MULTI_RECEIVE)) {
        UnsupportedOperationException none =
            assertThrows(
                UnsupportedOperationException.class,
                () -> right.receiveMany(pair.rightBuffer, 0, 8, 0, pair.rightReceive));
        assertTrue(none.getMessage().contains("FI_MULTI_RECV"), none.getMessage());
      }
      pair.left.endpoint.close();
      assertThrows(IllegalStateException.class, () -> left.receiveMany(buffer, 0, 8, 0, context));
    }
  }
}
