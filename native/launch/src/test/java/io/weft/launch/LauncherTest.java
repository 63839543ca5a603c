package io.weft.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LauncherTest {
  private static final MpiInstallation OPEN_MPI_4 =
      new MpiInstallation(
          MpiVendor.OPEN_MPI, "4.1.4", Path.of("/x/mpirun"), Path.of("/x/libmpi.so.40"));
  private static final MpiInstallation OPEN_MPI_5 =
      new MpiInstallation(
          MpiVendor.OPEN_MPI, "5.0.6", Path.of("/x/mpirun"), Path.of("/x/libmpi.so.40"));
  private static final MpiInstallation MPICH =
      new MpiInstallation(
          MpiVendor.MPICH, "4.0.2", Path.of("/x/mpiexec"), Path.of("/x/libmpich.so.12"));

  private static LaunchPlan plan(Network network, Intra intra, boolean oneHost) {
    return new LaunchPlan(
        4,
        network,
        intra,
        oneHost,
        true,
        false,
        Map.of("B", "2", "A", "one two"),
        List.of("--extra"),
        List.of("java", "-cp", "x", "Main"));
  }

  private static String command(MpiInstallation mpi, Network network, Intra intra, boolean one) {
    String all = String.join(" ", Launcher.of(mpi).command(plan(network, intra, one)));
    return all.replace(" --allow-run-as-root", "");
  }

  @Test
  void openMpiOverEachNetwork() {
    String head = "/x/mpirun -n 4 --bind-to core";
    String tail = " -x A=one two -x B=2 --extra env java -cp x Main";
    String shared = " --mca osc sm,pt2pt";
    String messages = " --mca osc pt2pt";
    assertEquals(head + shared + tail, command(OPEN_MPI_4, Network.AUTO, Intra.SHM, true));
    assertEquals(head + tail, command(OPEN_MPI_5, Network.AUTO, Intra.SHM, true));
    assertEquals(
        head + shared + " --mca pml ob1 --mca btl vader,self" + tail,
        command(OPEN_MPI_4, Network.SHM, Intra.SHM, true));
    assertEquals(
        head + " --mca pml ob1 --mca btl sm,self" + tail,
        command(OPEN_MPI_5, Network.SHM, Intra.SHM, true));
    assertEquals(
        head + messages + " --mca pml ob1 --mca btl tcp,self --mca btl_tcp_if_include lo" + tail,
        command(OPEN_MPI_4, Network.ENA, Intra.SAME, true));
    assertEquals(
        head + shared + " --mca pml ob1 --mca btl tcp,self,vader" + tail,
        command(OPEN_MPI_4, Network.ENA, Intra.SHM, false));
    assertEquals(
        head
            + messages
            + " --mca pml cm --mca mtl ofi --mca mtl_ofi_provider_include efa"
            + " -x FI_EFA_ENABLE_SHM_TRANSFER=0"
            + tail,
        command(OPEN_MPI_4, Network.EFA, Intra.SAME, false));
  }

  @Test
  void mpichOverEachNetwork() {
    String head = "/x/mpiexec -n 4 -bind-to core";
    String tail = " -genv A one two -genv B 2 --extra env java -cp x Main";
    assertEquals(head + tail, command(MPICH, Network.AUTO, Intra.SHM, true));
    assertEquals(
        head + " -genv UCX_TLS posix,sysv,cma,self" + tail,
        command(MPICH, Network.SHM, Intra.SHM, true));
    assertEquals(
        head + " -genv UCX_TLS tcp,self -genv UCX_NET_DEVICES lo" + tail,
        command(MPICH, Network.ENA, Intra.SAME, true));
    LaunchException efa =
        assertThrows(LaunchException.class, () -> command(MPICH, Network.EFA, Intra.SAME, false));
    assertTrue(efa.getMessage().contains("knows no EFA"), efa.getMessage());
    assertTrue(efa.getMessage().endsWith("use --mpi openmpi or --via libfabric"));
  }

  @Test
  void theProgramNeverStandsWhereMpirunWouldRewriteIt() {
    List<String> command = Launcher.of(OPEN_MPI_4).command(plan(Network.AUTO, Intra.SHM, true));
    assertEquals("env", command.get(command.indexOf("java") - 1));
  }

  @Test
  void moreRanksThanCoresYield() {
    LaunchPlan crowded =
        new LaunchPlan(
            8, Network.AUTO, Intra.SHM, true, false, true, Map.of(), List.of(), List.of("x"));
    List<String> command = Launcher.of(OPEN_MPI_4).command(crowded);
    assertTrue(command.contains("--oversubscribe"));
    assertEquals("1", command.get(command.indexOf("mpi_yield_when_idle") + 1));
    assertEquals("none", command.get(command.indexOf("--bind-to") + 1));
    assertEquals(
        "none",
        Launcher.of(MPICH)
            .command(crowded)
            .get(Launcher.of(MPICH).command(crowded).indexOf("-bind-to") + 1));
  }

  @Test
  void ranksOfOneHostThatAreNotBoundMayOutnumberItsCores() {
    LaunchPlan spinning =
        new LaunchPlan(
            8, Network.AUTO, Intra.SHM, true, false, false, Map.of(), List.of(), List.of("x"));
    List<String> command = Launcher.of(OPEN_MPI_4).command(spinning);
    assertTrue(command.contains("--oversubscribe"), command.toString());
    assertFalse(command.contains("mpi_yield_when_idle"), command.toString());
    assertFalse(
        Launcher.of(OPEN_MPI_4)
            .command(plan(Network.AUTO, Intra.SHM, true))
            .contains("--oversubscribe"));
  }

  @Test
  void librariesLeaveTheCodeOfTheJvmsProcessAlone() {
    Map<String, String> usual = Launcher.jvmEnvironment(Map.of("PATH", "/bin"));
    assertEquals("^patcher", usual.get("OMPI_MCA_memory"));
    assertEquals("userfaultfd", usual.get("FI_MR_CACHE_MONITOR"));
    assertEquals("1", usual.get("IPATH_NO_BACKTRACE"));
    assertFalse(usual.containsKey("PATH"));
    Map<String, String> chosen = Launcher.jvmEnvironment(Map.of("FI_MR_CACHE_MONITOR", "disabled"));
    assertEquals("disabled", chosen.get("FI_MR_CACHE_MONITOR"));
    assertEquals("^patcher", chosen.get("OMPI_MCA_memory"));
  }

  @Test
  void whatMakesAProcessARank() {
    assertEquals(
        MpiVendor.OPEN_MPI,
        RankEnvironment.launcherOf(Map.of("OMPI_COMM_WORLD_RANK", "1", "PMIX_RANK", "1")));
    assertEquals(MpiVendor.MPICH, RankEnvironment.launcherOf(Map.of("PMI_RANK", "0")));
    assertFalse(RankEnvironment.isRank(Map.of("PATH", "/bin")));
    assertEquals(-1, RankEnvironment.size(Map.of()));
    assertEquals(3, RankEnvironment.size(Map.of("PMI_SIZE", "3")));
    assertEquals(
        "PMI_SIZE=x is no number; start through mpirun",
        assertThrows(LaunchException.class, () -> RankEnvironment.size(Map.of("PMI_SIZE", "x")))
            .getMessage());
  }

  @Test
  void anUnknownWordListsTheKnownOnes() {
    assertEquals(
        "unknown network \"infiniband\"; there are: auto, efa, ena, shm",
        assertThrows(IllegalArgumentException.class, () -> Network.of("infiniband")).getMessage());
    assertEquals(
        "unknown via \"tcp\"; there are: mpi, libfabric",
        assertThrows(IllegalArgumentException.class, () -> Via.of("tcp")).getMessage());
    assertEquals(
        "unknown intra \"\"; there are: shm, same",
        assertThrows(IllegalArgumentException.class, () -> Intra.of("")).getMessage());
    assertEquals(
        "unknown MPI \"lam\"; there are: openmpi, mpich",
        assertThrows(IllegalArgumentException.class, () -> MpiVendor.of("lam")).getMessage());
  }
}
