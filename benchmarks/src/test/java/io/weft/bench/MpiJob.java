package io.weft.bench;

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
final class MpiJob {
  private static final long SECONDS = 300;

  private final MpiInstallation mpi = new MpiSearch(System.getenv()).find(MpiVendor.OPEN_MPI);
  private final Path directory;

  /** Keeps what programs print in a directory of the test's. */
  MpiJob(Path directory) {
    this.directory = directory;
  }

  record Ended(int status, String out, String err) {}

  Ended run(int ranks, Network network, List<String> program)
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
