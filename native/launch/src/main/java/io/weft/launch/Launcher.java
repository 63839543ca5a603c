package io.weft.launch;

import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the command line of one family's {@code mpirun}. Everything that differs is in here. */
public sealed interface Launcher permits OpenMpiLauncher, HydraLauncher {
  /**
   * The launcher of an installation.
   *
   * @param installation an MPI
   * @return what writes its command lines
   */
  static Launcher of(MpiInstallation installation) {
    return switch (installation.vendor()) {
      case OPEN_MPI -> new OpenMpiLauncher(installation);
      case MPICH -> new HydraLauncher(installation);
    };
  }

  /**
   * The command line that starts a plan.
   *
   * @param plan what to start
   * @return the program and its arguments
   * @throws LaunchException if this MPI cannot cross the plan's network
   */
  List<String> command(LaunchPlan plan);

  /**
   * Makes the process that starts a plan; the caller starts it. It inherits this process's
   * environment less what tells a nested launcher that it is a rank.
   *
   * @param plan what to start
   * @return the builder, with standard input empty
   */
  default ProcessBuilder process(LaunchPlan plan) {
    ProcessBuilder builder = new ProcessBuilder(command(plan));
    RankEnvironment.removeFrom(builder.environment());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    return builder;
  }

  /**
   * What every rank's environment must hold before its JVM starts, for native libraries to leave
   * the JVM's signal handlers alone.
   *
   * @return names and values
   */
  static Map<String, String> signalEnvironment() {
    return Map.of("UCX_ERROR_SIGNALS", "", "IPATH_NO_BACKTRACE", "1", "HFI_NO_BACKTRACE", "1");
  }

  /**
   * What every rank's environment must hold before its JVM starts: {@link #signalEnvironment}, and
   * what keeps libraries from writing jumps over the code of {@code munmap} and its like, to hear
   * of freed memory. Open MPI's {@code mtl ofi} and libfabric's {@code memhooks} do so while the
   * JVM's threads run; one that was inside of {@code munmap} was seen to crash. libfabric then
   * hears of freed memory by userfaultfd, or registers anew for each operation where that is not
   * allowed.
   *
   * @param given what the user has set of these wins
   * @return names and values
   */
  static Map<String, String> jvmEnvironment(Map<String, String> given) {
    Map<String, String> result = new HashMap<>(signalEnvironment());
    Map.of("OMPI_MCA_memory", "^patcher", "FI_MR_CACHE_MONITOR", "userfaultfd")
        .forEach((name, value) -> result.put(name, given.getOrDefault(name, value)));
    return result;
  }
}
