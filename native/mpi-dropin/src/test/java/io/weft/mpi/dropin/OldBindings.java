package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Open MPI's own Java bindings, as {@code scripts/lib/openmpi-java.sh} makes them. */
final class OldBindings {
  private static final int ABSENT = 3;
  private static final long DEADLINE_SECONDS = 120;

  private OldBindings() {}

  /**
   * The classes of Open MPI 4.1's. Skips the test on a machine that cannot have them, and prints
   * why.
   *
   * @return a jar
   */
  static Path jar() throws IOException, InterruptedException {
    return made();
  }

  /**
   * The classes of Open MPI 5.0's, which have no native half here. Skips the test as {@link #jar}
   * does.
   *
   * @return a jar
   */
  static Path jarOf5() throws IOException, InterruptedException {
    return made("--suite", "trixie");
  }

  private static Path made(String... arguments) throws IOException, InterruptedException {
    Path script = root().resolve("scripts/lib/openmpi-java.sh");
    Path out = Files.createTempFile("openmpi-java", ".out");
    Path err = Files.createTempFile("openmpi-java", ".err");
    try {
      List<String> command = new ArrayList<>(List.of(script.toString()));
      command.addAll(List.of(arguments));
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        throw new AssertionError(
            script + " did not end in " + DEADLINE_SECONDS + " s: " + Files.readString(err));
      }
      String complaint = Files.readString(err).strip();
      if (process.exitValue() == ABSENT) {
        System.out.println("skipped: " + complaint);
        abort(complaint);
      }
      assertEquals(0, process.exitValue(), complaint);
      List<String> lines = Files.readAllLines(out);
      String word = "classpath ";
      assertTrue(lines.getFirst().startsWith(word), lines::toString);
      return Path.of(lines.getFirst().substring(word.length()));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("scripts/lib/openmpi-java.sh"))) {
        return at;
      }
    }
    throw new IllegalStateException("no scripts/lib/openmpi-java.sh above " + start);
  }
}
