package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** {@code mpirun -n 2 ... weft run cg}: the same result and the same record. */
@Isolated
class MpirunOfUserTest {
  @TempDir private Path directory;

  private WeftProcess cg(MpiVendor vendor, Network network, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", "cg"));
    arguments.addAll(List.of(more));
    return WeftProcess.of(directory, arguments.toArray(String[]::new))
        .under(WeftProcess.installation(vendor), 2, network, false);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("one verified result of two ranks, printed once, in one bundle")
  void good(MpiVendor vendor) throws Exception {
    WeftResult result = cg(vendor, Network.AUTO).run().assertOk();
    Path bundle = BundleReader.only(directory);
    JsonNode json = BundleReader.result(bundle);
    assertEquals(Files.readString(bundle.resolve("report.txt")), result.out());
    assertEquals(2, json.get("ranks").asInt());
    assertEquals("shm", json.get("found").get("network").asString());
    assertEquals("auto", json.get("asked").get("network").asString());
    assertEquals(List.of("run", "cg"), texts(json.get("asked").get("arguments")));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a network that mpirun's flags choose is found")
  void flags(MpiVendor vendor) throws Exception {
    cg(vendor, Network.ENA, "--out", "bundle").run().assertOk();
    JsonNode json = BundleReader.result(directory.resolve("bundle"));
    assertEquals("tcp (lo)", json.get("found").get("network").asString());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a network that is named, and that mpirun's flags do not choose, is not replaced")
  void named(MpiVendor vendor) throws Exception {
    cg(vendor, Network.AUTO, "--network", "ena", "--out", "bundle")
        .deadline(20)
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "rank 0", "asked for network ena", "cross shm");
    assertTrue(Files.notExists(directory.resolve("bundle/manifest.json")));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("libfabric needs nothing of mpirun's flags")
  void libfabric(MpiVendor vendor) throws Exception {
    cg(vendor, Network.AUTO, "--via", "libfabric", "--network", "ena", "--out", "bundle")
        .run()
        .assertOk();
    JsonNode json = BundleReader.result(directory.resolve("bundle"));
    assertEquals("tcp (lo)", json.get("found").get("network").asString());
    assertEquals("libfabric", json.get("found").get("via").asString());
  }

  @Test
  @DisplayName("a bundle that is there is not written over")
  void outNotEmpty() throws Exception {
    Path bundle = Files.createDirectory(directory.resolve("bundle"));
    Files.writeString(bundle.resolve("manifest.json"), "{}");
    cg(MpiVendor.OPEN_MPI, Network.AUTO, "--out", "bundle")
        .deadline(20)
        .run()
        .assertFails(ExitStatus.USAGE, "rank 0", "bundle is not empty");
    assertEquals("{}", Files.readString(bundle.resolve("manifest.json")));
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}
