package io.weft.mpi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The counts and displacements of a collective on blocks of unequal length (MPI-4.0 chapter 6), in
 * elements, where C reads them; made by {@link Comm#newBlockLayout}, set anew as often as wanted,
 * valid until its {@link Mpi} closes. Confined to one thread.
 */
public final class BlockLayout {
  private final MemorySegment counts;
  private final MemorySegment displacements;
  private final int size;

  BlockLayout(MemorySegment counts, MemorySegment displacements) {
    this.counts = counts;
    this.displacements = displacements;
    this.size = (int) (counts.byteSize() / Integer.BYTES);
  }

  /**
   * Says where a rank's block lies.
   *
   * @param rank whose
   * @param displacement where it starts, in elements
   * @param count its length in elements
   * @throws IllegalArgumentException if either is negative or past 2^31-1, which is all that these
   *     functions of libmpi take
   */
  public void set(int rank, long displacement, long count) {
    counts.setAtIndex(ValueLayout.JAVA_INT, rank, Buffers.count(count));
    displacements.setAtIndex(ValueLayout.JAVA_INT, rank, Buffers.count(displacement));
  }

  int size() {
    return size;
  }

  long counts() {
    return counts.address();
  }

  long displacements() {
    return displacements.address();
  }

  /** Where the last block ends, in elements. */
  long extent() {
    long extent = 0;
    for (int rank = 0; rank < size; rank++) {
      long start = displacements.getAtIndex(ValueLayout.JAVA_INT, rank);
      extent = Math.max(extent, start + counts.getAtIndex(ValueLayout.JAVA_INT, rank));
    }
    return extent;
  }

  long count(int rank) {
    return counts.getAtIndex(ValueLayout.JAVA_INT, rank);
  }
}
