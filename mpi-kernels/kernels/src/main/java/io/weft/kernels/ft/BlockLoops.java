package io.weft.kernels.ft;

import io.weft.kernels.simd.Species;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Loops that bring data to the blocks of {@link BlockFft} and back. */
final class BlockLoops {
  private static final VectorSpecies<Double> SPECIES = Species.DOUBLE;
  private static final int LANES = SPECIES.length();
  private static final int COLUMNS = BlockFft.NARROW;

  private BlockLoops() {}

  /**
   * Makes rows columns: element {@code i} of row {@code k} becomes element {@code k} of row {@code
   * i} of a block.
   *
   * @param from as many rows as a block has columns, one after the other
   * @param first where the first one starts
   * @param length the elements of a row
   * @param block gets them, from its start
   */
  static void rowsToColumns(double[] from, int first, int length, double[] block) {
    // Four rows at a time: as many streams as are prefetched, and neighbours in the block.
    for (int k = 0; k < COLUMNS; k += 4) {
      fourRows(from, first + k * length, length, block, k);
    }
  }

  private static void fourRows(double[] from, int row, int length, double[] block, int column) {
    int row1 = row + length;
    int row2 = row1 + length;
    int row3 = row2 + length;
    for (int i = 0; i < length; i++) {
      int to = i * COLUMNS + column;
      block[to] = from[row + i];
      block[to + 1] = from[row1 + i];
      block[to + 2] = from[row2 + i];
      block[to + 3] = from[row3 + i];
    }
  }

  /**
   * The reverse of {@link #rowsToColumns}.
   *
   * @param block its elements, from its start
   * @param to gets the rows
   * @param first where the first one goes
   * @param length the elements of a row
   */
  static void columnsToRows(double[] block, double[] to, int first, int length) {
    for (int k = 0; k < COLUMNS; k++) {
      for (int i = 0; i < length; i++) {
        to[first + k * length + i] = block[i * COLUMNS + k];
      }
    }
  }

  /**
   * Multiplies columns by a step in time: by a factor of their column times a factor of their row.
   *
   * @param from where they are
   * @param first where the first row starts
   * @param stride from one row to the next, in elements
   * @param columns how many
   * @param columnFactors one for each x
   * @param x which of them is the first column's
   * @param rowFactors one for each row
   * @param scale a factor of all
   * @param block gets the products, row after row
   */
  static void evolve(
      double[] from,
      int first,
      int stride,
      int columns,
      double[] columnFactors,
      int x,
      double[] rowFactors,
      double scale,
      double[] block) {
    for (int row = 0; row < rowFactors.length; row++) {
      evolveRow(
          from,
          first + row * stride,
          columns,
          columnFactors,
          x,
          rowFactors[row] * scale,
          block,
          row * columns);
    }
  }

  private static void evolveRow(
      double[] from,
      int at,
      int columns,
      double[] columnFactors,
      int x,
      double factor,
      double[] block,
      int to) {
    for (int i = 0; i < columns; i += LANES) {
      DoubleVector.fromArray(SPECIES, from, at + i)
          .mul(DoubleVector.fromArray(SPECIES, columnFactors, x + i).mul(factor))
          .intoArray(block, to + i);
    }
  }
}
