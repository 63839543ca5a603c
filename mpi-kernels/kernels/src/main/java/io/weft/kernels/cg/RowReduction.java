package io.weft.kernels.cg;

/**
 * Sums of a few scalars over the ranks of a grid row, which hold one whole vector among them.
 *
 * <p>The exchange is pairwise and its order fixed, so the result does not depend on how a
 * communicator reduces, and is the same, bit for bit, on every rank and in every run.
 */
final class RowReduction {
  /** The most scalars that are summed at once. */
  static final int CAPACITY = 2;

  private final ProcessorGrid grid;
  private final MessageBuffers buffers;
  private final double[] received = new double[CAPACITY];

  /**
   * Allocates.
   *
   * @param grid this rank's place
   * @param buffers for messages of {@link #CAPACITY} doubles
   */
  RowReduction(ProcessorGrid grid, MessageBuffers buffers) {
    this.grid = grid;
    this.buffers = buffers;
  }

  /**
   * Adds up; called by all ranks of a grid row.
   *
   * @param scalars this rank's parts; gets the sums
   * @param count how many, up to {@link #CAPACITY}
   */
  void sum(double[] scalars, int count) {
    for (int step = 0; step < grid.rowSteps(); step++) {
      buffers.exchange(grid.rowPartner(step), scalars, count, received, count);
      VectorLoops.add(received, scalars, count);
    }
  }
}
