package io.weft.mpi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process that a test started, once it has ended.
 *
 * @param status its exit status
 * @param text what it printed
 */
record ChildOutput(int status, String text) {
  private static final long DEADLINE_SECONDS = 120;

  /** Starts it and waits: into a file, since a pipe that stays open would outlast the deadline. */
  static ChildOutput of(ProcessBuilder builder) throws IOException, InterruptedException {
    Path file = Files.createTempFile("weft-child", ".txt");
    try {
      Process process = builder.redirectErrorStream(true).redirectOutput(file.toFile()).start();
      boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      String text = Files.readString(file);
      if (!ended) {
        throw new AssertionError("no end within " + DEADLINE_SECONDS + " s:\n" + text);
      }
      return new ChildOutput(process.exitValue(), text);
    } finally {
      Files.delete(file);
    }
  }
}
