package io.weft.kernels;

import java.util.function.DoubleSupplier;

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

  /**
   * The same, with a quantity that shows how near the answer is.
   *
   * @param phase what it is doing
   * @param done steps done
   * @param total steps in all
   * @param quantity its name for a reader, such as {@code "residual"}; null if there is none
   * @param value computes it: to be asked only where it is shown, at most once a second
   */
  default void at(String phase, long done, long total, String quantity, DoubleSupplier value) {
    at(phase, done, total);
  }

  /**
   * Tells a person something; not on the path of messages.
   *
   * @param sentence without its full stop
   */
  default void says(String sentence) {}

  /** Tells that the timed part starts; phases told of before belong to warming up. */
  default void timedPartStarts() {}

  /**
   * Tells that a phase has ended. Called at each border between phases: must be quick, and allocate
   * nothing.
   *
   * @param name as {@link PhaseTime#name}; the same object each time
   * @param communication as {@link PhaseTime#communication}
   * @param startNanos when it started, by {@link System#nanoTime}
   * @param endNanos when it ended
   */
  default void phaseEnded(String name, boolean communication, long startNanos, long endNanos) {}
}
