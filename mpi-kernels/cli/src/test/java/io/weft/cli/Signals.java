package io.weft.cli;

import java.io.IOException;

/** {@code kill(1)}. */
final class Signals {
  private Signals() {}

  /**
   * Sends a signal.
   *
   * @param name without SIG
   * @param target a process, or a process group as a negative number
   */
  static void send(String name, long target) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + name, "--", Long.toString(target)).start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("cannot start kill", e);
    }
  }
}
