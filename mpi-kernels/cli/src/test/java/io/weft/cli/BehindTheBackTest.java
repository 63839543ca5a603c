package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Variables that choose a network behind Weft's back: the network that was named is really used, or
 * the run fails; where none was named, the report says what was used.
 */
@Isolated
class BehindTheBackTest {
  @TempDir private Path directory;

  private void assertFound(String network) throws Exception {
    assertEquals(
        network,
        BundleReader.result(directory.resolve("bundle")).get("found").get("network").asString());
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN_MPI, ena, OMPI_MCA_btl, 'vader,self', tcp (lo)",
    "OPEN_MPI, shm, OMPI_MCA_pml, ucx, shm",
    "MPICH, ena, UCX_TLS, 'posix,sysv,self', tcp (lo)"
  })
  @DisplayName("a network named to weft is the one used")
  void named(MpiVendor vendor, String network, String variable, String value, String found)
      throws Exception {
    WeftProcess.installation(vendor);
    WeftProcess.of(
            directory,
            ("run cg --ranks 2 --out bundle --network " + network + " --mpi " + vendor).split(" "))
        .with(variable, value)
        .run()
        .assertOk();
    assertFound(found);
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN_MPI, OMPI_MCA_btl, 'tcp,self', shm, 'OMPI_MCA_*'",
    "MPICH, UCX_TLS, 'tcp,self', shm, 'UCX_*'"
  })
  @DisplayName("a network named inside a user's mpirun, and another in force: the run fails")
  void namedInside(MpiVendor vendor, String variable, String value, String network, String advice)
      throws Exception {
    WeftProcess.of(directory, "run", "cg", "--network", network, "--out", "bundle")
        .under(WeftProcess.installation(vendor), 2)
        .with(variable, value)
        .deadline(20)
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "asked for network " + network, advice);
    assertTrue(Files.notExists(directory.resolve("bundle/manifest.json")));
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN_MPI, OMPI_MCA_btl, 'tcp,self', tcp (lo)",
    "MPICH, UCX_TLS, 'tcp,self', tcp (lo)"
  })
  @DisplayName("no network named inside a user's mpirun: the one in force is reported")
  void autoInside(MpiVendor vendor, String variable, String value, String found) throws Exception {
    WeftProcess.of(directory, "run", "cg", "--out", "bundle")
        .under(WeftProcess.installation(vendor), 2)
        .with(variable, value)
        .with("OMPI_MCA_btl_tcp_if_include", "lo")
        .with("UCX_NET_DEVICES", "lo")
        .run()
        .assertOk();
    assertFound(found);
  }

  @ParameterizedTest
  @CsvSource({"ena, shm", "shm --provider shm, 'tcp,ofi_rxm'"})
  @DisplayName("FI_PROVIDER that excludes the network's provider: the run fails and names it")
  void provider(String network, String providers) throws Exception {
    WeftProcess.of(
            directory,
            ("run cg --ranks 2 --via libfabric --out bundle --network " + network).split(" "))
        .with("FI_PROVIDER", providers)
        .deadline(20)
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "FI_PROVIDER", providers);
  }
}
