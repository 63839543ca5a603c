package io.weft.mpi;

import java.lang.foreign.MemorySegment;

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
    if (!buffer.isNative()) {
      refuseHeap();
    }
    check(buffer, offsetBytes, count, blocks, type);
    return buffer.address() + offsetBytes;
  }

  /** Checks all but whether the memory is native. */
  static void check(MemorySegment buffer, long offsetBytes, long count, int blocks, Datatype type) {
    if (count < 0) {
      throw new IllegalArgumentException("count is " + count + ", less than 0");
    }
    if (!buffer.scope().isAlive()) {
      throw new IllegalStateException("the buffer's arena is closed");
    }
    type.check();
    region(buffer.byteSize(), offsetBytes, count, blocks, type);
  }

  /** Checks that elements lie in memory of a length. */
  static void region(long length, long offsetBytes, long count, int blocks, Datatype type) {
    long elements = count * blocks;
    if (type.isDense()
        && (count | offsetBytes | length) >>> 31 == 0
        && elements >>> 31 == 0
        && elements * type.sizeBytes() <= length - offsetBytes) {
      return; // What nearly all are: short, and without gaps.
    }
    // No product overflows below this.
    boolean known = count <= Integer.MAX_VALUE || Math.multiplyHigh(count, (long) blocks) == 0;
    boolean small = known && Math.multiplyHigh(elements, type.widestBytes()) == 0;
    if (!small
        || elements < 0
        || elements * type.widestBytes() < 0
        || offsetBytes + type.firstByte(elements) < 0
        || type.endByte(elements) > length - offsetBytes
        || offsetBytes > length
        || offsetBytes < 0) {
      throw new IndexOutOfBoundsException(
          (blocks == 1 ? "" : blocks + " blocks of ")
              + count
              + " of "
              + type
              + " at offset "
              + offsetBytes
              + " do not lie in a buffer of "
              + length
              + " bytes");
    }
  }

  /** A count that is not checked with a buffer. */
  static void count(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("count is " + count + ", less than 0");
    }
  }

  static void refuseHeap() {
    throw new IllegalArgumentException(
        "the buffer is on the Java heap, which C may not touch after this call returns; allocate"
            + " native memory, page-aligned, with Mpi.allocate");
  }

  static void refuseReadOnly(MemorySegment buffer) {
    if (buffer.isReadOnly()) {
      throw new IllegalArgumentException("the buffer to receive into is read-only");
    }
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
    refuseReadOnly(buffer);
    return address;
  }

  /** The address of blocks of unequal length; throws as {@link #address}. */
  static long layout(
      MemorySegment buffer, long offsetBytes, BlockLayout layout, int size, Datatype type) {
    if (!buffer.isNative()) {
      refuseHeap();
    }
    checkLayout(buffer, offsetBytes, layout, size, type);
    return buffer.address() + offsetBytes;
  }

  /** Checks all but whether the memory is native. */
  static void checkLayout(
      MemorySegment buffer, long offsetBytes, BlockLayout layout, int size, Datatype type) {
    layout.checkSize(size);
    check(buffer, offsetBytes, layout.extent(), 1, type);
  }

  /** The address of blocks of unequal length that C will write; throws as {@link #target}. */
  static long targetLayout(
      MemorySegment buffer, long offsetBytes, BlockLayout layout, int size, Datatype type) {
    long address = layout(buffer, offsetBytes, layout, size, type);
    refuseReadOnly(buffer);
    return address;
  }

  /** The address of blocks of unequal types; throws as {@link #address}. */
  static long typed(MemorySegment buffer, long offsetBytes, TypedBlockLayout layout, int size) {
    if (!buffer.isNative()) {
      refuseHeap();
    }
    if (!buffer.scope().isAlive()) {
      throw new IllegalStateException("the buffer's arena is closed");
    }
    layout.check(buffer, offsetBytes, size);
    return buffer.address() + offsetBytes;
  }

  /** The address of blocks of unequal types that C will write; throws as {@link #target}. */
  static long targetTyped(
      MemorySegment buffer, long offsetBytes, TypedBlockLayout layout, int size) {
    long address = typed(buffer, offsetBytes, layout, size);
    refuseReadOnly(buffer);
    return address;
  }
}
