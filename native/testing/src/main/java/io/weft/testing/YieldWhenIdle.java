package io.weft.testing;

import io.weft.launch.MpiVendor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Lets ranks of MPICH that wait give their processor to the others, where ranks outnumber
 * processors. Open MPI has a parameter for it; MPICH 4.0 and 5 have none that works, and four ranks
 * on two processors then take ten milliseconds for a barrier in place of a few microseconds. A
 * library in front of UCX's, {@code yield.c}, calls {@code sched_yield} after each look for
 * messages that found none; what MPICH does is otherwise its own.
 */
public final class YieldWhenIdle {
  private static final String SOURCE = "yield.c";
  private static Path library;

  private YieldWhenIdle() {}

  /**
   * What ranks need for it. The first call compiles the library with gcc; blocks.
   *
   * @param mpi the MPI
   * @return variables with their values; empty where MPI's own parameter does it
   * @throws IOException if it cannot be compiled, with the compiler's output
   * @throws InterruptedException if the thread was interrupted while the compiler ran
   */
  public static Map<String, String> environment(MpiVendor mpi)
      throws IOException, InterruptedException {
    return mpi == MpiVendor.MPICH ? Map.of("LD_PRELOAD", library().toString()) : Map.of();
  }

  /** The library, which this JVM removes when it ends. */
  private static synchronized Path library() throws IOException, InterruptedException {
    if (library == null) {
      Path directory = Files.createTempDirectory("weft-yield-");
      Path source = directory.resolve(SOURCE);
      Path built = directory.resolve("libweft-yield.so");
      for (Path each : List.of(directory, source, built)) {
        each.toFile().deleteOnExit();
      }
      try (InputStream text = YieldWhenIdle.class.getResourceAsStream(SOURCE)) {
        Files.copy(text, source);
      }
      compile(source, built);
      library = built;
    }
    return library;
  }

  private static void compile(Path source, Path built) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "gcc",
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-shared",
            "-fPIC",
            "-o",
            built.toString(),
            source.toString(),
            "-ldl");
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException missing) {
      throw new IOException("no gcc (" + missing.getMessage() + "): scripts/setup test", missing);
    }
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed:\n" + said);
    }
  }
}
