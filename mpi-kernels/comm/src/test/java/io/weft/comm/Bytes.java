package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Assertions;

/** Bytes that differ by seed and by place, so that no wrong copy looks right. */
final class Bytes {
  private Bytes() {}

  static void fill(MemorySegment segment, long offset, long length, long seed) {
    long words = length / Long.BYTES;
    for (long i = 0; i < words; i++) {
      segment.set(JAVA_LONG_UNALIGNED, offset + i * Long.BYTES, word(seed, i));
    }
    for (long i = words * Long.BYTES; i < length; i++) {
      segment.set(JAVA_BYTE, offset + i, last(seed, i));
    }
  }

  static void check(MemorySegment segment, long offset, long length, long seed, String what) {
    long words = length / Long.BYTES;
    for (long i = 0; i < words; i++) {
      long found = segment.get(JAVA_LONG_UNALIGNED, offset + i * Long.BYTES);
      if (found != word(seed, i)) {
        fail(what, i * Long.BYTES, length, seed, word(seed, i), found);
      }
    }
    for (long i = words * Long.BYTES; i < length; i++) {
      byte found = segment.get(JAVA_BYTE, offset + i);
      if (found != last(seed, i)) {
        fail(what, i, length, seed, last(seed, i), found);
      }
    }
  }

  private static void fail(
      String what, long at, long length, long seed, long expected, long found) {
    Assertions.fail(
        String.format(
            "%s: at byte %d of %d (seed %d) there is %x, not %x",
            what, at, length, seed, found, expected));
  }

  private static byte last(long seed, long i) {
    return (byte) (word(seed, i / Long.BYTES) >>> i % Long.BYTES * Byte.SIZE);
  }

  /** The finaliser of SplitMix64. */
  private static long word(long seed, long index) {
    long z = seed * 0x9E3779B97F4A7C15L + index * 0xD1B54A32D192ED03L + 1;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
