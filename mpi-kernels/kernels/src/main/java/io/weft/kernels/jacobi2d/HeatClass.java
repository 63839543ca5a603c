package io.weft.kernels.jacobi2d;

import io.weft.kernels.ProblemClass;
import java.util.List;

/**
 * One problem size.
 *
 * @param name the class's letter
 * @param intervals the sides of the square are divided into so many; one point less is inside
 * @param steps time steps in the timed part
 * @param ratio {@code dt / h^2}, below 1/4 for a stable scheme
 */
record HeatClass(String name, int intervals, int steps, double ratio) implements ProblemClass {
  /** Four additions and two multiplications for a point and step. */
  private static final double OPERATIONS_PER_POINT = 6;

  private static final double RATIO = 0.2;

  /** The classes, smallest first. */
  static final List<HeatClass> ALL =
      List.of(
          new HeatClass("S", 128, 500, RATIO),
          new HeatClass("W", 512, 500, RATIO),
          new HeatClass("A", 2048, 200, RATIO),
          new HeatClass("B", 4096, 200, RATIO),
          new HeatClass("C", 8192, 200, RATIO));

  /** Points inside, in each direction. */
  int points() {
    return intervals - 1;
  }

  @Override
  public String parameters() {
    return "%1$d x %1$d points, %2$d steps".formatted(points(), steps);
  }

  @Override
  public double operations() {
    return OPERATIONS_PER_POINT * steps * points() * points();
  }
}
