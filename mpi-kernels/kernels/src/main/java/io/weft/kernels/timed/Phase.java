package io.weft.kernels.timed;

/** What a part of the time is spent on; a kernel's phases are an enum. */
public interface Phase {
  /**
   * The name in results.
   *
   * @return such as {@code "row sums"}
   */
  String label();

  /**
   * Whether it communicates; packing and unpacking are part of that.
   *
   * @return false for computing
   */
  boolean communication();

  /**
   * Where it stands among the kernel's phases.
   *
   * @return from 0
   */
  int ordinal();
}
