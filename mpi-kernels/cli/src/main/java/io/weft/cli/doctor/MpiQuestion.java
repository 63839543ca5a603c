package io.weft.cli.doctor;

import io.weft.cli.JavaPath;
import io.weft.cli.MpirunEnd;
import io.weft.launch.EfaSharedMemory;
import io.weft.launch.Intra;
import io.weft.launch.LaunchException;
import io.weft.launch.LaunchPlan;
import io.weft.launch.Launcher;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Asks an MPI which network it takes, by starting ranks: two on one host, or one on each of
 * several.
 *
 * @param mpi which
 * @param hosts how many
 * @param environment of this process
 */
record MpiQuestion(MpiInstallation mpi, int hosts, Map<String, String> environment) {
  private static final long PATIENCE_SECONDS = 60;

  /** The transports of UCX that stay within a host. */
  private static final String UCX_MEMORY = "posix,sysv,cma,knem,xpmem";

  /** What {@code weft run --network} would do: with the flags that it gives mpirun. */
  MpiAnswer asRunWith(Network network) {
    String asked = "as 'weft run --network " + network + "' starts it";
    if (network == Network.SHM && hosts > 1) {
      return MpiAnswer.failed(asked, hosts + " hosts share no memory");
    }
    Intra intra = network == Network.SHM ? Intra.SHM : Intra.SAME;
    return ask(asked, network, intra, List.of(), Map.of());
  }

  /** What it takes if it is not told. */
  MpiAnswer byItself() {
    return ask("by itself", Network.AUTO, Intra.SHM, List.of(), Map.of());
  }

  /**
   * What it takes if it is not told, and the ranks had no memory in common: on one host the closest
   * to an answer for several. What the user has chosen stays.
   */
  MpiAnswer byItselfWithoutMemory() {
    List<String> flags = new ArrayList<>();
    if (mpi.vendor() == MpiVendor.OPEN_MPI && !environment.containsKey("OMPI_MCA_btl")) {
      flags.addAll(List.of("--mca", "btl", mpi.isAtLeast(5) ? "^sm" : "^vader"));
    }
    Map<String, String> variables = new HashMap<>(EfaSharedMemory.environment(Intra.SAME));
    if (!environment.containsKey("UCX_TLS")) {
      variables.put("UCX_TLS", "^" + UCX_MEMORY);
    }
    return ask("by itself, without shared memory", Network.AUTO, Intra.SAME, flags, variables);
  }

  private MpiAnswer ask(
      String asked,
      Network network,
      Intra intra,
      List<String> flags,
      Map<String, String> variables) {
    Map<String, String> ranks = Launcher.jvmEnvironment(environment);
    ranks.put("WEFT_MPI_LIB", mpi.libmpi().toString());
    ranks.putAll(variables);
    if (network == Network.EFA) {
      ranks.putAll(EfaSharedMemory.environment(intra));
    }
    List<String> arguments = new ArrayList<>(flags);
    if (hosts > 1) {
      arguments.addAll(
          mpi.vendor() == MpiVendor.OPEN_MPI ? List.of("--map-by", "node") : List.of("-ppn", "1"));
    }
    try {
      LaunchPlan plan =
          new LaunchPlan(
              Math.max(2, hosts),
              network,
              intra,
              hosts == 1,
              false,
              false,
              ranks,
              arguments,
              program());
      return start(asked, Launcher.of(mpi).process(plan));
    } catch (LaunchException cannot) {
      return MpiAnswer.failed(asked, cannot.getMessage());
    } catch (IOException failed) {
      return MpiAnswer.failed(asked, mpi.mpirun() + " cannot be started: " + failed.getMessage());
    }
  }

  private static List<String> program() {
    List<String> program = new ArrayList<>();
    program.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    program.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    program.addAll(JavaPath.ofThisJvm());
    program.addAll(JavaPath.mainClass(TransportRank.class));
    return program;
  }

  private static MpiAnswer start(String asked, ProcessBuilder mpirun) throws IOException {
    Path out = Files.createTempFile("weft-doctor", ".out");
    Path err = Files.createTempFile("weft-doctor", ".err");
    try {
      Process process = mpirun.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      Thread onExit = new Thread(() -> MpirunEnd.of(process), "end mpirun");
      Runtime.getRuntime().addShutdownHook(onExit);
      boolean ended = waitFor(process);
      Runtime.getRuntime().removeShutdownHook(onExit);
      if (!ended) {
        MpirunEnd.of(process);
        return MpiAnswer.failed(
            asked,
            "the ranks did not reach each other in "
                + PATIENCE_SECONDS
                + " s"
                + (said(err).isEmpty() ? "" : ": " + said(err)));
      }
      for (String line : Files.readAllLines(out)) {
        if (line.startsWith(MpiAnswer.MARK)) {
          return MpiAnswer.ofLine(asked, line);
        }
      }
      String said = said(err);
      return MpiAnswer.failed(
          asked,
          "mpirun ended with status "
              + process.exitValue()
              + ": "
              + (said.isEmpty() ? said(out) : said));
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  private static boolean waitFor(Process process) {
    try {
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The first lines that say something; launchers draw frames around theirs. */
  private static String said(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(String::strip)
        .filter(line -> line.matches(".*[A-Za-z].*"))
        .limit(4)
        .collect(Collectors.joining(" "));
  }
}
