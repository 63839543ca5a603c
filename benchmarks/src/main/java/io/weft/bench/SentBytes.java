package io.weft.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a network interface has sent, as the kernel counts it for all processes (proc(5)). */
public final class SentBytes {
  private static final Path DEVICES = Path.of("/proc/self/net/dev");

  /** Received: 8 numbers; the next is the bytes sent. */
  private static final int SENT_BYTES = 8;

  private SentBytes() {}

  /**
   * Reads the count.
   *
   * @param name the interface's, as {@code lo}
   * @return bytes since it was made
   * @throws IOException if the kernel does not say, or knows no such interface
   */
  public static long of(String name) throws IOException {
    for (String line : Files.readAllLines(DEVICES)) {
      int colon = line.indexOf(':');
      if (colon >= 0 && line.substring(0, colon).strip().equals(name)) {
        return Long.parseLong(line.substring(colon + 1).strip().split("\\s+")[SENT_BYTES]);
      }
    }
    throw new IOException(DEVICES + " has no interface " + name);
  }
}
