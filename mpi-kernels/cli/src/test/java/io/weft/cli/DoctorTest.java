package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import io.weft.testing.EmulatedEfa;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * {@code weft doctor} on the machine as it is; each finding both ways is tested beside its probe.
 */
class DoctorTest {
  @TempDir private Path directory;

  private WeftProcess doctor(String... arguments) {
    return WeftProcess.of(directory, arguments)
        .deadline(90)
        .with("UCX_ERROR_SIGNALS", "")
        .with("IPATH_NO_BACKTRACE", "1")
        .with("HFI_NO_BACKTRACE", "1")
        .with("AWS_EC2_METADATA_DISABLED", "true");
  }

  private static JsonNode of(WeftResult result, String subject) {
    return result
        .json()
        .get("findings")
        .valueStream()
        .filter(each -> each.get("subject").asString().equals(subject))
        .findFirst()
        .orElseThrow(() -> new AssertionError(subject + " is not in " + result));
  }

  @Test
  @DisplayName("looks at everything, asks MPI with ranks, and requires memory of one host")
  void here() throws Exception {
    WeftProcess.installation(MpiVendor.OPEN_MPI);
    WeftResult result = doctor("doctor", "--require", "shm", "--json").run();
    assertTrue(result.status() <= ExitStatus.FAILED, result::toString);
    JsonNode json = result.json();
    Set<String> subjects =
        json.get("findings")
            .valueStream()
            .map(each -> each.get("subject").asString())
            .collect(Collectors.toSet());
    for (String subject :
        List.of(
            "JDK",
            "MPI",
            "libfabric",
            "network card",
            "EFA",
            "locked memory",
            "open files",
            "shared memory",
            "huge pages",
            "placement",
            "storage",
            "trap",
            "security group",
            "MPI's network",
            "required shm")) {
      assertTrue(subjects.contains(subject), () -> subject + " is not in " + subjects);
    }
    boolean error =
        json.get("findings")
            .valueStream()
            .anyMatch(each -> each.get("severity").asString().equals("error"));
    assertEquals(error ? ExitStatus.FAILED : ExitStatus.OK, result.status(), result::toString);
    assertTrue(json.get("required").get("met").asBoolean(), result::toString);
    assertEquals("shm", json.at("/required/mpi/network").asString(), result::toString);
    JsonNode apart = json.get("mpi").get(1);
    assertEquals("by itself, without shared memory", apart.get("asked").asString());
    assertFalse(apart.get("network").asString().contains("shm"), result::toString);
    assertTrue(!apart.get("evidence").isEmpty(), result::toString);
  }

  @Test
  @DisplayName("--require efa without EFA ends with 3 and says what would be used")
  void noEfa() throws Exception {
    Assumptions.assumeTrue(EfaHere.look().missing() != null, "this machine has EFA");
    WeftResult result = doctor("doctor", "--require", "efa").run();
    assertEquals(ExitStatus.UNAVAILABLE, result.status(), result::toString);
    assertTrue(result.out().contains("error    required efa"), result::toString);
    assertTrue(result.out().contains("would not be used"), result::toString);
  }

  @Test
  @DisplayName("--require efa over the software device is met, and its times are warned of")
  void emulated() throws Exception {
    WeftProcess.installation(MpiVendor.OPEN_MPI);
    Map<String, String> device = EmulatedEfa.variables("doctor-" + ProcessHandle.current().pid());
    Assumptions.assumeFalse(device.isEmpty(), "there is no cmake to build the software device");
    WeftProcess weft = doctor("doctor", "--require", "efa", "--json");
    device.forEach(weft::with);
    WeftResult result = weft.run();
    assertTrue(result.status() <= ExitStatus.FAILED, result::toString);
    assertEquals("efa (emulated)", result.json().at("/required/mpi/network").asString());
    assertEquals("warning", of(result, "EFA").get("severity").asString());
  }

  @Test
  @DisplayName("without an MPI that is an error, and a required network is not met")
  void noMpi() throws Exception {
    WeftResult result =
        doctor("doctor", "--require", "ena", "--json").with("WEFT_MPIRUN", "/bin/true").run();
    assertEquals(ExitStatus.UNAVAILABLE, result.status(), result::toString);
    assertEquals("error", of(result, "MPI").get("severity").asString());
    assertTrue(of(result, "MPI").get("why").asString().contains("WEFT_MPIRUN=/bin/true"));
  }

  @Test
  @DisplayName("what cannot be required, and a scheduler's variable that is no number, are told")
  void arguments() throws Exception {
    doctor("doctor", "--require", "auto")
        .run()
        .assertFails(ExitStatus.USAGE, "cannot be required", "efa, ena, shm");
    doctor("doctor")
        .with("AWS_BATCH_JOB_NUM_NODES", "many")
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "AWS_BATCH_JOB_NUM_NODES=many", "AWS Batch sets it");
  }

  @Test
  @DisplayName("nodes of AWS Batch's job are hosts of a run")
  void batchNodes() throws Exception {
    WeftProcess.of(directory, "run", "cg", "--ranks", "2", "--network", "shm")
        .with("AWS_BATCH_JOB_NUM_NODES", "2")
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "several hosts", "--network shm");
  }
}
