package io.weft.mpi;

/**
 * Refuses regions that C reads and writes in one call (MPI-4.0 section 6.1, "no aliasing"): MPICH
 * ends the process where it copies from one to the other, and other libraries give wrong answers.
 * What lies between elements, or between blocks, is not of the region; elements with gaps are not
 * looked into, since those of one buffer may lie in the gaps of the other.
 */
final class Overlap {
  private Overlap() {}

  private static boolean isSolid(Datatype type) {
    return type.sizeBytes() == type.extentBytes()
        && type.sizeBytes() == type.trueUpperBound() - type.trueLowerBound();
  }

  /** Whether elements at two addresses share a byte, as far as types without gaps tell. */
  static boolean is(long read, long readCount, long written, long writtenCount, Datatype type) {
    return readCount > 0
        && writtenCount > 0
        && read + type.firstByte(readCount) < written + type.endByte(writtenCount)
        && written + type.firstByte(writtenCount) < read + type.endByte(readCount)
        && isSolid(type);
  }

  /**
   * Refuses two runs of elements.
   *
   * @param read where C reads
   * @param readCount how many elements
   * @param written where it writes
   * @param writtenCount how many
   * @param type of both
   */
  static void refuse(long read, long readCount, long written, long writtenCount, Datatype type) {
    if (is(read, readCount, written, writtenCount, type)) {
      throw new IllegalArgumentException(
          "the "
              + writtenCount
              + " of "
              + type
              + " to receive begin "
              + (written - read)
              + " bytes after the "
              + readCount
              + " to send, and overlap them");
    }
  }

  /** Refuses what overlaps but for a reduction in place, whose buffers are the same. */
  static void refuseUnlessSame(long read, long written, long count, Datatype type) {
    if (read != written) {
      refuse(read, count, written, count, type);
    }
  }

  /** Refuses a run that is read, and blocks that are written. */
  static void refuse(long read, long count, long written, BlockLayout layout, Datatype type) {
    if (is(read, count, written, layout.extent(), type)) {
      for (int i = 0; i < layout.size(); i++) {
        refuse(read, count, start(written, layout, i, type), layout.count(i), type);
      }
    }
  }

  /** Refuses blocks that are read, and a run that is written. */
  static void refuse(long read, BlockLayout layout, long written, long count, Datatype type) {
    if (is(read, layout.extent(), written, count, type)) {
      for (int i = 0; i < layout.size(); i++) {
        refuse(start(read, layout, i, type), layout.count(i), written, count, type);
      }
    }
  }

  /** Refuses blocks that are read and written. */
  static void refuse(
      long read, BlockLayout readLayout, long written, BlockLayout layout, Datatype type) {
    if (is(read, readLayout.extent(), written, layout.extent(), type)) {
      for (int i = 0; i < readLayout.size(); i++) {
        refuse(start(read, readLayout, i, type), readLayout.count(i), written, layout, type);
      }
    }
  }

  private static long start(long address, BlockLayout layout, int block, Datatype type) {
    return address + layout.displacement(block) * type.extentBytes();
  }

  /** Refuses blocks of unequal types that are read and written. */
  static void refuse(
      long read, TypedBlockLayout readLayout, long written, TypedBlockLayout layout) {
    if (read + first(readLayout) >= written + end(layout)
        || written + first(layout) >= read + end(readLayout)) {
      return;
    }
    for (int i = 0; i < readLayout.size(); i++) {
      if (readLayout.count(i) > 0 && isSolid(readLayout.type(i))) {
        long first = read + readLayout.firstByte(i);
        refuseBlock(first, read + readLayout.endByte(i), written, layout);
      }
    }
  }

  private static void refuseBlock(long first, long end, long written, TypedBlockLayout layout) {
    for (int k = 0; k < layout.size(); k++) {
      if (layout.count(k) > 0
          && isSolid(layout.type(k))
          && first < written + layout.endByte(k)
          && written + layout.firstByte(k) < end) {
        throw new IllegalArgumentException(
            "the block from rank "
                + k
                + " overlaps what is sent: "
                + layout.count(k)
                + " of "
                + layout.type(k));
      }
    }
  }

  private static long first(TypedBlockLayout layout) {
    long first = Long.MAX_VALUE / 2;
    for (int i = 0; i < layout.size(); i++) {
      first = layout.count(i) > 0 ? Math.min(first, layout.firstByte(i)) : first;
    }
    return first;
  }

  private static long end(TypedBlockLayout layout) {
    long end = 0;
    for (int i = 0; i < layout.size(); i++) {
      end = layout.count(i) > 0 ? Math.max(end, layout.endByte(i)) : end;
    }
    return end;
  }
}
