package io.weft.kernels.mg;

import io.weft.kernels.ProblemClass;
import java.util.List;

/**
 * One problem size with its published answer.
 *
 * @param name the class's letter
 * @param log2Points the grid has 2 to this power points in each of three directions; at least 2
 * @param iterations V-cycles in the timed part
 * @param smoother what the smoother multiplies a point, its 6 nearest and its 12 next neighbours
 *     with
 * @param norm the published L2 norm of the residual after the last iteration
 */
record MgClass(String name, int log2Points, int iterations, List<Double> smoother, double norm)
    implements ProblemClass {
  /** The largest relative error of the norm that passes. */
  static final double TOLERANCE = 1e-8;

  private static final double OPERATIONS_PER_POINT = 58;

  /** What classes S, W and A smooth with. */
  private static final List<Double> SMALL = List.of(-3.0 / 8, 1.0 / 32, -1.0 / 64);

  /** What larger classes smooth with. */
  private static final List<Double> LARGE = List.of(-3.0 / 17, 1.0 / 33, -1.0 / 61);

  /** The published classes, smallest first (NPB 3.4). */
  static final List<MgClass> PUBLISHED =
      List.of(
          new MgClass("S", 5, 4, SMALL, 0.5307707005734e-4),
          new MgClass("W", 7, 4, SMALL, 0.6467329375339e-5),
          new MgClass("A", 8, 4, SMALL, 0.2433365309069e-5),
          new MgClass("B", 8, 20, LARGE, 0.1800564401355e-5),
          new MgClass("C", 9, 20, LARGE, 0.5706732285740e-6));

  /** Copies the list. */
  MgClass {
    smoother = List.copyOf(smoother);
  }

  /** Points in each direction. */
  int points() {
    return 1 << log2Points;
  }

  @Override
  public String parameters() {
    return "%1$d x %1$d x %1$d points, %2$d iterations".formatted(points(), iterations);
  }

  /** 58 for each point and iteration, by NPB's formula. */
  @Override
  public double operations() {
    return OPERATIONS_PER_POINT * iterations * Math.pow(points(), 3);
  }
}
