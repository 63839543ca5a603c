package io.weft.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/** Native memory by address, as C hands it out, and page-aligned memory of our own. */
public final class NativeMemory {
  /**
   * The address space as one segment, for reading structures that C owns: {@code
   * EVERYTHING.get(layout, address)}. It checks nothing but {@code null}-free constants; an address
   * that C did not hand out ends the JVM.
   */
  @SuppressWarnings("restricted") // reading what C owns is this field's purpose
  public static final MemorySegment EVERYTHING =
      MemorySegment.ofAddress(0).reinterpret(Long.MAX_VALUE);

  /** The page size that buffers are aligned to, in bytes: 4096, also where pages are larger. */
  public static final long PAGE_BYTES = 4096;

  /** Half a huge page: less would waste more than it holds. */
  private static final long HUGE_FROM_BYTES = HugePages.BYTES / 2;

  private NativeMemory() {}

  /**
   * Allocates zeroed memory that starts on a page. Large copies between buffers whose addresses
   * differ by a few bytes modulo a page run at a fifth of their speed on some CPUs. From 1 MiB on,
   * the kernel is asked for huge pages.
   *
   * @param arena what owns it
   * @param lengthBytes its length in bytes, at least 0
   * @return the memory
   */
  public static MemorySegment allocatePages(Arena arena, long lengthBytes) {
    if (lengthBytes < 0) {
      throw new IllegalArgumentException("lengthBytes is " + lengthBytes + ", less than 0");
    }
    return lengthBytes >= HUGE_FROM_BYTES
        ? HugePages.allocate(arena, lengthBytes)
        : arena.allocate(lengthBytes, PAGE_BYTES);
  }

  /**
   * Makes a direct buffer, big-endian as {@link ByteBuffer#allocateDirect} does; of 2 MiB and more,
   * the kernel is asked for huge pages.
   *
   * @param capacity its length in bytes, at least 0
   * @return the buffer, zeroed
   */
  public static ByteBuffer allocateDirect(int capacity) {
    // Aligned, a buffer takes up to a huge page more.
    return capacity >= HugePages.BYTES && capacity <= Integer.MAX_VALUE - HugePages.BYTES
        ? HugePages.allocateDirect(capacity)
        : ByteBuffer.allocateDirect(capacity);
  }

  /**
   * Reads a pointer.
   *
   * @param address where it lies
   * @return its value
   */
  public static long pointerAt(long address) {
    return EVERYTHING.get(ValueLayout.JAVA_LONG, address);
  }

  /**
   * Reads a C string.
   *
   * @param address of its first byte; 0 gives null
   * @return the string, decoded as UTF-8, or null
   */
  public static String stringAt(long address) {
    return address == 0 ? null : EVERYTHING.getString(address);
  }
}
