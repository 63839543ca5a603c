package io.weft.mpi;

import io.weft.launch.Intra;
import io.weft.launch.LaunchPlan;
import io.weft.launch.Launcher;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that a test started, once it has ended.
 *
 * @param status its exit status
 * @param text what it printed
 */
record ChildOutput(int status, String text) {
  private static final long DEADLINE_SECONDS = 120;

  /** Starts ranks of a JVM and its main class, by the launcher of Debian's MPI, and waits. */
  static ChildOutput ofRanks(MpiVendor vendor, int ranks, Class<?> program)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:-CreateCoredumpOnCrash",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName());
    LaunchPlan plan =
        new LaunchPlan(
            ranks,
            Network.AUTO,
            Intra.SHM,
            true,
            false,
            true,
            Launcher.jvmEnvironment(System.getenv()),
            List.of(),
            command);
    return of(Launcher.of(new MpiSearch(System.getenv()).find(vendor)).process(plan));
  }

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
