package io.weft.kernels.cg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.comm.Communicator;
import io.weft.kernels.LocalCommunicator;
import io.weft.kernels.Progress;
import io.weft.kernels.timed.PhaseTimers;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CgSolverTest {
  private static final double[][] SMALL = {
    {10, 1, 0, 2, 0, 0},
    {1, 8, 3, 0, 0, 1},
    {0, 3, 9, 0, 2, 0},
    {2, 0, 0, 7, 1, 0},
    {0, 0, 2, 1, 12, 4},
    {0, 1, 0, 0, 4, 6},
  };

  /** As many steps as unknowns solve a positive definite system but for rounding. */
  @Test
  void solvesLikeGaussianElimination() {
    double[] expected = eliminate(SMALL, 1);
    double[] found =
        LocalCommunicator.onEachRank(
                1,
                communicator -> {
                  CgSolver solver = solver(communicator, SMALL, SMALL.length, 0);
                  solver.iterate();
                  assertTrue(solver.residualNorm() < 1e-13, "residual " + solver.residualNorm());
                  return solver.solution().clone();
                })
            .getFirst();
    assertArrayEquals(expected, found, 1e-13);
  }

  /** The second difference of order n has the eigenvalues 2 - 2 cos(k pi / (n + 1)). */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void inverseIterationFindsTheEigenvalueNextToTheShift(int ranks) {
    int n = 9;
    double shift = 1.75;
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = 2;
      if (i > 0) {
        matrix[i][i - 1] = -1;
        matrix[i - 1][i] = -1;
      }
    }
    double expected = 2 - 2 * Math.cos(Math.PI / (n + 1));
    List<Double> found =
        LocalCommunicator.onEachRank(
            ranks,
            communicator -> {
              // A vector of ones is symmetric, and so is all that follows: 5 steps are exact.
              CgSolver solver = solver(communicator, matrix, 5, shift);
              for (int k = 0; k < 20; k++) {
                solver.iterate();
              }
              return solver.zeta() - shift;
            });
    for (double value : found) {
      assertEquals(expected, value, 1e-12);
    }
  }

  @Test
  void residualIsTheRealOneAndNotTheRecurrences() {
    LocalCommunicator.onEachRank(
        1,
        communicator -> {
          CgSolver solver = solver(communicator, SMALL, 2, 0);
          solver.iterate();
          double[] z = solver.solution();
          double squares = 0;
          for (double[] row : SMALL) {
            double product = 0;
            for (int column = 0; column < z.length; column++) {
              product += row[column] * z[column];
            }
            squares += (1 - product) * (1 - product);
          }
          assertEquals(Math.sqrt(squares), solver.residualNorm(), 1e-14);
          return null;
        });
  }

  /** On 2 and 8 ranks rows are given away in halves, one of them while the other is computed. */
  @Test
  void theOverlapDoesNotShowInTheBits() {
    double[][] matrix = new double[64][64];
    Random random = new Random(3);
    for (int row = 0; row < matrix.length; row++) {
      for (int column = 0; column < row; column++) {
        matrix[row][column] = random.nextDouble() - 0.5;
        matrix[column][row] = matrix[row][column];
      }
      matrix[row][row] = 40;
    }
    for (int ranks : new int[] {2, 4, 8}) {
      Set<Double> found = new HashSet<>();
      for (boolean overlap : new boolean[] {true, false}) {
        found.addAll(
            LocalCommunicator.onEachRank(
                ranks,
                communicator -> {
                  CgSolver solver = solver(communicator, matrix, 5, 10, overlap);
                  solver.iterate();
                  solver.iterate();
                  return solver.zeta();
                }));
      }
      assertEquals(1, found.size(), ranks + " ranks: " + found);
    }
  }

  private static CgSolver solver(
      Communicator communicator, double[][] matrix, int steps, double shift) {
    return solver(communicator, matrix, steps, shift, true);
  }

  private static CgSolver solver(
      Communicator communicator, double[][] matrix, int steps, double shift, boolean overlap) {
    ProcessorGrid grid = ProcessorGrid.of(matrix.length, communicator.size(), communicator.rank());
    MessageBuffers buffers = new MessageBuffers(communicator, matrix.length);
    PhaseTimers timers = new PhaseTimers(Progress.NONE, CgPhase.values());
    return new CgSolver(
        new GridProduct(grid, block(matrix, grid), buffers, timers, overlap),
        new RowReduction(grid, buffers),
        timers,
        steps,
        shift);
  }

  private static SparseMatrix block(double[][] matrix, ProcessorGrid grid) {
    int[] starts = new int[grid.rows() + 1];
    int[] columns = new int[grid.rows() * grid.columns()];
    double[] values = new double[columns.length];
    int count = 0;
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        double value = matrix[grid.firstRow() + row][grid.firstColumn() + column];
        if (value != 0) {
          columns[count] = column;
          values[count++] = value;
        }
      }
      starts[row + 1] = count;
    }
    return new SparseMatrix(grid.columns(), starts, columns, values);
  }

  /** Solves for a right-hand side of equal numbers. */
  private static double[] eliminate(double[][] matrix, double rightHandSide) {
    int n = matrix.length;
    double[][] work = new double[n][];
    for (int i = 0; i < n; i++) {
      work[i] = Arrays.copyOf(matrix[i], n + 1);
      work[i][n] = rightHandSide;
    }
    for (int pivot = 0; pivot < n; pivot++) {
      for (int row = 0; row < n; row++) {
        if (row != pivot) {
          double factor = work[row][pivot] / work[pivot][pivot];
          for (int column = pivot; column <= n; column++) {
            work[row][column] -= factor * work[pivot][column];
          }
        }
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = work[i][n] / work[i][i];
    }
    return solution;
  }
}
