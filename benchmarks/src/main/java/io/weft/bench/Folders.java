package io.weft.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Removes folders with all that is in them, which the JDK has no call for. */
public final class Folders {
  private Folders() {}

  /**
   * Removes a folder. What somebody else removes meanwhile is as well.
   *
   * @param folder which; need not be there
   * @throws IOException if something in it cannot be removed
   */
  public static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
