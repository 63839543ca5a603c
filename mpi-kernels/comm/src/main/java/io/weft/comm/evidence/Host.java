package io.weft.comm.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which host a process runs on, without trusting its name. */
public final class Host {
  private Host() {}

  /**
   * What the kernel calls this host.
   *
   * @return its name
   */
  public static String name() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is equal for processes that share a kernel and a network namespace, and for no others.
   *
   * @return the kernel's boot id and the namespace's number
   */
  public static String identity() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
