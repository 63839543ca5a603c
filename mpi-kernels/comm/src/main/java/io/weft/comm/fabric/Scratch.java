package io.weft.comm.fabric;

import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Native memory that collectives use between receiving and reducing; grows, never shrinks. */
final class Scratch implements AutoCloseable {
  private Arena arena;
  private MemorySegment memory = MemorySegment.NULL;

  /** Memory of at least this length; what an earlier call gave is gone. */
  MemorySegment atLeast(long lengthBytes) {
    if (memory.byteSize() < lengthBytes) {
      close();
      arena = Arena.ofShared();
      long room = Math.max(NativeMemory.PAGE_BYTES, Long.highestOneBit(lengthBytes - 1) << 1);
      memory = NativeMemory.allocatePages(arena, room);
    }
    return memory;
  }

  @Override
  public void close() {
    if (arena != null) {
      arena.close();
      arena = null;
      memory = MemorySegment.NULL;
    }
  }
}
