package io.weft.mpi;

import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Native memory in which the parts of heap arrays lie while C works on them; kept, and grown by
 * doubling. Arrays are copied, never pinned: a call that blocks would keep the collector waiting.
 * For one thread at a time.
 */
final class Staging {
  private MemorySegment memory = MemorySegment.NULL;

  /**
   * Copies the region that the blocks lie in, gaps too, so that what C does not write comes back as
   * it was.
   *
   * @return the address at which C finds the first element
   */
  long copied(MemorySegment buffer, long offset, long count, int blocks, Datatype type) {
    Buffers.check(buffer, offset, count, blocks, type);
    long first = type.firstByte(count * blocks);
    long length = type.endByte(count * blocks) - first;
    grow(length);
    MemorySegment.copy(buffer, offset + first, memory, 0, length);
    return memory.address() - first;
  }

  /** The address of room for elements without gaps, whatever it holds. */
  long room(MemorySegment buffer, long offset, long count, int blocks, Datatype type) {
    Buffers.check(buffer, offset, count, blocks, type);
    grow(type.endByte(count * blocks));
    return memory.address();
  }

  /** Copies so many bytes of the room back. */
  void copyBack(MemorySegment buffer, long offset, long lengthBytes) {
    MemorySegment.copy(memory, 0, buffer, offset, lengthBytes);
  }

  private void grow(long length) {
    if (memory.byteSize() < length) {
      long grown = Math.max(length, 2 * memory.byteSize());
      memory = NativeMemory.allocatePages(Arena.ofAuto(), grown);
    }
  }

  /** Copies the same region back. */
  void copyBack(MemorySegment buffer, long offset, long count, int blocks, Datatype type) {
    long first = type.firstByte(count * blocks);
    long length = type.endByte(count * blocks) - first;
    MemorySegment.copy(memory, 0, buffer, offset + first, length);
  }
}
