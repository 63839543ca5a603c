package io.weft.comm;

/** How a reduction makes one element out of two (MPI-4.0 section 6.9.2). */
public enum ReduceOp {
  /** {@code a + b}; integers wrap. */
  SUM,
  /** {@code a * b}; integers wrap. */
  PROD,
  /** The smaller. */
  MIN,
  /** The larger. */
  MAX
}
