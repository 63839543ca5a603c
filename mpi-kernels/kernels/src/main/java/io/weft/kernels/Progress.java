package io.weft.kernels;

/** Hears how far a kernel is; called by the kernel's thread on every rank. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (phase, done, total) -> {};

  /**
   * Tells how far the kernel is.
   *
   * @param phase what it is doing, such as {@code "iteration"}
   * @param done steps done, {@code 0 .. total}
   * @param total steps in all
   */
  void at(String phase, long done, long total);
}
