package io.weft.cli;

import io.weft.comm.Collective;
import io.weft.kernels.timed.Overlap;
import io.weft.kernels.timed.WarmUp;
import io.weft.launch.Allocation;
import io.weft.launch.EfaSharedMemory;
import io.weft.launch.LaunchPlan;
import io.weft.launch.Launcher;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import io.weft.launch.Via;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The front process of a run: decides, starts mpirun, and steps aside until it ends. */
final class FrontRun {
  private static final String LIBRARY_VARIABLE = "WEFT_MPI_LIB";
  private static final int SIGNALLED = 128;
  private static final int SIGKILL = 9;
  private static final int LAST_SIGNAL = 64;

  private final RunOptions options;
  private final ProcessBuilder.Redirect reports;

  /** Where the bundle goes; null before that is known. */
  private Path bundle;

  /**
   * Prepares a run.
   *
   * @param options what was asked for
   * @param reports where rank 0's report goes
   */
  FrontRun(RunOptions options, ProcessBuilder.Redirect reports) {
    this.options = options;
    this.reports = reports;
  }

  int run() throws IOException, InterruptedException {
    if (options.bundle == null) {
      return run(null, RunStory.NONE);
    }
    // Before anything can fail: what does is then told by the bundle.
    Path out = Bundle.prepare(options.out);
    bundle = out;
    RunStory story = RunStory.begin(options, out);
    try {
      return run(out, story);
    } catch (IOException | RuntimeException failure) {
      story.failed(Math.max(ExitStatus.FAILED, RankFailure.mendableStatus(failure)));
      throw failure;
    }
  }

  /** Where the bundle goes; null if the run came not so far. */
  Path bundle() {
    return bundle;
  }

  private int run(Path prepared, RunStory story) throws IOException, InterruptedException {
    boolean oneHost = Allocation.isOneHost(System.getenv());
    MpiInstallation mpi = new MpiSearch(System.getenv()).find(mpiVendor());
    NetworkChoice network = NetworkChoice.of(options, oneHost);
    int localRanks = oneHost ? options.ranks : ranksPerHost(System.getenv());
    RankPlan plan = RankPlan.of(options, localRanks, Node.beforeStart(), null);
    refuseUnknownFlags(plan);
    Path out = prepared;
    if (out == null) {
      out = Bundle.prepare(options.out == null ? Bundle.defaultDirectory(options) : options.out);
      bundle = out;
    }
    Map<String, String> environment = Launcher.jvmEnvironment(System.getenv());
    environment.putAll(plan.environment());
    environment.putAll(settingsOfTheUser(System.getenv()));
    environment.putAll(ProgressPrinter.environmentOfThisTerminal());
    environment.putAll(RankFailure.environmentOfRanks());
    environment.putAll(ProcessArguments.environmentOfRanks());
    if (network.network() == Network.EFA) {
      environment.putAll(EfaSharedMemory.environment(network.intra()));
    }
    String libmpi = System.getenv().getOrDefault(LIBRARY_VARIABLE, "");
    environment.put(LIBRARY_VARIABLE, libmpi.isEmpty() ? mpi.libmpi().toString() : libmpi);
    LaunchPlan launch =
        new LaunchPlan(
            options.ranks,
            options.via == Via.MPI ? network.network() : Network.AUTO,
            network.intra(),
            oneHost,
            plan.bind().equals("core"),
            plan.yield(),
            environment,
            options.mpirunArguments,
            plan.command(arguments(network, out)));
    System.err.println(
        "weft: " + mpi + (libmpi.isEmpty() ? "" : ", but " + LIBRARY_VARIABLE + "=" + libmpi));
    System.err.println("weft: network " + network.network() + " (" + network.reason() + ")");
    System.err.println("weft: each rank: " + plan);
    return start(Launcher.of(mpi).process(launch), mpi.vendor(), story);
  }

  /**
   * What the user has set of the variables that ranks read, so that those on other hosts do too.
   */
  static Map<String, String> settingsOfTheUser(Map<String, String> environment) {
    List<String> names = new ArrayList<>(List.of(Overlap.VARIABLE, WarmUp.VARIABLE));
    for (Collective collective : Collective.values()) {
      names.add(collective.variable());
    }
    Map<String, String> result = new HashMap<>();
    for (String name : names) {
      if (environment.containsKey(name)) {
        result.put(name, environment.get(name));
      }
    }
    return result;
  }

  /** A JVM that does not start says so once here, and not once on each rank. */
  private void refuseUnknownFlags(RankPlan plan) throws IOException, InterruptedException {
    if (options.jvm.isEmpty() && options.collector == null) {
      return;
    }
    Process trial = new ProcessBuilder(plan.trialCommand()).redirectErrorStream(true).start();
    String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (trial.waitFor() != 0) {
      throw new WeftException(
          ExitStatus.USAGE,
          "a JVM with the flags "
              + String.join(" ", plan.flags())
              + " does not start: "
              + said.lines().findFirst().orElse("it says nothing").strip()
              + "; see --jvm, --gc, --heap and --cpus");
    }
  }

  private int start(ProcessBuilder builder, MpiVendor vendor, RunStory story)
      throws IOException, InterruptedException {
    builder.redirectOutput(reports);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process mpirun = builder.start();
    Thread onExit = new Thread(() -> interrupt(mpirun, story), "end mpirun");
    Runtime.getRuntime().addShutdownHook(onExit);
    int status = mpirun.waitFor();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException interrupted) {
      Thread.currentThread().join(); // The hook speaks, and the JVM ends when it is done.
    }
    if (status == ExitStatus.OK) {
      return ExitStatus.OK;
    }
    int explained = explain(status, vendor);
    story.failed(explained);
    return explained;
  }

  private static void interrupt(Process mpirun, RunStory story) {
    System.err.println("weft: interrupted: ending the ranks");
    MpirunEnd.of(mpirun);
    story.interrupted();
  }

  private static int explain(int status, MpiVendor vendor) {
    int spoken = RankFailure.spokenStatus(status);
    if (spoken != 0) {
      return spoken;
    }
    // A shell's convention, which Open MPI follows; Hydra ends with the signal's number.
    boolean hydra = vendor == MpiVendor.MPICH && status > ExitStatus.UNAVAILABLE;
    int signal = status > SIGNALLED ? status - SIGNALLED : hydra ? status : 0;
    if (signal > 0 && signal <= LAST_SIGNAL) {
      System.err.println(
          "weft: a rank was ended by signal "
              + signal
              + ", and mpirun ended the others; no result was written."
              + (signal == SIGKILL
                  ? " If nobody sent it, the kernel was short of memory: see its log (dmesg)"
                  : ""));
    } else {
      System.err.println(
          "weft: mpirun ended with status "
              + status
              + ", and no rank said why; no result was written. See the messages above, of mpirun"
              + " or of a JVM that did not start");
    }
    return ExitStatus.FAILED;
  }

  /** EFA goes with Open MPI only; let it be found even if another MPI is first on the PATH. */
  private MpiVendor mpiVendor() {
    boolean efa = options.via == Via.MPI && options.network == Network.EFA;
    return options.mpi == null && efa ? MpiVendor.OPEN_MPI : options.mpi;
  }

  private int ranksPerHost(Map<String, String> environment) {
    int hosts = Allocation.hosts(environment);
    return (options.ranks + hosts - 1) / hosts;
  }

  /** What the ranks are told: everything decided here, nothing left to guess. */
  private List<String> arguments(NetworkChoice network, Path out) {
    List<String> result = new ArrayList<>(List.of("run", options.kernel));
    result.addAll(List.of("--class", options.problemClass));
    result.addAll(List.of("--via", options.via.toString()));
    result.addAll(List.of("--network", network.network().toString()));
    result.addAll(List.of("--intra", network.intra().toString()));
    if (!network.named()) {
      result.addAll(List.of("--chosen", network.reason()));
    }
    if (options.provider != null) {
      result.addAll(List.of("--provider", options.provider));
    }
    result.addAll(List.of("--out", out.toAbsolutePath().toString()));
    if (options.json) {
      result.add("--json");
    }
    if (options.checkpointPlan().isUsed()) {
      result.addAll(List.of("--checkpoint", Integer.toString(options.checkpoint)));
      result.addAll(List.of("--checkpoints", options.checkpoints.toAbsolutePath().toString()));
      if (options.resume) {
        result.add("--resume");
      }
    }
    if (options.trace) {
      result.add("--trace");
    }
    return result;
  }
}
