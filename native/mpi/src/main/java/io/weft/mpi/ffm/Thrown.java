package io.weft.mpi.ffm;

import io.weft.ffi.Unchecked;

/**
 * What a Java method threw while C called it: nothing may pass through the native frame, so it is
 * kept until that call of C has returned. One for each thread.
 */
public final class Thrown {
  private static final ThreadLocal<Throwable> KEPT = new ThreadLocal<>();

  /** The same of error handlers: the call that called one has failed, whatever it returns. */
  private static final ThreadLocal<Throwable> KEPT_OF_HANDLERS = new ThreadLocal<>();

  /** Whether any error handler ever threw; every call of C asks, so it must cost nothing. */
  private static volatile boolean handlerThrew;

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

  /**
   * Keeps what an error handler threw: the first.
   *
   * @param thrown what was thrown
   */
  public static void keepOfHandler(Throwable thrown) {
    if (KEPT_OF_HANDLERS.get() == null) {
      KEPT_OF_HANDLERS.set(thrown);
    }
    handlerThrew = true;
  }

  /** Throws what is kept, if there is something. */
  public static void rethrow() {
    rethrowOfHandler();
    rethrow(KEPT);
  }

  /** Throws what an error handler threw, if one did; else costs nothing. */
  static void rethrowOfHandler() {
    if (handlerThrew) {
      rethrow(KEPT_OF_HANDLERS);
    }
  }

  private static void rethrow(ThreadLocal<Throwable> kept) {
    Throwable thrown = kept.get();
    if (thrown != null) {
      kept.remove();
      throw Unchecked.rethrow(thrown);
    }
  }
}
