package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * Where the blocks of a collective lie whose types differ ({@code MPI_Alltoallw} and its like,
 * MPI-4.0 section 6.8): displacements in bytes, counts in elements of each block's own type, where
 * C reads them; made by {@link Comm#newTypedBlockLayout}, set anew as often as wanted, valid until
 * its {@link Mpi} closes. All blocks are empty at first. Confined to one thread.
 */
public final class TypedBlockLayout {
  private final MpiAbi abi;
  private final MemorySegment counts;
  private final MemorySegment displacements;
  private final MemorySegment largeCounts;
  private final MemorySegment largeDisplacements;
  private final MemorySegment handles;
  private final Datatype[] types;

  TypedBlockLayout(MpiAbi abi, Arena arena, int size) {
    this.abi = abi;
    this.types = new Datatype[size];
    this.counts = arena.allocate((long) size * Integer.BYTES, Integer.BYTES);
    this.displacements = arena.allocate((long) size * Integer.BYTES, Integer.BYTES);
    this.largeCounts = arena.allocate((long) size * Long.BYTES, Long.BYTES);
    this.largeDisplacements = arena.allocate((long) size * Long.BYTES, Long.BYTES);
    this.handles = arena.allocate((long) size * Long.BYTES, Long.BYTES);
    for (int i = 0; i < size; i++) {
      set(i, 0, 0, Datatype.BYTE);
    }
  }

  /**
   * Says where a rank's block lies.
   *
   * @param rank whose; in a neighbourhood collective, the neighbour's place in the topology
   * @param displacementBytes where it starts, in bytes
   * @param count its length in elements
   * @param type their type; kept reachable
   * @throws IllegalArgumentException if a number is negative
   */
  public void set(int rank, long displacementBytes, long count, Datatype type) {
    Objects.checkIndex(rank, types.length);
    if (count < 0 || displacementBytes < 0) {
      throw new IllegalArgumentException(
          "count is "
              + count
              + " and displacement "
              + displacementBytes
              + "; neither may be negative");
    }
    abi.writeHandle(handles, (long) rank * abi.handleBytes(), type.handle());
    types[rank] = type;
    counts.setAtIndex(ValueLayout.JAVA_INT, rank, (int) count);
    displacements.setAtIndex(ValueLayout.JAVA_INT, rank, (int) displacementBytes);
    largeCounts.setAtIndex(ValueLayout.JAVA_LONG, rank, count);
    largeDisplacements.setAtIndex(ValueLayout.JAVA_LONG, rank, displacementBytes);
  }

  void check(MemorySegment buffer, long offsetBytes, int size) {
    if (size != types.length) {
      throw new IllegalArgumentException(types.length + " blocks for " + size + " ranks");
    }
    for (int i = 0; i < types.length; i++) {
      long displacement = largeDisplacements.getAtIndex(ValueLayout.JAVA_LONG, i);
      long count = largeCounts.getAtIndex(ValueLayout.JAVA_LONG, i);
      types[i].check();
      if (count > 0) { // An empty block lies nowhere.
        Buffers.check(buffer, Math.addExact(offsetBytes, displacement), count, 1, types[i]);
      }
    }
  }

  int size() {
    return types.length;
  }

  long count(int rank) {
    return largeCounts.getAtIndex(ValueLayout.JAVA_LONG, rank);
  }

  Datatype type(int rank) {
    return types[rank];
  }

  /** Where a block's first byte lies, from where the layout starts. */
  long firstByte(int rank) {
    return displacement(rank) + types[rank].firstByte(count(rank));
  }

  /** Where its last byte ends. */
  long endByte(int rank) {
    return displacement(rank) + types[rank].endByte(count(rank));
  }

  private long displacement(int rank) {
    return largeDisplacements.getAtIndex(ValueLayout.JAVA_LONG, rank);
  }

  boolean isLarge() {
    for (int i = 0; i < types.length; i++) {
      if (largeCounts.getAtIndex(ValueLayout.JAVA_LONG, i) > Integer.MAX_VALUE
          || largeDisplacements.getAtIndex(ValueLayout.JAVA_LONG, i) > Integer.MAX_VALUE) {
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

  long types() {
    return handles.address();
  }
}
