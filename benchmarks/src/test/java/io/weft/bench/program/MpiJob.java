package io.weft.bench.program;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.Intra;
import io.weft.launch.LaunchPlan;
import io.weft.launch.Launcher;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts a program as ranks of Open MPI on this host, and waits for its end. */
public final class MpiJob {
  private static final long SECONDS = 300;

  private final MpiInstallation mpi = new MpiSearch(System.getenv()).find(MpiVendor.OPEN_MPI);
  private final Path directory;

  /**
   * Keeps what programs print in a directory of the test's.
   *
   * @param directory that exists
   */
  public MpiJob(Path directory) {
    this.directory = directory;
  }

  /**
   * What a program left.
   *
   * @param status of the start program
   * @param out what all ranks printed
   * @param err what all ranks printed as errors
   */
  public record Ended(int status, String out, String err) {}

  /**
   * Runs the program; fails the test if it does not end. Blocks.
   *
   * @param ranks on this host
   * @param network that Open MPI is told to take
   * @param program and its arguments
   * @return what it left
   * @throws IOException if it cannot be started
   * @throws InterruptedException if this is interrupted
   */
  public Ended run(int ranks, Network network, List<String> program)
      throws IOException, InterruptedException {
    Intra intra = network == Network.SHM ? Intra.SHM : Intra.SAME;
    Map<String, String> environment = Launcher.jvmEnvironment(System.getenv());
    environment.put("WEFT_MPI_LIB", mpi.libmpi().toString());
    boolean crowded = ranks >= Runtime.getRuntime().availableProcessors();
    LaunchPlan plan =
        new LaunchPlan(
            ranks, network, intra, true, false, crowded, environment, List.of(), program);
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process job =
        Launcher.of(mpi)
            .process(plan)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = job.waitFor(SECONDS, TimeUnit.SECONDS);
    job.destroyForcibly();
    Ended end =
        new Ended(
            ended ? job.exitValue() : -1,
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
    assertTrue(ended, () -> program + " hangs: " + end);
    return end;
  }
}
