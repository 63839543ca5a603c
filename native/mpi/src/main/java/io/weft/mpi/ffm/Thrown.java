package io.weft.mpi.ffm;

import io.weft.ffi.Unchecked;

/**
 * What a Java method threw while C called it: nothing may pass through the native frame, so it is
 * kept until that call of C has returned. One for each thread.
 */
public final class Thrown {
  private static final ThreadLocal<Throwable> KEPT = new ThreadLocal<>();

  private Thrown() {}

  /**
   * Keeps the first.
   *
   * @param thrown what was thrown
   */
  public static void keep(Throwable thrown) {
    if (KEPT.get() == null) {
      KEPT.set(thrown);
    }
  }

  /** Throws what is kept, if there is something. */
  public static void rethrow() {
    Throwable thrown = KEPT.get();
    if (thrown != null) {
      KEPT.remove();
      throw Unchecked.rethrow(thrown);
    }
  }
}
