package io.weft.kernels.ft;

/** May change what a run computes with; tests lead a kernel astray by it. */
@FunctionalInterface
interface FtHook {
  /** Changes nothing. */
  FtHook NONE = (what, values) -> {};

  /** What may be changed. */
  enum What {
    /** The real parts of a rank's initial condition. */
    FIELD,
    /** The roots of unity of the transforms along z. */
    ROOTS,
    /** The factors of a step in time by wave number in x, in each iteration. */
    FACTORS
  }

  /**
   * Changes it, in place.
   *
   * @param what it is
   * @param values the numbers
   */
  void accept(What what, double[] values);
}
