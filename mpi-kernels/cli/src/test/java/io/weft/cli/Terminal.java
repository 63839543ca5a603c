package io.weft.cli;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** A pseudo-terminal for a command, of script(1). What it prints is then standard output. */
final class Terminal {
  private Terminal() {}

  static WeftProcess in(WeftProcess weft) {
    // script takes one string for a shell.
    return weft.with("COLUMNS", "100")
        .with("SHELL", "/bin/sh")
        .through("sh", "-c", "exec script -qec \"$(printf \"'%s' \" \"$@\")\" /dev/null", "sh");
  }

  static void skipUnlessPossible() throws InterruptedException {
    try {
      int status = new ProcessBuilder("script", "-qec", "true", "/dev/null").start().waitFor();
      Assumptions.assumeTrue(status == 0, "script(1) of util-linux does not make a terminal here");
    } catch (IOException notThere) {
      Assumptions.abort("there is no script(1) here: " + notThere.getMessage());
    }
  }
}
