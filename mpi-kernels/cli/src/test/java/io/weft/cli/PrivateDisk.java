package io.weft.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small disk that only one command and its children see, and that goes with them. */
final class PrivateDisk {
  private PrivateDisk() {}

  /**
   * What to start a command through.
   *
   * @param mountPoint an empty directory
   * @param size such as {@code 256k}
   */
  static String[] of(Path mountPoint, String size) {
    return new String[] {
      "unshare",
      "--mount",
      "--propagation",
      "private",
      "sh",
      "-c",
      "mount -t tmpfs -o size=" + size + " none \"$0\" && exec \"$@\"",
      mountPoint.toString()
    };
  }

  /** Mounting takes root. */
  static void skipUnlessPossible() throws InterruptedException {
    try {
      int status =
          new ProcessBuilder(
                  "unshare", "--mount", "sh", "-c", "mount -t tmpfs -o size=16k none /mnt")
              .start()
              .waitFor();
      Assumptions.assumeTrue(status == 0, "mounting a small disk takes root");
    } catch (IOException notThere) {
      Assumptions.abort("there is no unshare(1) here: " + notThere.getMessage());
    }
  }
}
