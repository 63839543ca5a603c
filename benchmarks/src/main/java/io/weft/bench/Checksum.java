package io.weft.bench;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** A number that depends on each byte and its place; the C programs have the same. */
public final class Checksum {
  private Checksum() {}

  /**
   * Sums up memory.
   *
   * @param memory what
   * @param length in bytes, from its beginning
   * @return the sum
   */
  public static long sum(MemorySegment memory, long length) {
    long sum = 17;
    for (long i = 0; i < length; i++) {
      sum = sum * 31 + (memory.get(JAVA_BYTE, i) & 0xFF);
    }
    return sum;
  }

  /**
   * The same as programs print it.
   *
   * @param memory what
   * @param length in bytes, from its beginning
   * @return in hexadecimal
   */
  public static String of(MemorySegment memory, long length) {
    return Long.toHexString(sum(memory, length));
  }
}
