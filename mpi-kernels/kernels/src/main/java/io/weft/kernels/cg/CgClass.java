package io.weft.kernels.cg;

import io.weft.kernels.ProblemClass;
import java.util.List;

/**
 * One problem size with its published answer.
 *
 * @param name the class's letter
 * @param order the order of the matrix, na
 * @param nonzeros the random elements of each generating vector, nonzer
 * @param iterations the timed outer iterations, niter
 * @param shift what is subtracted from the diagonal, lambda
 * @param zeta the published eigenvalue estimate
 */
record CgClass(String name, int order, int nonzeros, int iterations, double shift, double zeta)
    implements ProblemClass {
  /** The inner iterations: conjugate gradient steps per outer iteration. */
  static final int INNER_ITERATIONS = 25;

  /** The condition number's reciprocal, rcond: first to last weight of the outer products. */
  static final double RECIPROCAL_CONDITION = 0.1;

  /** The largest relative error of zeta that passes. */
  static final double TOLERANCE = 1e-10;

  /** The published classes, smallest first (NPB 3.4). */
  static final List<CgClass> PUBLISHED =
      List.of(
          new CgClass("S", 1_400, 7, 15, 10, 8.5971775078648),
          new CgClass("W", 7_000, 8, 15, 12, 10.362595087124),
          new CgClass("A", 14_000, 11, 15, 20, 17.130235054029),
          new CgClass("B", 75_000, 13, 75, 60, 22.712745482631),
          new CgClass("C", 150_000, 15, 75, 110, 28.973605592845));

  @Override
  public String parameters() {
    return "order %,d, %d random elements a vector, %d iterations, shift %.0f"
        .formatted(order, nonzeros, iterations, shift);
  }

  /**
   * The operations of the timed part, by NPB's formula: a matrix-vector product counts {@code nz
   * (nz + 1)} multiply-adds per row, which is the expected number of elements and not the real one.
   */
  @Override
  public double operations() {
    double product = nonzeros * (nonzeros + 1.0);
    double perRow = 3 + product + INNER_ITERATIONS * (5 + product) + 3;
    return 2.0 * iterations * order * perRow;
  }
}
