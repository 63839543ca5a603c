package io.weft.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * Keeps the JVM's signal handlers across native code that installs its own.
 *
 * <p>HotSpot turns SIGSEGV of compiled code into {@code NullPointerException}, and other signals
 * into safepoints and orderly shutdown. Libraries take these handlers away: PSM when libfabric is
 * loaded, libfabric's shm provider when an endpoint opens, UCX in {@code MPI_Init}; the next null
 * check then ends the JVM. Make such a call inside {@link #preserve}.
 *
 * <p>Signals that arrive during the call still meet the library's handler: set {@code
 * UCX_ERROR_SIGNALS=}, {@code IPATH_NO_BACKTRACE=1} and {@code HFI_NO_BACKTRACE=1} before the JVM
 * starts as well, as Weft's launchers do. Safe from any thread: while several calls are under way,
 * what each of them puts back is what was there before the first.
 */
public final class SignalHandlers {
  /**
   * The signals that HotSpot or Weft's launchers use, by their Linux numbers: HUP, INT, QUIT, ILL,
   * TRAP, ABRT, BUS, FPE, USR1, SEGV, USR2, PIPE, TERM, XFSZ.
   */
  private static final int[] SIGNALS = {1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 15, 25};

  /** More than {@code sizeof(struct sigaction)}: 152 bytes on x86-64 and on AArch64 glibc. */
  static final long ACTION_BYTES = 256;

  /** The handlers that were in force when the first of the calls under way began. */
  private static final MemorySegment SAVED =
      Arena.global().allocate(ACTION_BYTES * SIGNALS.length, 16);

  private static int underWay;

  private SignalHandlers() {}

  /**
   * Makes a call and puts the signal handlers back that were in force before it, however it ends.
   *
   * @param <T> what the call returns
   * @param call native code that may install handlers
   * @return what the call returned
   */
  public static <T> T preserve(Supplier<T> call) {
    enter();
    try {
      return call.get();
    } finally {
      leave();
    }
  }

  /** A call that begins within another must not take the other's handlers for the JVM's. */
  private static synchronized void enter() {
    if (underWay == 0) {
      for (int i = 0; i < SIGNALS.length; i++) {
        Libc.sigaction(SIGNALS[i], 0, SAVED.address() + i * ACTION_BYTES);
      }
    }
    underWay++;
  }

  private static synchronized void leave() {
    for (int i = 0; i < SIGNALS.length; i++) {
      Libc.sigaction(SIGNALS[i], SAVED.address() + i * ACTION_BYTES, 0);
    }
    underWay--;
  }
}
