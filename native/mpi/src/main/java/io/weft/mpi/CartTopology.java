package io.weft.mpi;

import io.weft.mpi.ffm.MpiTopologies;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The grid in which the ranks of a communicator lie (MPI-4.0 section 8.5); given by {@link
 * Comm#cart}. Threads: as its communicator.
 */
public final class CartTopology {
  private final Comm comm;
  private final int[] dims;
  private final boolean[] periodic;
  private final int[] coords;

  /**
   * The neighbours of a rank along a dimension, {@code MPI_Cart_shift}.
   *
   * @param source whose elements come here; {@link Comm#procNull} past an open end
   * @param destination to whom this rank's go; {@link Comm#procNull} past an open end
   */
  public record Shift(int source, int destination) {}

  CartTopology(Comm comm) {
    this.comm = comm;
    MpiTopologies.cartdimGet(comm.handle, comm.scratch.address());
    int n = comm.answer();
    this.dims = new int[n];
    this.periodic = new boolean[n];
    this.coords = new int[n];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment lengths = arena.allocate(4L * n + 4, 4);
      MemorySegment periods = arena.allocate(4L * n + 4, 4);
      MemorySegment places = arena.allocate(4L * n + 4, 4);
      MpiTopologies.cartGet(comm.handle, n, lengths.address(), periods.address(), places.address());
      for (int i = 0; i < n; i++) {
        dims[i] = lengths.getAtIndex(ValueLayout.JAVA_INT, i);
        periodic[i] = periods.getAtIndex(ValueLayout.JAVA_INT, i) != 0;
        coords[i] = places.getAtIndex(ValueLayout.JAVA_INT, i);
      }
    }
  }

  /**
   * The grid's lengths.
   *
   * @return a copy
   */
  public int[] dims() {
    return dims.clone();
  }

  /**
   * Whether each dimension closes to a ring.
   *
   * @return a copy
   */
  public boolean[] periodic() {
    return periodic.clone();
  }

  /**
   * This rank's place.
   *
   * @return a copy
   */
  public int[] coords() {
    return coords.clone();
  }

  /**
   * A rank's place, {@code MPI_Cart_coords}.
   *
   * @param rank whose
   * @return its coordinates
   */
  public int[] coords(int rank) {
    comm.check();
    Arguments.rank("rank", rank, comm.size);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment places = arena.allocate(4L * dims.length + 4, 4);
      MpiTopologies.cartCoords(comm.handle, rank, dims.length, places.address());
      return CommTopology.read(places, dims.length);
    }
  }

  /**
   * The rank at a place, {@code MPI_Cart_rank}.
   *
   * @param coords its coordinates; past the ends only where the dimension is periodic
   * @return the rank
   */
  public int rank(int... coords) {
    comm.check();
    if (coords.length != dims.length) {
      throw new IllegalArgumentException(
          coords.length + " coordinates in " + dims.length + " dimensions");
    }
    for (int i = 0; i < coords.length; i++) {
      if (!periodic[i] && (coords[i] < 0 || coords[i] >= dims[i])) {
        throw new IllegalArgumentException(
            "coordinate " + coords[i] + " is not in 0 .. " + (dims[i] - 1));
      }
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment places = CommTopology.ints(arena, coords);
      MpiTopologies.cartRank(comm.handle, places.address(), comm.scratch.address());
      return comm.answer();
    }
  }

  /**
   * {@code MPI_Cart_shift}: the neighbours along a dimension.
   *
   * @param dimension which
   * @param by how far the elements go; negative for downwards
   * @return whence and where
   */
  public Shift shift(int dimension, int by) {
    comm.check();
    if (dimension < 0 || dimension >= dims.length) {
      throw new IllegalArgumentException(
          "dimension " + dimension + " is not in 0 .. " + (dims.length - 1));
    }
    long at = comm.scratch.address();
    MpiTopologies.cartShift(comm.handle, dimension, by, at, at + Integer.BYTES);
    return new Shift(comm.answer(), comm.scratch.get(ValueLayout.JAVA_INT, Integer.BYTES));
  }

  /**
   * {@code MPI_Cart_sub}: the part of the grid that lies along some of its dimensions; collective.
   *
   * @param keep whether each dimension is kept
   * @return the communicator of this rank's part, to be closed
   */
  public Comm sub(boolean... keep) {
    comm.check();
    if (keep.length != dims.length) {
      throw new IllegalArgumentException(
          keep.length + " answers for " + dims.length + " dimensions");
    }
    try (Arena arena = Arena.ofConfined()) {
      int[] kept = new int[keep.length];
      for (int i = 0; i < keep.length; i++) {
        kept[i] = keep[i] ? 1 : 0;
      }
      MpiTopologies.cartSub(
          comm.handle, CommTopology.ints(arena, kept).address(), comm.scratch.address());
      return comm.made(comm.scratch, comm.errorHandler);
    }
  }
}
