package io.weft.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Looks for processes by a variable, independently of the code under test. */
final class MarkedProcessesOf {
  private MarkedProcessesOf() {}

  /** Processes of any job that a JVM of this number started. */
  static List<Long> anyJobOfThisJvm() {
    return with(RankWatch.HARNESS_VARIABLE + "=" + ProcessHandle.current().pid());
  }

  static List<Long> with(String mark) {
    List<Long> found = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : (Iterable<Path>) processes::iterator) {
        String name = process.getFileName().toString();
        if (name.matches("\\d+") && environment(process).contains(mark)) {
          found.add(Long.parseLong(name));
        }
      }
    } catch (IOException noProc) {
      throw new AssertionError(noProc);
    }
    return found;
  }

  private static List<String> environment(Path process) {
    try {
      byte[] bytes = Files.readAllBytes(process.resolve("environ"));
      return Arrays.asList(new String(bytes, StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException gone) {
      return List.of();
    }
  }
}
