package io.weft.kernels.cg;

import io.weft.kernels.RankRule;

/**
 * Where one rank sits in the two-dimensional grid of NPB 2 (NAS-95-020), and which part of the
 * matrix and of the vectors it owns.
 *
 * <p>A power of two of ranks forms a grid with as many columns as rows, or twice as many. The
 * matrix is cut into one block per rank. Every vector is cut by <em>grid column</em>: the ranks of
 * a grid column hold the same piece. A product {@code A p} then takes three steps:
 *
 * <ol>
 *   <li>each rank multiplies its block by its piece of {@code p}, a part of a sum over its block of
 *       rows;
 *   <li>the ranks of a grid row add their parts up; on a grid with twice as many columns, each rank
 *       ends with half of the rows only, the even grid columns with the first half;
 *   <li>what a rank now holds is just the piece that its {@linkplain #transposePartner() transpose
 *       partner} needs, and the other way round.
 * </ol>
 *
 * <p>Both cuts put element {@code floor(order * k / parts)} first in part {@code k}. With twice as
 * many columns as rows, two pieces of a vector therefore are exactly one block of rows.
 *
 * @param order the order of the matrix
 * @param gridRows the grid's rows, a power of two
 * @param gridColumns the grid's columns, {@code gridRows} or twice that
 * @param gridRow this rank's row
 * @param gridColumn this rank's column
 */
record ProcessorGrid(int order, int gridRows, int gridColumns, int gridRow, int gridColumn) {
  /** The numbers of ranks that form a grid. */
  static final RankRule RULE = RankRule.POWER_OF_TWO;

  /**
   * Places a rank.
   *
   * @param order the order of the matrix
   * @param ranks a power of two
   * @param rank {@code 0 .. ranks - 1}
   */
  static ProcessorGrid of(int order, int ranks, int rank) {
    if (!RULE.allows(ranks)) {
      throw new IllegalArgumentException(ranks + " ranks are not " + RULE);
    }
    int gridRows = 1 << (Integer.numberOfTrailingZeros(ranks) / 2);
    int gridColumns = ranks / gridRows;
    return new ProcessorGrid(order, gridRows, gridColumns, rank / gridColumns, rank % gridColumns);
  }

  /** This rank, {@code gridRow * gridColumns + gridColumn}. */
  int rank() {
    return rankAt(gridRow, gridColumn);
  }

  /** The number of ranks. */
  int ranks() {
    return gridRows * gridColumns;
  }

  private int rankAt(int row, int column) {
    return row * gridColumns + column;
  }

  /** Whether there are twice as many columns as rows, so that ranks keep half of the row sums. */
  boolean splitsRows() {
    return gridColumns != gridRows;
  }

  /** The first matrix row of this rank's block. */
  int firstRow() {
    return start(gridRow, gridRows);
  }

  /** The matrix row after the last one of this rank's block. */
  int endRow() {
    return start(gridRow + 1, gridRows);
  }

  /** The first matrix column of this rank's block, the first element of its piece of a vector. */
  int firstColumn() {
    return start(gridColumn, gridColumns);
  }

  /** The matrix column after the last one of this rank's block. */
  int endColumn() {
    return start(gridColumn + 1, gridColumns);
  }

  /** The matrix rows of this rank's block. */
  int rows() {
    return endRow() - firstRow();
  }

  /** The matrix columns of this rank's block, the length of its piece of a vector. */
  int columns() {
    return endColumn() - firstColumn();
  }

  /** Where the block's rows split in two, counted from its first; all of them if they do not. */
  private int splitRow() {
    return splitsRows() ? start(2 * gridRow + 1, gridColumns) - firstRow() : rows();
  }

  private boolean keepsFirstRows() {
    return !splitsRows() || gridColumn % 2 == 0;
  }

  /** The first row whose sum this rank ends with, counted from the block's first. */
  int keptStart() {
    return keepsFirstRows() ? 0 : splitRow();
  }

  /** The row after the last one whose sum this rank ends with, counted from the block's first. */
  int keptEnd() {
    return keepsFirstRows() ? splitRow() : rows();
  }

  /** The first row that {@link #splitPartner} ends with, counted from the block's first. */
  int givenStart() {
    return keepsFirstRows() ? splitRow() : 0;
  }

  /** The row after the last one that {@link #splitPartner} ends with, from the block's first. */
  int givenEnd() {
    return keepsFirstRows() ? rows() : splitRow();
  }

  /** The rank that ends with the other half of this block's rows. */
  int splitPartner() {
    return rankAt(gridRow, gridColumn ^ 1);
  }

  /**
   * The steps in which the ranks of a grid row combine what each has, when each step doubles the
   * number of parts that a rank's value stands for.
   */
  int rowSteps() {
    return Integer.numberOfTrailingZeros(gridColumns);
  }

  /**
   * The rank to combine with.
   *
   * @param step {@code 0 .. rowSteps() - 1}
   */
  int rowPartner(int step) {
    return rankAt(gridRow, gridColumn ^ (1 << step));
  }

  /** The rank that holds the row sums of this rank's piece, and needs the ones held here. */
  int transposePartner() {
    if (!splitsRows()) {
      return rankAt(gridColumn, gridRow);
    }
    return rankAt(gridColumn / 2, 2 * gridRow + gridColumn % 2);
  }

  /** The most matrix rows that the block of any rank has. */
  int largestRows() {
    return largestPart(gridRows);
  }

  /** The longest piece of a vector that any rank has. */
  int largestColumns() {
    return largestPart(gridColumns);
  }

  /** The grid row whose block holds a matrix row. */
  int gridRowOf(int row) {
    return partOf(row, gridRows);
  }

  /** The grid column whose block holds a matrix column. */
  int gridColumnOf(int column) {
    return partOf(column, gridColumns);
  }

  private int start(int part, int parts) {
    return (int) ((long) order * part / parts);
  }

  private int largestPart(int parts) {
    return (int) (((long) order + parts - 1) / parts);
  }

  /** Inverts {@link #start}: the largest part that starts at {@code index} or before. */
  private int partOf(int index, int parts) {
    return (int) (((index + 1L) * parts - 1) / order);
  }
}
