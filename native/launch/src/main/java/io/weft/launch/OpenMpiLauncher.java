package io.weft.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Open MPI's {@code mpirun}, 4.1 and 5.0 (man page mpirun(1), FAQ on BTLs and MTLs). */
record OpenMpiLauncher(MpiInstallation installation) implements Launcher {
  @Override
  public List<String> command(LaunchPlan plan) {
    List<String> command = new ArrayList<>();
    command.add(installation.mpirun().toString());
    if (Root.isRoot()) {
      command.add("--allow-run-as-root");
    }
    command.add("-n");
    command.add(Integer.toString(plan.ranks()));
    command.add("--bind-to");
    command.add(plan.bindToCore() ? "core" : "none");
    if (plan.yieldWhenIdle() || plan.oneHost() && !plan.bindToCore()) {
      // It refuses more ranks than cores otherwise; how many there may be was decided before.
      command.add("--oversubscribe");
    }
    if (plan.yieldWhenIdle()) {
      mca(command, "mpi_yield_when_idle", "1");
    }
    network(command, plan);
    variables(command, new TreeMap<>(plan.environment()));
    command.addAll(plan.launcherArguments());
    // mpirun 4.1 rewrites the arguments of a program that is called java: env stands in front.
    command.add("env");
    command.addAll(plan.program());
    return command;
  }

  private void network(List<String> command, LaunchPlan plan) {
    String sharedMemory = installation.isAtLeast(5) ? "sm" : "vader";
    windows(command, plan);
    switch (plan.network()) {
      case AUTO -> {
        // MPI's own default.
      }
      case SHM -> {
        mca(command, "pml", "ob1");
        mca(command, "btl", sharedMemory + ",self");
      }
      case ENA -> {
        mca(command, "pml", "ob1");
        mca(command, "btl", plan.intra() == Intra.SHM ? "tcp,self," + sharedMemory : "tcp,self");
        if (plan.oneHost()) {
          mca(command, "btl_tcp_if_include", "lo");
        }
      }
      case EFA -> {
        mca(command, "pml", "cm");
        mca(command, "mtl", "ofi");
        mca(command, "mtl_ofi_provider_include", "efa");
        variables(command, EfaSharedMemory.environment(plan.intra()));
      }
    }
  }

  /**
   * One-sided operations of 4.1 go through messages, or through memory where ranks of one host may
   * share it. Its own choice, osc/rdma, fails where several parts of a communicator open windows at
   * once (4.1.4 gives their files in /dev/shm one name), osc/sm alone takes no communicator of one
   * rank, and would share memory behind the back of a network that was asked for; Debian's settings
   * exclude osc/pt2pt. 5.0 has none.
   */
  private void windows(List<String> command, LaunchPlan plan) {
    if (!installation.isAtLeast(5)) {
      boolean named = plan.network() == Network.ENA || plan.network() == Network.EFA;
      mca(command, "osc", named && plan.intra() == Intra.SAME ? "pt2pt" : "sm,pt2pt");
    }
  }

  private static void variables(List<String> command, Map<String, String> environment) {
    environment.forEach(
        (name, value) -> {
          command.add("-x");
          command.add(name + "=" + value);
        });
  }

  private static void mca(List<String> command, String name, String value) {
    command.add("--mca");
    command.add(name);
    command.add(value);
  }
}
