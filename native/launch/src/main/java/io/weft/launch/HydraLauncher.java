package io.weft.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * MPICH's {@code mpiexec.hydra}; networks are chosen by UCX's {@code UCX_TLS}, which Debian's MPICH
 * (ch4:ucx) listens to.
 */
record HydraLauncher(MpiInstallation installation) implements Launcher {
  /** UCX's transports within one host; see {@code ucx_info -d}. */
  private static final String UCX_SHARED_MEMORY = "posix,sysv,cma,self";

  @Override
  public List<String> command(LaunchPlan plan) {
    List<String> command = new ArrayList<>();
    command.add(installation.mpirun().toString());
    command.add("-n");
    command.add(Integer.toString(plan.ranks()));
    command.add("-bind-to");
    command.add(plan.bindToCore() ? "core" : "none");
    network(command, plan);
    new TreeMap<>(plan.environment()).forEach((name, value) -> environment(command, name, value));
    command.addAll(plan.launcherArguments());
    command.add("env");
    command.addAll(plan.program());
    return command;
  }

  private void network(List<String> command, LaunchPlan plan) {
    switch (plan.network()) {
      case AUTO -> {
        // MPI's own default.
      }
      case SHM -> environment(command, "UCX_TLS", UCX_SHARED_MEMORY);
      case ENA -> {
        environment(
            command,
            "UCX_TLS",
            plan.intra() == Intra.SHM ? "tcp," + UCX_SHARED_MEMORY : "tcp,self");
        if (plan.oneHost()) {
          environment(command, "UCX_NET_DEVICES", "lo");
        }
      }
      case EFA ->
          throw new LaunchException(
              installation
                  + " carries its messages by UCX, which knows no EFA; use --mpi openmpi or --via"
                  + " libfabric");
    }
  }

  private static void environment(List<String> command, String name, String value) {
    command.add("-genv");
    command.add(name);
    command.add(value);
  }
}
