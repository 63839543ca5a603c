package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.Allocations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages, reads and writes of several pieces of memory, between two endpoints in one thread. */
class VectoredTest {
  private static final String PROVIDERS = "io.weft.fabric.Peer#oneSidedProviders";

  /** Where pieces begin in a buffer; no two touch. */
  private static final int APART = 256 * 1024;

  private static Pair open(String provider) {
    return Pair.open(provider, Capability.RMA);
  }

  /** Lengths of pieces, and how the same bytes are cut at the other side. */
  private static int[][][] cuts(int most) {
    int[] even = new int[most];
    int[] odd = new int[most];
    Arrays.fill(even, 1024);
    Arrays.fill(odd, 1000);
    odd[most - 1] = most * 1024 - (most - 1) * 1000;
    return new int[][][] {
      {{1}, {1}},
      {{3, 5}, {8}},
      {{8}, {5, 3}},
      {even, odd},
      {{40_000, 60_000}, {70_000, 30_000}},
    };
  }

  private static IoVector pieces(MemorySegment buffer, int[] lengths) {
    IoVector vector = new IoVector(lengths.length);
    for (int i = 0; i < lengths.length; i++) {
      vector.add(buffer, start(i, buffer), lengths[i], 0);
    }
    return vector;
  }

  private static long start(int piece, MemorySegment buffer) {
    return piece * Math.min(APART, buffer.byteSize() / 8) + 1L;
  }

  private static void fill(MemorySegment buffer, int[] lengths, byte[] data) {
    int at = 0;
    for (int i = 0; i < lengths.length; i++) {
      MemorySegment.copy(data, at, buffer, ValueLayout.JAVA_BYTE, start(i, buffer), lengths[i]);
      at += lengths[i];
    }
    assertEquals(data.length, at);
  }

  private static byte[] gather(MemorySegment buffer, int[] lengths, int total) {
    byte[] data = new byte[total];
    int at = 0;
    for (int i = 0; i < lengths.length; i++) {
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, start(i, buffer), data, at, lengths[i]);
      at += lengths[i];
    }
    return data;
  }

  private static byte[] random(int[] lengths) {
    int total = 0;
    for (int each : lengths) {
      total += each;
    }
    byte[] data = new byte[total];
    new Random(total).nextBytes(data);
    return data;
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void messagesArriveHoweverTheyAreCut(String provider) {
    try (Pair pair = open(provider)) {
      Vectored left = pair.left.endpoint.vectored();
      Vectored right = pair.right.endpoint.vectored();
      assertTrue(pair.left.info.vectorEntries() >= 2, provider);
      for (int[][] cut : cuts(pair.left.info.vectorEntries())) {
        byte[] data = random(cut[0]);
        for (boolean tagged : new boolean[] {false, true}) {
          fill(pair.leftBuffer, cut[0], data);
          pair.rightBuffer.fill((byte) 0);
          IoVector from = pieces(pair.leftBuffer, cut[0]);
          IoVector to = pieces(pair.rightBuffer, cut[1]);
          assertEquals(data.length, from.lengthBytes());
          Peer.until(
              () ->
                  tagged
                      ? right.receiveTagged(to, 7, 0, pair.rightReceive)
                      : right.receive(to, pair.rightReceive));
          post(
              pair,
              () ->
                  tagged
                      ? left.sendTagged(from, pair.toRight, 7, pair.leftSend)
                      : left.send(from, pair.toRight, pair.leftSend));
          from.clear();
          to.clear();
          Peer.awaitBoth(pair.left, pair.right);
          assertEquals(data.length, pair.right.completions.lengthBytes(0), provider);
          assertArrayEquals(data, gather(pair.rightBuffer, cut[1], data.length), provider);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void writesAndReadsGatherAndScatter(String provider) {
    try (Pair pair = open(provider)) {
      EnumSet<Access> all = EnumSet.allOf(Access.class);
      RemoteRegion remote = pair.right.domain.register(pair.rightBuffer, all).remote();
      Vectored left = pair.left.endpoint.vectored();
      for (int[][] cut : cuts(pair.left.info.vectorEntries())) {
        byte[] data = random(cut[0]);
        fill(pair.leftBuffer, cut[0], data);
        pair.rightBuffer.fill((byte) 0);
        IoVector from = pieces(pair.leftBuffer, cut[0]);
        post(pair, () -> left.write(from, pair.toRight, remote, 64, pair.leftSend));
        awaitLeft(pair);
        // The completion says that the data have left: they arrive while both make progress.
        MemorySegment wanted = MemorySegment.ofArray(data);
        Peer.until(
            () ->
                poll(pair) == 0 && pair.rightBuffer.asSlice(64, data.length).mismatch(wanted) < 0);
        pair.leftBuffer.fill((byte) 0);
        IoVector to = pieces(pair.leftBuffer, cut[1]);
        post(pair, () -> left.read(to, pair.toRight, remote, 64, pair.leftSend));
        awaitLeft(pair);
        assertArrayEquals(data, gather(pair.leftBuffer, cut[1], data.length), provider);
      }
      IoVector beyond = new IoVector(1).add(pair.leftBuffer, 0, 10, 0);
      long end = pair.rightBuffer.byteSize();
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> left.write(beyond, pair.toRight, remote, end - 9, pair.leftSend));
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void aMessageLongerThanAllPiecesIsAnError(String provider) {
    try (Pair pair = open(provider)) {
      IoVector to = pieces(pair.rightBuffer, new int[] {4, 4});
      Vectored right = pair.right.endpoint.vectored();
      Peer.until(() -> right.receiveTagged(to, 7, 0, pair.rightReceive));
      pair.left.inject(pair.right, pair.leftBuffer, 9, pair.toRight, 7);
      assertEquals(CompletionQueue.FAILED, pair.right.await(pair.left));
      CompletionError error = pair.right.completions.readError();
      assertTrue(error.isTruncation(), error::toString);
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void badArgumentsNeverReachTheProvider(String provider) {
    try (Pair pair = open(provider)) {
      Vectored left = pair.left.endpoint.vectored();
      int most = pair.left.info.vectorEntries();
      IoVector tooMany = pieces(pair.leftBuffer, new int[most + 1]);
      assertThrows(
          IllegalArgumentException.class, () -> left.send(tooMany, pair.toRight, pair.leftSend));
      IoVector none = new IoVector(2);
      assertThrows(IllegalArgumentException.class, () -> left.receive(none, pair.leftReceive));
      IoVector constant = new IoVector(1).add(pair.leftBuffer.asReadOnly(), 0, 8, 0);
      assertThrows(IllegalArgumentException.class, () -> left.receive(constant, pair.leftReceive));
      assertThrows(
          IllegalArgumentException.class,
          () -> left.receiveTagged(constant, 1, 0, pair.leftReceive));
      IoVector full = new IoVector(1).add(pair.leftBuffer, 0, 8, 0);
      assertThrows(IndexOutOfBoundsException.class, () -> full.add(pair.leftBuffer, 0, 8, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> none.add(pair.leftBuffer, 1 << 20, 1, 0));
      assertThrows(
          IllegalArgumentException.class,
          () -> none.add(MemorySegment.ofArray(new byte[8]), 0, 8, 0));
      assertThrows(IllegalArgumentException.class, () -> new IoVector(0));
      assertThrows(
          IllegalArgumentException.class, () -> left.send(full, pair.toRight + 1, pair.leftSend));
      Arena arena = Arena.ofConfined();
      IoVector freed = new IoVector(1).add(arena.allocate(8), 0, 8, 0);
      arena.close();
      assertThrows(
          IllegalStateException.class, () -> left.send(freed, pair.toRight, pair.leftSend));
      assertThrows(
          IllegalStateException.class, () -> left.receiveTagged(freed, 1, 0, pair.leftReceive));
      pair.left.endpoint.close();
      assertThrows(IllegalStateException.class, () -> left.send(full, pair.toRight, pair.leftSend));
      assertThrows(IllegalStateException.class, pair.left.endpoint::vectored);
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void nothingIsAllocated(String provider) {
    try (Pair pair = open(provider)) {
      Vectored left = pair.left.endpoint.vectored();
      Vectored right = pair.right.endpoint.vectored();
      IoVector from = new IoVector(2);
      IoVector to = new IoVector(2);
      Runnable exchange =
          () -> {
            from.clear().add(pair.leftBuffer, 0, 8, 0).add(pair.leftBuffer, 64, 8, 0);
            to.clear().add(pair.rightBuffer, 0, 4, 0).add(pair.rightBuffer, 64, 12, 0);
            while (!right.receiveTagged(to, 7, 0, pair.rightReceive)) {
              poll(pair);
            }
            while (!left.sendTagged(from, pair.toRight, 7, pair.leftSend)) {
              poll(pair);
            }
            int completions = 0;
            while (completions < 2) {
              completions += poll(pair);
            }
          };
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 10 && least > 0; i++) {
        least = Math.min(least, Allocations.total(i == 0 ? 20_000 : 0, 2_000, exchange));
      }
      assertEquals(0, least, provider);
    }
  }

  private static int poll(Pair pair) {
    return pair.left.completions.read() + pair.right.completions.read();
  }

  private static void awaitLeft(Pair pair) {
    Peer.until(
        () -> {
          pair.right.completions.read();
          int found = pair.left.completions.read();
          assertTrue(found >= 0, "no failure");
          return found == 1;
        });
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
}
