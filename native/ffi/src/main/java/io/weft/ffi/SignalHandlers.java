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
 * starts as well, as Weft's launchers do.
 */
public final class SignalHandlers {
  /**
   * The signals that HotSpot or Weft's launchers use, by their Linux numbers: HUP, INT, QUIT, ILL,
   * TRAP, ABRT, BUS, FPE, USR1, SEGV, USR2, PIPE, TERM, XFSZ.
   */
  private static final int[] SIGNALS = {1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 15, 25};

  /** More than {@code sizeof(struct sigaction)}: 152 bytes on x86-64 and on AArch64 glibc. */
  static final long ACTION_BYTES = 256;

  private SignalHandlers() {}

  /**
   * Makes a call and puts the signal handlers back that were in force before it, however it ends.
   *
   * @param <T> what the call returns
   * @param call native code that may install handlers
   * @return what the call returned
   */
  public static <T> T preserve(Supplier<T> call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment saved = arena.allocate(ACTION_BYTES * SIGNALS.length, 16);
      for (int i = 0; i < SIGNALS.length; i++) {
        Libc.sigaction(SIGNALS[i], 0, saved.address() + i * ACTION_BYTES);
      }
      try {
        return call.get();
      } finally {
        for (int i = 0; i < SIGNALS.length; i++) {
          Libc.sigaction(SIGNALS[i], saved.address() + i * ACTION_BYTES, 0);
        }
      }
    }
  }
}
