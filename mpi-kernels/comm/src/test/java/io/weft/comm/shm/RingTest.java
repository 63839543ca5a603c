package io.weft.comm.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One ring between two threads, and what its ends do when it is full or empty. */
class RingTest {
  private static final long CAPACITY = 4096;

  private static MemorySegment ring(Arena arena) {
    return arena.allocate(Ring.bytes(CAPACITY), Ring.LINE);
  }

  /** A record whose every word follows from its number and place. */
  private static boolean write(RingWriter writer, long number, long words) {
    long bytes = Long.BYTES * (1 + words);
    long at = writer.claim(bytes);
    if (at < 0) {
      return false;
    }
    for (long i = 0; i < words; i++) {
      writer.put(at + Long.BYTES * (1 + i), value(number, i));
    }
    writer.commit(at, bytes);
    return true;
  }

  private static long value(long number, long place) {
    // Of either sign, and often what a length could be: nothing of it may be taken for one.
    return place % 3 == 0 ? 64 : place % 3 == 1 ? -64 : number;
  }

  private static void read(RingReader reader, long at, long number, long words) {
    assertEquals(Long.BYTES * (1 + words), reader.length(at), "length of record " + number);
    for (long i = 0; i < words; i++) {
      assertEquals(value(number, i), reader.word(at + Long.BYTES * (1 + i)), "record " + number);
    }
    reader.release(reader.length(at));
  }

  private static long words(Random random) {
    // Up to a quarter of the ring; mostly within one line.
    return random.nextInt(4) > 0 ? random.nextInt(8) : random.nextInt((int) CAPACITY / 4 / 8 - 1);
  }

  @Test
  void recordsComeOutAsTheyWentIn() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = ring(arena);
      RingWriter writer = new RingWriter(memory);
      RingReader reader = new RingReader(memory);
      Random out = new Random(1);
      Random in = new Random(1);
      Random turns = new Random(2);
      long written = 0;
      long read = 0;
      long words = words(out);
      while (read < 200_000) {
        for (int n = turns.nextInt(40); n > 0; n--) {
          if (!write(writer, written, words)) {
            break;
          }
          written++;
          words = words(out);
        }
        for (int n = turns.nextInt(40); n > 0 && read < written; n--) {
          long at = reader.peek();
          assertTrue(at >= 0, "record " + read + " of " + written + " is not there");
          read(reader, at, read++, words(in));
        }
        assertEquals(read < written, reader.peek() >= 0);
      }
    }
  }

  @Test
  @Timeout(60)
  void recordsCrossBetweenThreads() throws InterruptedException {
    long records = 2_000_000;
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = ring(arena);
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                RingWriter writer = new RingWriter(memory);
                Random random = new Random(3);
                long words = words(random);
                for (long number = 0; number < records && failure.get() == null; ) {
                  if (write(writer, number, words)) {
                    number++;
                    words = words(random);
                  } else {
                    Thread.onSpinWait();
                  }
                }
              });
      thread.start();
      RingReader reader = new RingReader(memory);
      Random random = new Random(3);
      try {
        for (long number = 0; number < records; ) {
          long at = reader.peek();
          if (at >= 0) {
            read(reader, at, number++, words(random));
          } else {
            Thread.onSpinWait();
          }
        }
        assertEquals(-1, reader.peek());
      } catch (AssertionError wrong) {
        failure.set(wrong);
        throw wrong;
      } finally {
        thread.join();
      }
    }
  }

  @Test
  void fullRingRefusesUntilItWasRead() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = ring(arena);
      RingWriter writer = new RingWriter(memory);
      RingReader reader = new RingReader(memory);
      assertEquals(-1, reader.peek());
      long lines = CAPACITY / Ring.LINE;
      for (long i = 0; i < lines; i++) {
        assertTrue(write(writer, i, 7), "line " + i);
      }
      assertEquals(-1, writer.claim(8));
      for (long i = 0; i < lines; i++) {
        read(reader, reader.peek(), i, 7);
      }
      assertEquals(-1, reader.peek());
      for (long i = 0; i < lines; i++) {
        assertTrue(write(writer, i, 7), "line " + i + " of the second round");
      }
    }
  }

  @Test
  void memoryOfAnotherLengthIsRefused() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment odd = arena.allocate(Ring.HEADER + 3000);
      assertThrows(IllegalArgumentException.class, () -> new RingWriter(odd));
      assertThrows(IllegalArgumentException.class, () -> new RingReader(odd));
    }
  }
}
