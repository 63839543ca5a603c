package io.weft.fabric;

/**
 * Which calls of which provider may be made without telling the JVM ({@code
 * Linker.Option.critical}). Garbage collection waits for such a call, so only what was measured to
 * be short is named here. A poll of shm or of TCP may copy a megabyte, and a send over TCP is a
 * system call that may do the receiver's work too: these never are.
 */
final class ShortCalls {
  private ShortCalls() {}

  /** Posts of at most the inject size: a copy into shared memory, for shm. */
  static boolean inject(String provider) {
    return provider.equals("shm");
  }
}
