package io.weft.comm;

import java.util.Arrays;

/**
 * Ranks as points of a grid, in row-major order: the last coordinate runs fastest, as MPI-4.0
 * section 8.5 has it. Computes and does not communicate; immutable.
 */
public final class Cartesian {
  /** What lies beyond the edge of a dimension that is not periodic. */
  public static final int NO_NEIGHBOUR = -1;

  private final int[] dimensions;
  private final boolean[] periodic;
  private final int size;

  /**
   * Makes a grid.
   *
   * @param dimensions the number of ranks along each dimension, each at least 1
   * @param periodic whether the last point of a dimension is a neighbour of the first
   * @throws IllegalArgumentException if the two differ in length, or a dimension is below 1
   */
  public Cartesian(int[] dimensions, boolean[] periodic) {
    if (dimensions.length != periodic.length || dimensions.length == 0) {
      throw new IllegalArgumentException(
          dimensions.length + " dimensions, and " + periodic.length + " that say if periodic");
    }
    long points = 1;
    for (int dimension : dimensions) {
      if (dimension < 1 || points * dimension > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("no grid: " + Arrays.toString(dimensions));
      }
      points *= dimension;
    }
    this.dimensions = dimensions.clone();
    this.periodic = periodic.clone();
    this.size = (int) points;
  }

  /**
   * Finds the grid whose dimensions are closest to each other: of all products that are {@code
   * size}, the one with the least sum (MPI-4.0 section 8.5.2).
   *
   * @param size the number of ranks
   * @param count how many dimensions
   * @return the ranks along each, from the most to the fewest
   */
  public static int[] balanced(int size, int count) {
    if (size < 1 || count < 1) {
      throw new IllegalArgumentException("no grid: " + size + " ranks in " + count + " dimensions");
    }
    int[] best = new int[count];
    best[0] = size;
    Arrays.fill(best, 1, count, 1);
    search(size, size, 0, new int[count], best);
    return best;
  }

  /** Tries every factor up to {@code most} for the dimension at {@code place}. */
  private static void search(int rest, int most, int place, int[] trial, int[] best) {
    if (place == trial.length - 1) {
      trial[place] = rest;
      if (rest <= most && sum(trial) < sum(best)) {
        System.arraycopy(trial, 0, best, 0, trial.length);
      }
      return;
    }
    for (int factor = Math.min(rest, most); factor >= 1; factor--) {
      if (rest % factor == 0) {
        trial[place] = factor;
        search(rest / factor, factor, place + 1, trial, best);
      }
    }
  }

  private static long sum(int[] values) {
    return Arrays.stream(values).asLongStream().sum();
  }

  /**
   * The number of points.
   *
   * @return the product of the dimensions
   */
  public int size() {
    return size;
  }

  /**
   * The number of dimensions.
   *
   * @return at least 1
   */
  public int dimensions() {
    return dimensions.length;
  }

  /**
   * The number of ranks along a dimension.
   *
   * @param dimension from 0
   * @return at least 1
   */
  public int length(int dimension) {
    return dimensions[dimension];
  }

  /**
   * Where a rank is.
   *
   * @param rank {@code 0 .. size() - 1}
   * @return its coordinate in each dimension, from 0
   */
  public int[] coordinates(int rank) {
    Arguments.peer(rank, size);
    int[] at = new int[dimensions.length];
    int rest = rank;
    for (int d = dimensions.length - 1; d >= 0; d--) {
      at[d] = rest % dimensions[d];
      rest /= dimensions[d];
    }
    return at;
  }

  /**
   * Who is there.
   *
   * @param coordinates one for each dimension; beyond the edge of a periodic one they go round
   * @return the rank, or {@link #NO_NEIGHBOUR} beyond the edge of another
   */
  public int rank(int... coordinates) {
    if (coordinates.length != dimensions.length) {
      throw new IllegalArgumentException(
          coordinates.length + " coordinates in " + dimensions.length + " dimensions");
    }
    int rank = 0;
    for (int d = 0; d < dimensions.length; d++) {
      int at = coordinates[d];
      if (periodic[d]) {
        at = Math.floorMod(at, dimensions[d]);
      } else if (at < 0 || at >= dimensions[d]) {
        return NO_NEIGHBOUR;
      }
      rank = rank * dimensions[d] + at;
    }
    return rank;
  }

  /**
   * Who is some steps away ({@code MPI_Cart_shift}).
   *
   * @param rank from whom
   * @param dimension along which dimension
   * @param steps how far, negative for the other direction
   * @return the rank, maybe the same one, or {@link #NO_NEIGHBOUR}
   */
  public int neighbour(int rank, int dimension, int steps) {
    int[] at = coordinates(rank);
    at[dimension] += steps;
    return rank(at);
  }
}
