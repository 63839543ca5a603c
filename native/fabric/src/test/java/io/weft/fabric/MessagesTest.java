package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages without tags between two endpoints in one thread. */
class MessagesTest {
  private static final String PROVIDERS = "io.weft.fabric.Peer#providers";
  private static final int MIB = 1 << 20;

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void everySizeArrivesInTheReceiveThatWasPostedFirst(String provider) {
    try (Pair pair = Pair.open(provider)) {
      Messages left = pair.left.endpoint.messages();
      int inject = (int) pair.left.info.injectBytes();
      for (int size : new int[] {0, 1, inject, inject + 1, 64 * 1024, MIB}) {
        byte[] data = random(size);
        MemorySegment.copy(data, 0, pair.leftBuffer, ValueLayout.JAVA_BYTE, 0, size);
        receive(pair, size);
        post(pair, () -> left.send(pair.leftBuffer, 0, size, 0, pair.toRight, pair.leftSend));
        Peer.awaitBoth(pair.left, pair.right);
        assertEquals(pair.rightReceive, pair.right.completions.context(0));
        assertTrue(pair.right.completions.isReceive(0));
        assertEquals(size, pair.right.completions.lengthBytes(0));
        assertArrayEquals(data, bytes(pair.rightBuffer, size), provider + " " + size);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aMessageCarriesDataToItsCompletion(String provider) {
    try (Pair pair = Pair.open(provider)) {
      Messages left = pair.left.endpoint.messages();
      int carried = pair.left.info.completionDataBytes();
      long data = 0xfedc_ba98_7654_3210L >>> 8 * (Long.BYTES - carried);
      receive(pair, 100);
      post(
          pair, () -> left.sendData(pair.leftBuffer, 0, 100, 0, data, pair.toRight, pair.leftSend));
      Peer.awaitBoth(pair.left, pair.right);
      assertTrue(pair.right.completions.hasData(0), provider);
      assertEquals(data, pair.right.completions.data(0), provider);
      assertEquals(100, pair.right.completions.lengthBytes(0), provider);
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void whatIsInjectedNeedsNoBufferAfterwards(String provider) {
    try (Pair pair = Pair.open(provider)) {
      Messages left = pair.left.endpoint.messages();
      int size = (int) pair.left.info.injectBytes();
      byte[] data = random(size);
      MemorySegment.copy(data, 0, pair.leftBuffer, ValueLayout.JAVA_BYTE, 0, size);
      receive(pair, size);
      post(pair, () -> left.inject(pair.leftBuffer, 0, size, pair.toRight));
      pair.leftBuffer.fill((byte) 0);
      assertEquals(1, pair.right.await(pair.left));
      assertArrayEquals(data, bytes(pair.rightBuffer, size), provider);
      assertEquals(0, pair.left.completions.read());
      assertThrows(
          IllegalArgumentException.class,
          () -> left.inject(pair.leftBuffer, 0, size + 1L, pair.toRight));
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void taggedAndUntaggedNeverMeet(String provider) {
    try (Pair pair = Pair.open(provider)) {
      long tagged = pair.right.contexts.add();
      pair.right.receive(pair.rightBuffer, 64, 0, tagged);
      receive(pair, 64);
      Messages left = pair.left.endpoint.messages();
      post(pair, () -> left.inject(pair.leftBuffer, 0, 10, pair.toRight));
      assertEquals(1, pair.right.await(pair.left));
      assertEquals(pair.rightReceive, pair.right.completions.context(0), provider);
      assertEquals(10, pair.right.completions.lengthBytes(0), provider);
      pair.left.inject(pair.right, pair.leftBuffer, 20, pair.toRight, 0);
      assertEquals(1, pair.right.await(pair.left));
      assertEquals(tagged, pair.right.completions.context(0), provider);
      assertEquals(20, pair.right.completions.lengthBytes(0), provider);
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aReceiveCanBeCancelledOrBeTooShort(String provider) {
    try (Pair pair = Pair.open(provider)) {
      receive(pair, 10);
      assertTrue(pair.right.endpoint.cancel(pair.rightReceive));
      assertEquals(CompletionQueue.FAILED, pair.right.await(pair.left));
      CompletionError cancelled = pair.right.completions.readError();
      assertTrue(cancelled.isCancellation(), cancelled::toString);
      assertEquals(pair.rightReceive, cancelled.context());
      receive(pair, 10);
      Messages left = pair.left.endpoint.messages();
      post(pair, () -> left.inject(pair.leftBuffer, 0, 16, pair.toRight));
      assertEquals(CompletionQueue.FAILED, pair.right.await(pair.left));
      CompletionError truncated = pair.right.completions.readError();
      assertTrue(truncated.isTruncation(), truncated::toString);
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void badArgumentsNeverReachTheProvider(String provider) {
    try (Pair pair = Pair.open(provider)) {
      Messages left = pair.left.endpoint.messages();
      MemorySegment buffer = pair.leftBuffer;
      MemorySegment heap = MemorySegment.ofArray(new byte[8]);
      long to = pair.toRight;
      long context = pair.leftSend;
      Arena arena = Arena.ofConfined();
      MemorySegment freed = arena.allocate(8);
      arena.close();
      assertThrows(
          IndexOutOfBoundsException.class, () -> left.send(buffer, 1, MIB, 0, to, context));
      assertThrows(IllegalArgumentException.class, () -> left.send(heap, 0, 8, 0, to, context));
      assertThrows(IllegalStateException.class, () -> left.send(freed, 0, 8, 0, to, context));
      assertThrows(
          IllegalArgumentException.class,
          () -> left.receive(buffer.asReadOnly(), 0, 8, 0, context));
      pair.left.endpoint.close();
      assertThrows(IllegalStateException.class, () -> left.send(buffer, 0, 8, 0, to, context));
      assertThrows(IllegalStateException.class, () -> left.inject(buffer, 0, 8, to));
      assertThrows(IllegalStateException.class, () -> left.receive(buffer, 0, 8, 0, context));
      assertThrows(IllegalStateException.class, pair.left.endpoint::messages);
    }
  }

  private static void receive(Pair pair, long capacity) {
    Messages right = pair.right.endpoint.messages();
    Peer.until(() -> right.receive(pair.rightBuffer, 0, capacity, 0, pair.rightReceive));
  }

  private static void post(Pair pair, BooleanSupplier operation) {
    Peer.until(
        () -> {
          boolean posted = operation.getAsBoolean();
          if (!posted) {
            assertEquals(0, pair.left.completions.read());
            assertEquals(0, pair.right.completions.read());
          }
          return posted;
        });
  }

  private static byte[] bytes(MemorySegment from, int length) {
    return from.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
