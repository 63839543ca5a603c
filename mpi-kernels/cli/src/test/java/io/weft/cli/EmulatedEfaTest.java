package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import io.weft.testing.EmulatedEfa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Runs over the software EFA device: as over a card, and never to be taken for one. */
class EmulatedEfaTest {
  @TempDir private Path directory;

  private WeftProcess weft(String... arguments) {
    Map<String, String> device = EmulatedEfa.variables("cli-" + ProcessHandle.current().pid());
    Assumptions.assumeFalse(device.isEmpty(), "there is no cmake to build the software device");
    WeftProcess weft = WeftProcess.of(directory, arguments).deadline(90);
    device.forEach(weft::with);
    return weft;
  }

  private void assertEmulated(WeftResult result, String via) throws Exception {
    result.assertOk();
    assertTrue(result.out().contains("\nemulated      the EFA device is software"), result.out());
    assertTrue(
        result.out().contains("\nnetwork       efa (emulated); within a host: efa (emulated)\n"),
        result.out());
    JsonNode json = BundleReader.result(BundleReader.only(directory));
    JsonNode found = json.get("found");
    assertEquals("verified", json.get("status").asString());
    assertEquals(via, found.get("via").asString());
    assertEquals("efa (emulated)", found.get("network").asString());
    assertTrue(found.get("device").asString().startsWith("emulated"), found::toString);
    assertTrue(found.get("emulated").asBoolean(), found::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mpi", "libfabric"})
  @DisplayName("a run says so, in its report and in its bundle")
  void run(String via) throws Exception {
    WeftProcess.installation(MpiVendor.OPEN_MPI);
    WeftResult result =
        weft("run", "cg", "--ranks", "2", "--via", via, "--network", "efa", "--mpi", "openmpi")
            .run();
    assertEmulated(result, via);
    assertTrue(
        result.err().contains("emulated EFA device, whose times say nothing"), result::toString);
  }

  @Test
  @DisplayName("ranks of a user's own mpirun find it too")
  void mpirunOfUser() throws Exception {
    WeftResult result =
        weft("run", "cg", "--via", "libfabric", "--network", "efa")
            .under(WeftProcess.installation(MpiVendor.OPEN_MPI), 2, Network.AUTO, false)
            .run();
    assertEmulated(result, "libfabric");
  }

  @Test
  @DisplayName("it is never compared with anything")
  void compare() throws Exception {
    WeftResult result = weft("run", "cg", "--ranks", "2", "--compare", "efa,shm").run();
    result.assertFails(ExitStatus.UNAVAILABLE, "its times say nothing about EFA");
    assertTrue(Files.notExists(directory.resolve("weft-out")), result::toString);
  }
}
