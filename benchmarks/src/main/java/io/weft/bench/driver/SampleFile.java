package io.weft.bench.driver;

import io.weft.bench.report.Environment;
import io.weft.bench.report.Method;
import io.weft.bench.report.ResultFile;
import io.weft.bench.report.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The file for the samples, written anew after each round, so that a run that is ended leaves what
 * it has measured.
 */
final class SampleFile {
  private final Path path;
  private final Environment environment;
  private final Method method;

  /**
   * Decides on the file, and looks whether it can be written.
   *
   * @throws IllegalArgumentException if it cannot
   */
  SampleFile(BenchOptions options, Jobs jobs, Effort effort, Cells cells) {
    this.path =
        options.result() == null
            ? Path.of("weft-bench-" + now().replaceAll("[-:]", "") + ".json")
            : options.result();
    checkPlace(path.toAbsolutePath());
    this.environment = Machine.environment(jobs, Machine.caveats(jobs, cells.plans()));
    this.method =
        new Method(
            options.rounds(),
            effort.warmups(),
            effort.warmupSeconds(),
            effort.iterations(),
            effort.seconds(),
            options.seed(),
            cells.plans().stream().allMatch(cell -> jobs.isPinned(cell.key().ranks())));
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void checkPlace(Path file) {
    Path folder = file.getParent();
    try {
      Files.createDirectories(folder);
    } catch (IOException refused) {
      throw new IllegalArgumentException(
          "the folder of --out " + file + " cannot be made: " + refused.getMessage(), refused);
    }
    if (Files.isDirectory(file) || !Files.isWritable(folder)) {
      throw new IllegalArgumentException(
          "--out " + file + " cannot be written: name a file in a folder that can be");
    }
  }

  Path path() {
    return path;
  }

  /** Writes all that there is, whole or not at all. */
  void save(Collected collected) throws IOException {
    ResultFiles.write(
        path,
        new ResultFile(
            ResultFile.FORMAT,
            ResultFile.VERSION,
            now(),
            environment,
            method,
            collected.cells(),
            collected.absentCells()));
  }

  /** The same between rounds, where a failure is told and measuring goes on. */
  void saveForNow(Collected collected) {
    try {
      save(collected);
    } catch (IOException refused) {
      System.err.println("bench: the samples so far cannot be saved: " + refused);
    }
  }
}
