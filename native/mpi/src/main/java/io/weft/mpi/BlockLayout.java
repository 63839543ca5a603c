package io.weft.mpi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * The counts and displacements of a collective on blocks of unequal length (MPI-4.0 chapter 6), in
 * elements, where C reads them; made by {@link Comm#newBlockLayout}, set anew as often as wanted,
 * valid until its {@link Mpi} closes. Numbers past 2^31-1 need a library that has functions for
 * them (MPI-4.0 section 2.5.8). Confined to one thread.
 */
public final class BlockLayout {
  private final MemorySegment counts;
  private final MemorySegment displacements;
  private final MemorySegment largeCounts;
  private final MemorySegment largeDisplacements;
  private final int size;

  BlockLayout(Arena arena, int size) {
    this.size = size;
    this.counts = arena.allocate((long) size * Integer.BYTES, Integer.BYTES);
    this.displacements = arena.allocate((long) size * Integer.BYTES, Integer.BYTES);
    this.largeCounts = arena.allocate((long) size * Long.BYTES, Long.BYTES);
    this.largeDisplacements = arena.allocate((long) size * Long.BYTES, Long.BYTES);
  }

  /**
   * Says where a rank's block lies.
   *
   * @param rank whose; in a neighbourhood collective, the neighbour's place in the topology
   * @param displacement where it starts, in elements
   * @param count its length in elements
   * @throws IllegalArgumentException if either is negative
   */
  public void set(int rank, long displacement, long count) {
    Objects.checkIndex(rank, size);
    if (count < 0 || displacement < 0) {
      throw new IllegalArgumentException(
          "count is " + count + " and displacement " + displacement + "; neither may be negative");
    }
    counts.setAtIndex(ValueLayout.JAVA_INT, rank, (int) count);
    displacements.setAtIndex(ValueLayout.JAVA_INT, rank, (int) displacement);
    largeCounts.setAtIndex(ValueLayout.JAVA_LONG, rank, count);
    largeDisplacements.setAtIndex(ValueLayout.JAVA_LONG, rank, displacement);
  }

  /** Refuses to be used for another number of blocks. */
  void checkSize(int blocks) {
    if (size != blocks) {
      throw new IllegalArgumentException(size + " blocks for " + blocks + " ranks");
    }
  }

  /** Whether a number is past what an {@code int} holds. */
  boolean isLarge() {
    for (int i = 0; i < size; i++) {
      if (count(i) > Integer.MAX_VALUE || displacement(i) > Integer.MAX_VALUE) {
        return true;
      }
    }
    return false;
  }

  long counts() {
    return counts.address();
  }

  long displacements() {
    return displacements.address();
  }

  long largeCounts() {
    return largeCounts.address();
  }

  long largeDisplacements() {
    return largeDisplacements.address();
  }

  /** Where the last block ends, in elements. */
  long extent() {
    long extent = 0;
    for (int rank = 0; rank < size; rank++) {
      if (count(rank) > 0) { // An empty block lies nowhere.
        long end = displacement(rank) + count(rank);
        extent = Math.max(extent, end < 0 ? Long.MAX_VALUE : end);
      }
    }
    return extent;
  }

  /** The sum of the lengths, in elements. */
  long total() {
    long total = 0;
    for (int rank = 0; rank < size; rank++) {
      total = Math.addExact(total, count(rank));
    }
    return total;
  }

  int size() {
    return size;
  }

  long count(int rank) {
    return largeCounts.getAtIndex(ValueLayout.JAVA_LONG, rank);
  }

  long displacement(int rank) {
    return largeDisplacements.getAtIndex(ValueLayout.JAVA_LONG, rank);
  }
}
