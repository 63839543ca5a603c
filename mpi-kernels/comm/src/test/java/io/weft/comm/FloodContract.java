package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.Via;
import io.weft.testing.RankTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** Far more messages than their receiver has asked for. */
interface FloodContract extends CommunicatorCase {
  int FLOOD_MESSAGES = 10_000;

  /** Short enough to go along with its envelope over every provider but those of short packets. */
  long FLOOD_BYTES = 8_000;

  int FLOOD_TAGS = 3;

  /** So many that their envelopes fill what a message of this length leaves of a window. */
  int FLOOD_BARRIERS = 40;

  /** Receives at a time. */
  int FLOOD_RECEIVES = 100;

  @RankTest
  default void floodWaitsAtItsSource() {
    needsPeer();
    Request[] sends = new Request[FLOOD_MESSAGES];
    for (int i = 0; i < FLOOD_MESSAGES; i++) {
      sends[i] = comm().newRequest();
    }
    try (Arena arena = Arena.ofConfined()) {
      Region out = Region.of(arena, 16, FLOOD_BYTES);
      out.fill(rank());
      comm().barrier();
      long before = anonymousBytes();
      for (int i = 0; i < FLOOD_MESSAGES; i++) {
        comm().isend(out.segment(), out.offset(), out.length(), next(), i % FLOOD_TAGS, sends[i]);
      }
      // What can come without being asked for has come, and messages of no bytes pass it.
      for (int i = 0; i < FLOOD_BARRIERS; i++) {
        comm().barrier();
      }
      long grown = anonymousBytes() - before;
      if (way().via() == Via.LIBFABRIC && !way().keepsPackets()) {
        // Half of the messages' bytes: those of a few, and a word for each of the others.
        long most = FLOOD_MESSAGES * FLOOD_BYTES / 2;
        assertTrue(grown < most, () -> grown + " bytes more in memory, at most " + most);
      }
      receiveFlood(arena);
      comm().awaitAll(sends, null);
    }
    assertWorks();
  }

  private void receiveFlood(Arena arena) {
    Region[] in = new Region[FLOOD_RECEIVES];
    Request[] receives = new Request[FLOOD_RECEIVES];
    for (int i = 0; i < FLOOD_RECEIVES; i++) {
      in[i] = Region.of(arena, 8, FLOOD_BYTES);
      receives[i] = comm().newRequest();
    }
    // The last tag first, so that nearly all the others are looked at and left.
    for (int tag = FLOOD_TAGS - 1; tag >= 0; tag--) {
      int left = (FLOOD_MESSAGES - tag + FLOOD_TAGS - 1) / FLOOD_TAGS;
      while (left > 0) {
        int some = Math.min(left, FLOOD_RECEIVES);
        for (int i = 0; i < some; i++) {
          in[i].segment().fill((byte) 0);
          comm().irecv(in[i].segment(), 8, FLOOD_BYTES, previous(), tag, receives[i]);
        }
        for (int i = 0; i < some; i++) {
          receiveOne(receives[i], in[i], tag);
        }
        left -= some;
      }
    }
  }

  private void receiveOne(Request receive, Region in, int tag) {
    ReceiveStatus status = new ReceiveStatus();
    receive.await(status);
    PointToPointContract.assertStatus(previous(), tag, FLOOD_BYTES, status);
    Bytes.check(in.segment(), in.offset(), in.length(), previous(), "a message with tag " + tag);
  }

  @RankTest
  default void floodOfShortMessagesKeepsItsOrder() {
    needsPeer();
    MemorySegment word = comm().allocate(2 * Long.BYTES);
    for (int i = 0; i < FLOOD_MESSAGES; i++) {
      word.set(JAVA_LONG, 0, i);
      if (rank() != 0) {
        comm().send(word, 0, Long.BYTES, 0, i % FLOOD_TAGS);
      }
    }
    comm().barrier();
    for (int source = size() - 1; rank() == 0 && source > 0; source--) {
      for (int i = 0; i < FLOOD_MESSAGES; i++) {
        comm().recv(word, Long.BYTES, Long.BYTES, source, Communicator.ANY_TAG, null);
        long found = word.get(JAVA_LONG, Long.BYTES);
        int expected = i;
        assertTrue(found == expected, () -> "number " + found + " instead of " + expected);
      }
    }
    assertWorks();
  }

  /** What this process has in memory that is no file's; the heap with it. */
  private static long anonymousBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("RssAnon:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("/proc/self/status has no line RssAnon");
  }
}
