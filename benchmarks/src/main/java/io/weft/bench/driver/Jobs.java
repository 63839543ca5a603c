package io.weft.bench.driver;

import io.weft.bench.peer.PeerWay;
import io.weft.launch.EfaSharedMemory;
import io.weft.launch.Intra;
import io.weft.launch.LaunchPlan;
import io.weft.launch.Launcher;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the ranks of a cell are started, whatever they run. */
final class Jobs {
  private final MpiInstallation mpi;
  private final boolean oneHost;

  Jobs(MpiInstallation mpi, boolean oneHost) {
    this.mpi = mpi;
    this.oneHost = oneHost;
  }

  MpiInstallation mpi() {
    return mpi;
  }

  boolean isOneHost() {
    return oneHost;
  }

  PeerWay way(CellPlan cell) {
    Intra intra = cell.network() == Network.SHM ? Intra.SHM : Intra.SAME;
    return new PeerWay(cell.via(), cell.network(), intra, cell.provider());
  }

  boolean isPinned(int ranks) {
    return !oneHost || ranks <= Runtime.getRuntime().availableProcessors();
  }

  /** The processes' builder; the program is what each rank runs. */
  ProcessBuilder start(CellPlan cell, List<String> program) {
    Map<String, String> environment = Launcher.jvmEnvironment(System.getenv());
    environment.put("WEFT_MPI_LIB", mpi.libmpi().toString());
    if (cell.network() == Network.EFA) {
      environment.putAll(new HashMap<>(EfaSharedMemory.environment(way(cell).intra())));
    }
    boolean pinned = isPinned(cell.key().ranks());
    List<String> more =
        oneHost
            ? List.of()
            : mpi.vendor() == MpiVendor.OPEN_MPI
                ? List.of("--map-by", "node")
                : List.of("-ppn", "1");
    LaunchPlan plan =
        new LaunchPlan(
            cell.key().ranks(),
            cell.via().isMpi() ? cell.network() : Network.AUTO,
            way(cell).intra(),
            oneHost,
            pinned,
            !pinned,
            environment,
            more,
            program);
    return Launcher.of(mpi).process(plan);
  }
}
