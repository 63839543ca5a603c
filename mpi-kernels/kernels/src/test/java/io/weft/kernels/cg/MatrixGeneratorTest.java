package io.weft.kernels.cg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.kernels.npb.NpbRandom;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixGeneratorTest {
  private static final CgClass SMALL = new CgClass("tiny", 61, 5, 1, 3, Double.NaN);
  private static final CgClass CLASS_S = CgClass.PUBLISHED.getFirst();

  @Test
  void equalsTheSpecificationTakenLiterally() {
    double[][] expected = specified(SMALL);
    double[][] found = assembled(SMALL, 1);
    for (int row = 0; row < SMALL.order(); row++) {
      assertArrayEquals(expected[row], found[row], 1e-14, "row " + row);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16, 32})
  void blocksOfAnyGridAreBitForBitPartsOfOneMatrix(int ranks) {
    assertArrayEquals(assembled(SMALL, 1), assembled(SMALL, ranks));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void blocksOfClassSAreBitForBitPartsOfOneMatrix(int ranks) {
    assertArrayEquals(assembled(CLASS_S, 1), assembled(CLASS_S, ranks));
  }

  @Test
  void isSymmetricToTheLastBit() {
    double[][] matrix = assembled(CLASS_S, 4);
    for (int row = 0; row < matrix.length; row++) {
      for (int column = 0; column < row; column++) {
        assertEquals(matrix[row][column], matrix[column][row]);
      }
    }
  }

  @Test
  void elementsAreInOrderPositiveOffTheDiagonalAndAboveTheBoundOnIt() {
    SparseMatrix matrix = MatrixGenerator.generate(CLASS_S, ProcessorGrid.of(1400, 1, 0));
    for (int row = 0; row < matrix.rows(); row++) {
      boolean diagonal = false;
      for (int k = matrix.rowStart(row); k < matrix.rowStart(row + 1); k++) {
        assertTrue(k == matrix.rowStart(row) || matrix.column(k - 1) < matrix.column(k));
        if (matrix.column(k) == row) {
          diagonal = true;
          assertTrue(matrix.value(k) > CgClass.RECIPROCAL_CONDITION - CLASS_S.shift());
        } else {
          assertTrue(matrix.value(k) > 0 && matrix.value(k) < CLASS_S.order());
        }
      }
      assertTrue(diagonal, "row " + row + " has its diagonal");
    }
  }

  /** Without the shift, A - rcond I is a sum of outer products: x (A - rcond I) x >= 0. */
  @Test
  void isPositiveDefiniteWithoutTheShift() {
    double[][] matrix = assembled(SMALL, 1);
    NpbRandom random = new NpbRandom(11);
    for (int trial = 0; trial < 200; trial++) {
      double form = 0;
      double norm = 0;
      double[] x = new double[SMALL.order()];
      for (int k = 0; k < x.length; k++) {
        x[k] = random.next() - 0.5;
      }
      for (int row = 0; row < x.length; row++) {
        norm += x[row] * x[row];
        for (int column = 0; column < x.length; column++) {
          form += x[row] * matrix[row][column] * x[column];
        }
      }
      double bound = CgClass.RECIPROCAL_CONDITION - SMALL.shift();
      assertTrue(form >= (bound - 1e-12) * norm, form + " for norm " + norm);
    }
  }

  @Test
  void memoryBoundIsTheFullestBlocksOwn() {
    for (int ranks = 1; ranks <= 32; ranks *= 2) {
      long largest = 0;
      for (int rank = 0; rank < ranks; rank++) {
        ProcessorGrid grid = ProcessorGrid.of(CLASS_S.order(), ranks, rank);
        long rowEnds = (long) grid.rows() * Integer.BYTES;
        largest = Math.max(largest, MatrixGenerator.generate(CLASS_S, grid).bytes() + rowEnds);
      }
      long bound = MatrixGenerator.largestBytes(CLASS_S, ranks);
      // Blocks may differ in height by one row.
      assertTrue(largest <= bound && bound <= largest + 16, largest + " against " + bound);
    }
  }

  /** Puts the blocks of all ranks together. */
  private static double[][] assembled(CgClass problem, int ranks) {
    double[][] matrix = new double[problem.order()][problem.order()];
    for (int rank = 0; rank < ranks; rank++) {
      ProcessorGrid grid = ProcessorGrid.of(problem.order(), ranks, rank);
      SparseMatrix block = MatrixGenerator.generate(problem, grid);
      assertEquals(grid.rows(), block.rows());
      assertEquals(grid.columns(), block.columnCount());
      for (int row = 0; row < block.rows(); row++) {
        for (int k = block.rowStart(row); k < block.rowStart(row + 1); k++) {
          matrix[grid.firstRow() + row][grid.firstColumn() + block.column(k)] = block.value(k);
        }
      }
    }
    return matrix;
  }

  /** The generator as RNR-94-007 words it: whole vectors, a dense matrix, exact random numbers. */
  private static double[][] specified(CgClass problem) {
    int n = problem.order();
    int power = 1;
    while (power < n) {
      power *= 2;
    }
    ExactRandom random = new ExactRandom();
    random.next();
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      Map<Integer, Double> vector = new LinkedHashMap<>();
      while (vector.size() < problem.nonzeros()) {
        double value = random.next().doubleValue();
        int position = random.next().multiply(BigDecimal.valueOf(power)).intValue();
        if (position < n) {
          vector.putIfAbsent(position, value);
        }
      }
      vector.put(i, 0.5);
      double weight = Math.pow(CgClass.RECIPROCAL_CONDITION, (double) i / n);
      vector.forEach(
          (row, a) -> vector.forEach((column, b) -> matrix[row][column] += weight * a * b));
    }
    for (int i = 0; i < n; i++) {
      matrix[i][i] += CgClass.RECIPROCAL_CONDITION - problem.shift();
    }
    return matrix;
  }

  private static final class ExactRandom {
    private static final BigInteger MODULUS = BigInteger.TWO.pow(46);
    private BigInteger state = BigInteger.valueOf(314_159_265L);

    BigDecimal next() {
      state = state.multiply(BigInteger.valueOf(5).pow(13)).mod(MODULUS);
      return new BigDecimal(state).divide(new BigDecimal(MODULUS), MathContext.UNLIMITED);
    }
  }
}
