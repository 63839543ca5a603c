package io.weft.kernels.jacobi2d;

/**
 * What the kernel must find. Sines that vanish at the sides keep their shape: the scheme multiplies
 * {@code sin(k pi x) sin(l pi y)} by {@code 1 - 4 ratio (sin^2(k pi h / 2) + sin^2(l pi h / 2))} in
 * each step, the equation by {@code exp(-(k^2 + l^2) pi^2 dt)}. Two of them, so that neither
 * direction nor the middle of the square is like another.
 *
 * @param problem the class
 */
record HeatSolution(HeatClass problem) {
  /** The height of the second sine at the start; that of the first, k = l = 1, is 1. */
  private static final double SECOND = 0.5;

  private static final int SECOND_K = 3;
  private static final int SECOND_L = 2;

  /** Where the sine of {@code k} is at a line of points. */
  private double sine(int k, int line) {
    return Math.sin(k * Math.PI * line / problem.intervals());
  }

  /** The first sine's height after the last step. */
  double firstHeight() {
    return height(1, 1, 1);
  }

  /** The second's. */
  double secondHeight() {
    return height(SECOND, SECOND_K, SECOND_L);
  }

  private double height(double start, int k, int l) {
    double half = Math.PI / (2 * problem.intervals());
    double squares = Math.pow(Math.sin(k * half), 2) + Math.pow(Math.sin(l * half), 2);
    return start * Math.pow(1 - 4 * problem.ratio() * squares, problem.steps());
  }

  /** The first sine's height by the equation itself. */
  double firstHeightOfEquation() {
    double time = problem.steps() * problem.ratio() / Math.pow(problem.intervals(), 2);
    return Math.exp(-2 * Math.PI * Math.PI * time);
  }

  /** The first sine, of height 1; points are counted from 1. */
  double first(int line, int column) {
    return sine(1, line) * sine(1, column);
  }

  /** The second, of height 1. */
  double second(int line, int column) {
    return sine(SECOND_L, line) * sine(SECOND_K, column);
  }

  /** The field at the start. */
  double start(int line, int column) {
    return first(line, column) + SECOND * second(line, column);
  }
}
