package io.weft.comm;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Checks of buffers, made before anything is sent. */
final class Regions {
  private Regions() {}

  /** The length of so many elements or blocks. */
  static long bytes(long count, long each) {
    if (count < 0 || each > 0 && count > Long.MAX_VALUE / each) {
      throw new IllegalArgumentException(count + " is no number of elements or bytes");
    }
    return count * each;
  }

  /** Refuses a region that cannot be sent from. */
  static void source(MemorySegment buffer, long offsetBytes, long lengthBytes) {
    if (!buffer.isNative()) {
      throw new IllegalArgumentException("the buffer must be native memory, not on the heap");
    }
    Objects.checkFromIndexSize(offsetBytes, lengthBytes, buffer.byteSize());
    if (!buffer.scope().isAlive()) {
      throw new IllegalStateException("the buffer's arena is closed");
    }
  }

  /** Refuses a region that cannot be received into. */
  static void target(MemorySegment buffer, long offsetBytes, long lengthBytes) {
    source(buffer, offsetBytes, lengthBytes);
    writable(buffer);
  }

  /** Refuses memory that cannot be received into. */
  static void writable(MemorySegment buffer) {
    if (buffer.isReadOnly()) {
      throw new IllegalArgumentException("the buffer to receive into is read-only");
    }
  }
}
