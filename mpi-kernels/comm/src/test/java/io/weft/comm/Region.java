package io.weft.comm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A part of a buffer with bytes around it that nobody may touch. */
record Region(MemorySegment segment, long offset, long length) {
  private static final long AFTER = 96;
  private static final byte GUARD = 0x5A;

  /** Makes one, all of it guard bytes. */
  static Region of(Arena arena, long offset, long length) {
    MemorySegment segment = arena.allocate(offset + length + AFTER, 4096);
    segment.fill(GUARD);
    return new Region(segment, offset, length);
  }

  /** A part of memory that is there; all of it becomes guard bytes. */
  static Region within(MemorySegment segment, long offset, long length) {
    segment.fill(GUARD);
    return new Region(segment, offset, length);
  }

  void fill(long seed) {
    Bytes.fill(segment, offset, length, seed);
  }

  /** Checks every byte, and that those around are untouched. */
  void check(long seed, String what) {
    check(length, seed, what);
  }

  /** Likewise, where less than the whole region was written. */
  void check(long written, long seed, String what) {
    Bytes.check(segment, offset, written, seed, what);
    checkAround(written, what);
  }

  void checkUntouched(String what) {
    checkAround(0, what);
  }

  /** Checks that nothing was written but the first bytes of the region. */
  void checkUntouchedFrom(long written, String what) {
    checkAround(written, what);
  }

  void checkAround(String what) {
    checkAround(length, what);
  }

  private void checkAround(long written, String what) {
    guard(0, offset, what);
    guard(offset + written, segment.byteSize(), what);
  }

  private void guard(long from, long to, String what) {
    for (long i = from; i < to; i++) {
      if (segment.get(JAVA_BYTE, i) != GUARD) {
        assertEquals(
            GUARD,
            segment.get(JAVA_BYTE, i),
            what + ": byte " + (i - offset) + " of " + length + " was touched");
      }
    }
  }
}
