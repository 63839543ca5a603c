package io.weft.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of this machine's processor. */
public final class Processor {
  private Processor() {}

  /**
   * Its model.
   *
   * @return {@code unknown} where the kernel does not say
   */
  public static String model() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name") || line.startsWith("CPU part"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("unknown");
    } catch (IOException unreadable) {
      return "unknown";
    }
  }
}
