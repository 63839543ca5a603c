package io.weft.mpi;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Checks of what is passed to C, made before anything is sent. */
final class Buffers {
  private Buffers() {}

  /**
   * The address of {@code count} elements.
   *
   * @throws IllegalArgumentException for heap memory
   * @throws IndexOutOfBoundsException past the buffer's end
   * @throws IllegalStateException if the buffer's arena is closed
   */
  static long address(MemorySegment buffer, long offsetBytes, long count, Datatype type) {
    return blocks(buffer, offsetBytes, count, 1, type);
  }

  /** The address of {@code blocks} blocks of {@code count} elements; throws as {@link #address}. */
  static long blocks(
      MemorySegment buffer, long offsetBytes, long count, int blocks, Datatype type) {
    int elements = count(count);
    if (!buffer.isNative()) {
      throw new IllegalArgumentException(
          "the buffer is on the Java heap; allocate native memory, page-aligned, with"
              + " Mpi.allocate");
    }
    if (!buffer.scope().isAlive()) {
      throw new IllegalStateException("the buffer's arena is closed");
    }
    Objects.checkFromIndexSize(
        offsetBytes, elements * type.sizeBytes() * blocks, buffer.byteSize());
    return buffer.address() + offsetBytes;
  }

  /**
   * The address of {@code count} elements that C will write.
   *
   * @throws IllegalArgumentException for memory that is read-only, and as {@link #address} throws
   */
  static long target(MemorySegment buffer, long offsetBytes, long count, Datatype type) {
    return targetBlocks(buffer, offsetBytes, count, 1, type);
  }

  /** The address of {@code blocks} blocks that C will write; throws as {@link #target}. */
  static long targetBlocks(
      MemorySegment buffer, long offsetBytes, long count, int blocks, Datatype type) {
    long address = blocks(buffer, offsetBytes, count, blocks, type);
    if (buffer.isReadOnly()) {
      throw new IllegalArgumentException("the buffer to receive into is read-only");
    }
    return address;
  }

  /** The address of blocks of unequal length; throws as {@link #address}. */
  static long layout(
      MemorySegment buffer, long offsetBytes, BlockLayout layout, int size, Datatype type) {
    if (layout.size() != size) {
      throw new IllegalArgumentException(layout.size() + " blocks for " + size + " ranks");
    }
    address(buffer, offsetBytes, 0, type);
    Objects.checkFromIndexSize(offsetBytes, layout.extent() * type.sizeBytes(), buffer.byteSize());
    return buffer.address() + offsetBytes;
  }

  /** The address of blocks of unequal length that C will write; throws as {@link #target}. */
  static long targetLayout(
      MemorySegment buffer, long offsetBytes, BlockLayout layout, int size, Datatype type) {
    target(buffer, offsetBytes, 0, type);
    return layout(buffer, offsetBytes, layout, size, type);
  }

  /** A count as C takes it; never narrowed. */
  static int count(long count) {
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "count is "
              + count
              + "; libmpi takes 0 to "
              + Integer.MAX_VALUE
              + ": send in pieces or as a larger type");
    }
    return (int) count;
  }
}
