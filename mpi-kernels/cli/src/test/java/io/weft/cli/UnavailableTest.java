package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.weft.fabric.Fabric;
import io.weft.fabric.FabricHints;
import io.weft.fabric.FabricUnavailableException;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiVendor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for and is not there: status 3, one message, and never another in its place. */
@Execution(ExecutionMode.CONCURRENT)
class UnavailableTest {
  private static final double DEADLINE_SECONDS = 20;
  private static final String LIBRARY = "WEFT_MPI_LIB";

  @TempDir private Path directory;

  private WeftProcess weft(String... arguments) {
    return WeftProcess.of(directory, arguments).deadline(DEADLINE_SECONDS);
  }

  private static void skipWithEfa() {
    try {
      Fabric.discover(FabricHints.provider("efa")).close();
    } catch (FabricUnavailableException asExpected) {
      return;
    }
    Assumptions.abort("this machine has EFA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mpi", "libfabric"})
  @DisplayName("--network efa without EFA names what was looked for, what was found, what to do")
  void efa(String via) throws Exception {
    skipWithEfa();
    weft("run", "cg", "--ranks", "2", "--via", via, "--network", "efa")
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "efa provider", "found:", "lo (lo)", "--network ena");
    assertFalse(Files.exists(directory.resolve("weft-out")), "a refused run leaves no folder");
  }

  @Test
  @DisplayName("--network efa without EFA under a user's mpirun ends every rank")
  void efaUnderMpirun() throws Exception {
    skipWithEfa();
    weft("run", "cg", "--network", "efa")
        .under(WeftProcess.installation(MpiVendor.MPICH), 2)
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "rank 0", "efa provider", "--network ena");
  }

  @Test
  @DisplayName("a comparison with a network that is not there does not begin")
  void compare() throws Exception {
    skipWithEfa();
    weft("run", "cg", "--ranks", "2", "--compare", "shm,efa")
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "efa provider");
    assertFalse(Files.exists(directory.resolve("weft-out")), "a refused run leaves no folder");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("the launcher of one MPI with the library of the other: the message names both")
  void otherLibrary(MpiVendor vendor) throws Exception {
    MpiInstallation launcher = WeftProcess.installation(vendor);
    MpiInstallation other =
        WeftProcess.installation(
            vendor == MpiVendor.OPEN_MPI ? MpiVendor.MPICH : MpiVendor.OPEN_MPI);
    weft("run", "cg")
        .under(launcher, 2)
        .with(LIBRARY, other.libmpi().toString())
        .run()
        .assertFails(
            ExitStatus.UNAVAILABLE,
            "rank 0",
            launcher.vendor().title(),
            other.libmpi().toString(),
            "2 ranks",
            LIBRARY);
  }

  @Test
  @DisplayName("the same where weft starts mpirun: the library that the user named is not dropped")
  void otherLibraryInFront() throws Exception {
    WeftProcess.installation(MpiVendor.OPEN_MPI);
    MpiInstallation other = WeftProcess.installation(MpiVendor.MPICH);
    weft("run", "cg", "--ranks", "2", "--mpi", "openmpi")
        .with(LIBRARY, other.libmpi().toString())
        .run()
        .assertFails(
            ExitStatus.UNAVAILABLE, "rank 0", "Open MPI", other.libmpi().toString(), LIBRARY);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a libmpi that is something else")
  void noMpi(MpiVendor vendor) throws Exception {
    weft("run", "cg")
        .under(WeftProcess.installation(vendor), 2)
        .with(LIBRARY, "libm.so.6")
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "rank 0", "libm.so.6", "no MPI library", LIBRARY);
  }

  @Test
  @DisplayName("a libmpi that is not there")
  void noLibrary() throws Exception {
    weft("run", "cg", "--ranks", "2")
        .with(LIBRARY, "/nowhere/libmpi.so")
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "rank 0", "/nowhere/libmpi.so", "unset " + LIBRARY);
  }

  @Test
  @DisplayName("no mpirun on the PATH")
  void noMpirun() throws Exception {
    for (String elsewhere :
        List.of("/opt/amazon/openmpi5/bin", "/opt/amazon/openmpi/bin", "/usr/lib64/openmpi/bin")) {
      Assumptions.assumeFalse(
          Files.exists(Path.of(elsewhere)), "an mpirun is found in " + elsewhere + " all the same");
    }
    weft("run", "cg", "--ranks", "2")
        .with("PATH", "/nowhere")
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "no mpirun in PATH=/nowhere", "scripts/setup");
  }

  @Test
  @DisplayName("WEFT_MPIRUN that is something else")
  void otherMpirun() throws Exception {
    weft("run", "cg", "--ranks", "2")
        .with("WEFT_MPIRUN", "/bin/true")
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "WEFT_MPIRUN=/bin/true", "unset");
  }

  @Test
  @DisplayName("no libfabric")
  void noLibfabric() throws Exception {
    weft("run", "cg", "--ranks", "2", "--via", "libfabric", "--network", "ena")
        .with("WEFT_FABRIC_LIB", "/nowhere/libfabric.so.1")
        .run()
        .assertFails(
            ExitStatus.UNAVAILABLE, "rank 0", "/nowhere/libfabric.so.1", "WEFT_FABRIC_LIB");
  }

  @Test
  @DisplayName("more memory than the machine has is refused before anything starts")
  void memory() throws Exception {
    weft("run", "huge", "--ranks", "2")
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "2 ranks on this host need", "huge class S", "--heap");
  }

  @Test
  @DisplayName("a heap larger than the machine's memory is refused before anything starts")
  void heap() throws Exception {
    weft("run", "cg", "--ranks", "2", "--heap", "999999999g")
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "2 ranks on this host need", "are to be had");
  }

  @Test
  @DisplayName("a heap smaller than what the kernel holds is refused")
  void smallHeap() throws Exception {
    weft("run", "cg", "--class", "A", "--heap", "4m")
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "--heap 4m", "cg class A", "leave --heap out");
  }

  @Test
  @DisplayName("more memory than the machine has is refused under a user's mpirun")
  void memoryUnderMpirun() throws Exception {
    weft("run", "huge")
        .under(WeftProcess.installation(MpiVendor.OPEN_MPI), 2)
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "rank 0", "2 ranks on this host need");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an argument that mpirun does not know: said by mpirun, and that no rank started")
  void mpirunArgument(MpiVendor vendor) throws Exception {
    WeftProcess.installation(vendor);
    WeftResult result =
        weft("run", "cg", "--mpi", vendor.toString(), "--mpirun-arg", "--no-such-flag").run();
    result.assertFails(ExitStatus.FAILED, "mpirun", "no rank said why");
  }
}
