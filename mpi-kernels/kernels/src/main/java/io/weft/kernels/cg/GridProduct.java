package io.weft.kernels.cg;

import io.weft.kernels.timed.PhaseTimers;

/**
 * The product of the matrix on a {@link ProcessorGrid} with a vector: own block, row sums,
 * transpose exchange.
 *
 * <p>Row sums are taken by pairwise exchange, always in the order of {@link
 * ProcessorGrid#rowPartner}. Both ranks of a pair add the same two numbers, so all ranks that hold
 * a row's sum hold the same bits, and every run gives the same ones.
 *
 * <p>On a grid with twice as many columns as rows, the first exchange is of halves: a rank gives
 * the rows that its neighbour ends with for its own. The two halves are computed one after the
 * other into arrays of half the length, so that no array is longer than a piece of a vector by more
 * than one element: on two ranks, whose blocks are as high as the matrix, none is a whole vector
 * long.
 */
final class GridProduct implements MatrixProduct {
  private final ProcessorGrid grid;
  private final SparseMatrix block;
  private final MessageBuffers buffers;
  private final PhaseTimers timers;
  private final boolean overlap;
  private final double[] product;
  private final double[] received;

  /**
   * Allocates.
   *
   * @param grid this rank's place
   * @param block its part of the matrix
   * @param buffers for messages of {@link #capacity} doubles
   * @param timers told what the time went to
   * @param overlap whether the half that is given away is on its way while the other is computed
   */
  GridProduct(
      ProcessorGrid grid,
      SparseMatrix block,
      MessageBuffers buffers,
      PhaseTimers timers,
      boolean overlap) {
    this.grid = grid;
    this.block = block;
    this.buffers = buffers;
    this.timers = timers;
    this.overlap = overlap;
    this.product = new double[capacity(grid)];
    this.received = new double[receivedCapacity(grid)];
  }

  /** The longest array and message, in doubles: a piece of a vector or a part of a block's rows. */
  static int capacity(ProcessorGrid grid) {
    // A part is as long as the piece of some rank: see ProcessorGrid about the two cuts.
    return grid.largestColumns();
  }

  private static int receivedCapacity(ProcessorGrid grid) {
    return grid.gridColumns() == 1 ? 0 : capacity(grid);
  }

  /** What the arrays take, in bytes. */
  static long bytes(ProcessorGrid grid) {
    return Double.BYTES * ((long) capacity(grid) + receivedCapacity(grid));
  }

  @Override
  public int length() {
    return grid.columns();
  }

  @Override
  public double[] multiply(double[] p) {
    int kept = grid.keptEnd() - grid.keptStart();
    int firstStep = 0;
    if (grid.splitsRows()) {
      block.multiply(grid.givenStart(), grid.givenEnd(), p, received);
      if (overlap) {
        timers.end(CgPhase.MATRIX_VECTOR);
        startHalves(kept);
      }
      block.multiply(grid.keptStart(), grid.keptEnd(), p, product);
      timers.end(CgPhase.MATRIX_VECTOR);
      if (!overlap) {
        startHalves(kept);
      }
      buffers.finish(received, kept);
      VectorLoops.add(received, product, kept);
      firstStep = 1;
    } else {
      block.multiply(grid.keptStart(), grid.keptEnd(), p, product);
      timers.end(CgPhase.MATRIX_VECTOR);
    }
    for (int step = firstStep; step < grid.rowSteps(); step++) {
      buffers.exchange(grid.rowPartner(step), product, kept, received, kept);
      VectorLoops.add(received, product, kept);
    }
    timers.end(CgPhase.ROW_SUMS);
    if (grid.transposePartner() != grid.rank()) {
      buffers.exchange(grid.transposePartner(), product, kept, product, grid.columns());
    }
    timers.end(CgPhase.TRANSPOSE_EXCHANGE);
    return product;
  }

  private void startHalves(int kept) {
    int given = grid.givenEnd() - grid.givenStart();
    buffers.start(grid.splitPartner(), received, given, kept);
    timers.end(CgPhase.ROW_SUMS);
  }
}
