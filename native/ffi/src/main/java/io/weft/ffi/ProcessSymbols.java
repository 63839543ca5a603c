package io.weft.ffi;

import java.lang.foreign.Arena;

/** Symbols of whatever is loaded in this process, preloaded libraries among them. */
public final class ProcessSymbols {
  /** {@code RTLD_DEFAULT}, the order in which the dynamic linker itself looks. Linux value. */
  private static final long DEFAULT = 0;

  private ProcessSymbols() {}

  /**
   * Looks a symbol up, {@code dlsym(RTLD_DEFAULT, ...)}, dlsym(3). Safe from any thread.
   *
   * @param name its name
   * @return its address, or 0 if nothing in this process exports it
   */
  public static long find(String name) {
    try (Arena arena = Arena.ofConfined()) {
      return Libc.dlsym(DEFAULT, arena.allocateFrom(name));
    }
  }
}
