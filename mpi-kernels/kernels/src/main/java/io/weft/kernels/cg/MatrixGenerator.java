package io.weft.kernels.cg;

/**
 * Builds one rank's block of the matrix: the sum of weighted outer products of {@link
 * SparseVectors}, plus {@code rcond - shift} on the diagonal.
 *
 * <p>The sequence of vectors is walked twice: once to count how many elements fall into each of the
 * block's rows, once to put them there. Neither the vectors nor elements of other ranks are kept: a
 * rank's memory is that of its own block, the elements and two integers per row.
 *
 * <p>Elements that meet in one place are added in the order of the sequence, whatever the block.
 * The blocks of any grid are therefore, bit for bit, parts of the same matrix.
 */
final class MatrixGenerator {
  private final CgClass problem;
  private final ProcessorGrid grid;

  /** Where each row's space starts; first sized by the count, in the end without gaps. */
  private final int[] rowStarts;

  /** Where each row's elements end so far. */
  private final int[] rowEnds;

  private int[] columns;
  private double[] values;

  private MatrixGenerator(CgClass problem, ProcessorGrid grid) {
    this.problem = problem;
    this.grid = grid;
    this.rowStarts = new int[grid.rows() + 1];
    this.rowEnds = new int[grid.rows()];
  }

  /** Builds the block of a rank. */
  static SparseMatrix generate(CgClass problem, ProcessorGrid grid) {
    MatrixGenerator generator = new MatrixGenerator(problem, grid);
    generator.count();
    generator.fill();
    generator.addDiagonal();
    generator.closeGaps();
    return new SparseMatrix(
        grid.columns(), generator.rowStarts, generator.columns, generator.values);
  }

  /**
   * The most bytes that building and keeping a block takes on any rank of a grid. Walks the
   * sequence, because how many elements fall into a block is known only then.
   */
  static long largestBytes(CgClass problem, int ranks) {
    ProcessorGrid grid = ProcessorGrid.of(problem.order(), ranks, 0);
    long[] capacities = new long[ranks];
    SparseVectors vectors = new SparseVectors(problem);
    while (vectors.next()) {
      for (int a = 0; a < vectors.count(); a++) {
        int firstInRow = grid.gridRowOf(vectors.position(a)) * grid.gridColumns();
        for (int b = 0; b < vectors.count(); b++) {
          capacities[firstInRow + grid.gridColumnOf(vectors.position(b))]++;
        }
      }
    }
    long largest = 0;
    for (long capacity : capacities) {
      largest = Math.max(largest, capacity);
    }
    long rowEndBytes = (long) grid.largestRows() * Integer.BYTES;
    return SparseMatrix.bytes(largest, grid.largestRows()) + rowEndBytes;
  }

  private void count() {
    int firstRow = grid.firstRow();
    SparseVectors vectors = new SparseVectors(problem);
    while (vectors.next()) {
      int inColumns = 0;
      for (int k = 0; k < vectors.count(); k++) {
        if (isOwnColumn(vectors.position(k))) {
          inColumns++;
        }
      }
      for (int k = 0; k < vectors.count(); k++) {
        if (isOwnRow(vectors.position(k))) {
          rowStarts[vectors.position(k) - firstRow + 1] += inColumns;
        }
      }
    }
    for (int row = 0; row < rowEnds.length; row++) {
      rowStarts[row + 1] = Math.addExact(rowStarts[row], rowStarts[row + 1]);
      rowEnds[row] = rowStarts[row];
    }
    // Elements that meet are counted as often as they occur, some eight per cent too many. Cutting
    // the arrays to length would take them twice for a moment, which is worse.
    columns = new int[rowStarts[rowEnds.length]];
    values = new double[rowStarts[rowEnds.length]];
  }

  private void fill() {
    SparseVectors vectors = new SparseVectors(problem);
    while (vectors.next()) {
      for (int a = 0; a < vectors.count(); a++) {
        if (isOwnRow(vectors.position(a))) {
          for (int b = 0; b < vectors.count(); b++) {
            if (isOwnColumn(vectors.position(b))) {
              add(vectors.position(a), vectors.position(b), vectors.product(a, b));
            }
          }
        }
      }
    }
  }

  /** Vector {@code i} has an element at {@code i}, so the diagonal's places exist already. */
  private void addDiagonal() {
    double value = CgClass.RECIPROCAL_CONDITION - problem.shift();
    int first = Math.max(grid.firstRow(), grid.firstColumn());
    int end = Math.min(grid.endRow(), grid.endColumn());
    for (int i = first; i < end; i++) {
      add(i, i, value);
    }
  }

  private boolean isOwnRow(int row) {
    return row >= grid.firstRow() && row < grid.endRow();
  }

  private boolean isOwnColumn(int column) {
    return column >= grid.firstColumn() && column < grid.endColumn();
  }

  /** Adds a value to an element, which is made in its row's order of columns if there is none. */
  private void add(int matrixRow, int matrixColumn, double value) {
    int row = matrixRow - grid.firstRow();
    int column = matrixColumn - grid.firstColumn();
    int place = lowerBound(rowStarts[row], rowEnds[row], column);
    if (place < rowEnds[row] && columns[place] == column) {
      values[place] += value;
      return;
    }
    int moved = rowEnds[row] - place;
    System.arraycopy(columns, place, columns, place + 1, moved);
    System.arraycopy(values, place, values, place + 1, moved);
    columns[place] = column;
    values[place] = value;
    rowEnds[row]++;
  }

  /** The first place in a row whose column is {@code column} or more. */
  private int lowerBound(int start, int end, int column) {
    int low = start;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (columns[middle] < column) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void closeGaps() {
    int end = 0;
    for (int row = 0; row < rowEnds.length; row++) {
      int start = rowStarts[row];
      int length = rowEnds[row] - start;
      System.arraycopy(columns, start, columns, end, length);
      System.arraycopy(values, start, values, end, length);
      rowStarts[row] = end;
      end += length;
    }
    rowStarts[rowEnds.length] = end;
  }
}
