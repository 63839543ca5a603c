package io.weft.kernels.cg;

import io.weft.kernels.timed.PhaseTimers;
import java.util.Arrays;

/**
 * Inverse iteration: each outer iteration solves {@code A z = x} approximately, by a fixed number
 * of conjugate gradient steps, and takes {@code zeta = shift + 1 / (x z)} and the next {@code x = z
 * / |z|} from the solution (RNR-94-007, "Kernel CG"). All arrays are made in the constructor; an
 * iteration allocates nothing.
 */
final class CgSolver {
  private static final int VECTORS = 4;

  private final MatrixProduct matrix;
  private final RowReduction reduction;
  private final PhaseTimers timers;
  private final int innerIterations;
  private final double shift;
  private final int length;

  /** The right-hand side, of norm 1 but for the first one. */
  private final double[] x;

  /** The solution. */
  private final double[] z;

  /** The direction of the next step. */
  private final double[] p;

  /** The residual as the recurrence has it. */
  private final double[] r;

  private final double[] scalars = new double[RowReduction.CAPACITY];
  private double zeta;
  private double residualNorm;

  /**
   * Allocates.
   *
   * @param matrix the shifted matrix
   * @param reduction sums up inner products
   * @param timers told what the time went to
   * @param innerIterations the conjugate gradient steps per outer iteration
   * @param shift what was subtracted from the diagonal
   */
  CgSolver(
      MatrixProduct matrix,
      RowReduction reduction,
      PhaseTimers timers,
      int innerIterations,
      double shift) {
    this.matrix = matrix;
    this.reduction = reduction;
    this.timers = timers;
    this.innerIterations = innerIterations;
    this.shift = shift;
    this.length = matrix.length();
    this.x = new double[length];
    this.z = new double[length];
    this.p = new double[length];
    this.r = new double[length];
    reset();
  }

  /** What the arrays take for a piece of some length, in bytes. */
  static long bytes(int length) {
    return (long) VECTORS * Double.BYTES * length;
  }

  /** Starts again from a vector of ones. */
  void reset() {
    Arrays.fill(x, 1);
    zeta = 0;
    residualNorm = 0;
  }

  /** One outer iteration; collective. */
  void iterate() {
    timers.start();
    solve();
    scalars[0] = VectorLoops.dot(x, z, length);
    scalars[1] = VectorLoops.dot(z, z, length);
    timers.end(CgPhase.VECTOR_UPDATES);
    reduction.sum(scalars, 2);
    timers.end(CgPhase.SCALAR_REDUCTIONS);
    zeta = shift + 1 / scalars[0];
    VectorLoops.scale(1 / Math.sqrt(scalars[1]), z, x, length);
    timers.end(CgPhase.VECTOR_UPDATES);
  }

  /** The eigenvalue estimate of the last outer iteration, the same on every rank. */
  double zeta() {
    return zeta;
  }

  /** The norm of {@code x - A z} in the last outer iteration, computed from {@code z} itself. */
  double residualNorm() {
    return residualNorm;
  }

  /** This rank's piece of the vector that the next outer iteration starts from; live. */
  double[] vector() {
    return x;
  }

  /** This rank's piece of the solution of the last outer iteration; live. */
  double[] solution() {
    return z;
  }

  /** Conjugate gradient steps from zero (Hestenes and Stiefel, 1952). */
  private void solve() {
    Arrays.fill(z, 0);
    System.arraycopy(x, 0, r, 0, length);
    System.arraycopy(x, 0, p, 0, length);
    double rho = innerProduct(r, r);
    for (int step = 0; step < innerIterations; step++) {
      double[] q = matrix.multiply(p);
      double alpha = rho / innerProduct(p, q);
      VectorLoops.addScaled(alpha, p, z, length);
      VectorLoops.addScaled(-alpha, q, r, length);
      double previous = rho;
      rho = innerProduct(r, r);
      VectorLoops.scaleAndAdd(r, rho / previous, p, length);
      timers.end(CgPhase.VECTOR_UPDATES);
    }
    double[] product = matrix.multiply(z);
    residualNorm = Math.sqrt(sum(VectorLoops.squaredDistance(x, product, length)));
  }

  private double innerProduct(double[] a, double[] b) {
    return sum(VectorLoops.dot(a, b, length));
  }

  private double sum(double part) {
    timers.end(CgPhase.VECTOR_UPDATES);
    scalars[0] = part;
    reduction.sum(scalars, 1);
    timers.end(CgPhase.SCALAR_REDUCTIONS);
    return scalars[0];
  }
}
