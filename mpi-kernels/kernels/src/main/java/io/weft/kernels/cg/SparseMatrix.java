package io.weft.kernels.cg;

/**
 * One rank's block of the matrix, by compressed rows; indices count from the block's own corner.
 *
 * <p>Row {@code r} has its elements at {@code rowStarts[r] .. rowStarts[r + 1] - 1}, columns
 * ascending.
 */
final class SparseMatrix {
  private final int rows;
  private final int columnCount;
  private final int[] rowStarts;
  private final int[] columns;
  private final double[] values;

  /**
   * Takes over the arrays.
   *
   * @param columnCount the block's width
   * @param rowStarts one more than there are rows
   * @param columns at least {@code rowStarts[rows]}
   * @param values as many
   */
  SparseMatrix(int columnCount, int[] rowStarts, int[] columns, double[] values) {
    this.rows = rowStarts.length - 1;
    this.columnCount = columnCount;
    this.rowStarts = rowStarts;
    this.columns = columns;
    this.values = values;
  }

  /** The block's height. */
  int rows() {
    return rows;
  }

  /** The block's width. */
  int columnCount() {
    return columnCount;
  }

  /** The stored elements. */
  int elements() {
    return rowStarts[rows];
  }

  /** Where a row's elements start; {@code row} may be {@link #rows}. */
  int rowStart(int row) {
    return rowStarts[row];
  }

  /** The column of an element. */
  int column(int element) {
    return columns[element];
  }

  /** The value of an element. */
  double value(int element) {
    return values[element];
  }

  /** Changes one value, for tests that must see the verification fail. */
  void setValue(int element, double value) {
    values[element] = value;
  }

  /** What the arrays take, in bytes. */
  long bytes() {
    return bytes(values.length, rows);
  }

  /** What the arrays of a block take, in bytes. */
  static long bytes(long capacity, long rows) {
    return capacity * (Double.BYTES + Integer.BYTES) + (rows + 1) * Integer.BYTES;
  }

  /**
   * Multiplies some of the rows by a vector.
   *
   * @param firstRow the first row
   * @param endRow the row after the last
   * @param x the vector, {@link #columnCount} elements
   * @param y gets row {@code firstRow} at 0; not {@code x}
   */
  void multiply(int firstRow, int endRow, double[] x, double[] y) {
    int[] starts = rowStarts;
    int start = starts[firstRow];
    for (int row = firstRow; row < endRow; row++) {
      int end = starts[row + 1];
      y[row - firstRow] = rowProduct(values, columns, x, start, end);
      start = end;
    }
  }

  /**
   * One row times a vector. Four sums that do not wait for each other hide the latency of the
   * multiply-add; with one sum, {@code fma} would be slower than multiply and add.
   */
  private static double rowProduct(double[] values, int[] columns, double[] x, int start, int end) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int k = start;
    for (; k < end - 3; k += 4) {
      sum0 = Math.fma(values[k], x[columns[k]], sum0);
      sum1 = Math.fma(values[k + 1], x[columns[k + 1]], sum1);
      sum2 = Math.fma(values[k + 2], x[columns[k + 2]], sum2);
      sum3 = Math.fma(values[k + 3], x[columns[k + 3]], sum3);
    }
    for (; k < end; k++) {
      sum0 = Math.fma(values[k], x[columns[k]], sum0);
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }
}
