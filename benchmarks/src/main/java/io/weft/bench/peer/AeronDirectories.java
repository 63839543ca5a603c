package io.weft.bench.peer;

import io.weft.bench.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where media drivers keep their buffers: in shared memory, of which those of a process that was
 * killed would take hundreds of MiB for good.
 */
public final class AeronDirectories {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final String PREFIX = "weft-aeron-";

  private AeronDirectories() {}

  /** This process's own. */
  static String own() {
    return SHARED_MEMORY.resolve(PREFIX + ProcessHandle.current().pid()).toString();
  }

  /**
   * Removes those of processes of this host that are gone.
   *
   * @throws IOException if one cannot be removed
   */
  public static void sweep() throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(SHARED_MEMORY, PREFIX + "[0-9]*")) {
      for (Path directory : all) {
        String pid = directory.getFileName().toString().substring(PREFIX.length());
        if (pid.matches("[0-9]{1,9}") && !Files.exists(Path.of("/proc", pid))) {
          Folders.remove(directory);
        }
      }
    }
  }
}
