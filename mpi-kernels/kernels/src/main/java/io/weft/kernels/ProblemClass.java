package io.weft.kernels;

/** One problem size of a kernel; kernels add the parameters and the published values. */
public interface ProblemClass {
  /**
   * The name that {@code --class} takes.
   *
   * @return such as {@code S}
   */
  String name();

  /**
   * The parameters.
   *
   * @return one line, such as {@code "order 1400, 15 iterations"}
   */
  String parameters();

  /**
   * What the timed part counts as, by the benchmark's formula.
   *
   * @return operations of all ranks together
   */
  double operations();
}
