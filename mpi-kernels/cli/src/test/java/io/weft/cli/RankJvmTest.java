package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The plan of a rank's JVM is what the JVM really has, and what the record says. */
@Isolated
class RankJvmTest {
  @TempDir private Path directory;

  /** The command line of rank 1 while it runs, then the record. */
  private JsonNode plan(WeftProcess weft, List<String> flags) throws Exception {
    weft.start().awaitText("waits step 1 of");
    long rank = weft.processes().ranks().get(1);
    List<String> command = MarkedProcesses.commandLine(rank);
    weft.await().assertOk();
    JsonNode plan = BundleReader.result(directory.resolve("bundle")).get("jvm");
    for (String flag : flags) {
      assertTrue(command.contains(flag), () -> flag + " is not in " + command);
    }
    for (JsonNode flag : plan.get("flags")) {
      assertTrue(command.contains(flag.asString()), () -> flag + " is not in " + command);
    }
    return plan;
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("as overridden")
  void overridden(MpiVendor vendor) throws Exception {
    WeftProcess.installation(vendor);
    WeftProcess weft =
        WeftProcess.of(
            directory,
            ("run waits --class T --ranks 2 --out bundle --heap 96m --cpus 3 --gc G1 --bind none"
                    + " --yield true --jvm -Xss3m --jvm -Dweft.probe=a;b,c --mpi "
                    + vendor)
                .split(" "));
    List<String> flags =
        List.of(
            "-Xms100663296",
            "-Xmx100663296",
            "-XX:ActiveProcessorCount=3",
            "-XX:+UseG1GC",
            "-Xss3m",
            "-Dweft.probe=a;b,c");
    JsonNode plan = plan(weft, flags);
    assertEquals(96L << 20, plan.get("heapBytes").asLong());
    assertEquals(3, plan.get("processors").asInt());
    assertEquals("G1", plan.get("collector").asString());
    assertEquals("none", plan.get("bind").asString());
    assertTrue(plan.get("yield").asBoolean());
  }

  @Test
  @DisplayName("by default: a share of the machine")
  void byDefault() throws Exception {
    WeftProcess weft =
        WeftProcess.of(directory, "run waits --class T --ranks 2 --out bundle".split(" "));
    JsonNode plan = plan(weft, List.of());
    int processors = Runtime.getRuntime().availableProcessors();
    assertEquals(Math.max(1, processors / 2), plan.get("processors").asInt());
    assertEquals(2, plan.get("localRanks").asInt());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("under a user's mpirun the process becomes a JVM with the plan")
  void underMpirun(MpiVendor vendor) throws Exception {
    MpiInstallation mpi = WeftProcess.installation(vendor);
    WeftProcess weft =
        WeftProcess.of(
                directory, "run", "waits", "--class", "T", "--out", "bundle", "--heap", "96m",
                "--gc", "Serial")
            .under(mpi, 2);
    JsonNode plan = plan(weft, List.of("-Xmx100663296", "-XX:+UseSerialGC"));
    assertEquals("by mpirun", plan.get("bind").asString());
    assertEquals(2, plan.get("localRanks").asInt());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a rank that a user's mpirun bound to a core knows that the others have cores too")
  void boundByMpirun(MpiVendor vendor) throws Exception {
    MpiInstallation mpi = WeftProcess.installation(vendor);
    int cores = Node.beforeStart().cores();
    Assumptions.assumeTrue(cores >= 2, "there are not two cores");
    WeftProcess.of(directory, "run", "waits", "--class", "T", "--out", "bundle")
        .under(mpi, 2, Network.AUTO, true)
        .run()
        .assertOk();
    JsonNode plan = BundleReader.result(directory.resolve("bundle")).get("jvm");
    assertFalse(plan.get("yield").asBoolean(), plan::toString);
  }

  @Test
  @DisplayName("more ranks than cores: not bound, and yielding")
  void crowded() throws Exception {
    int ranks = Node.beforeStart().cores() + 1;
    WeftProcess.of(
            directory, "run", "waits", "--class", "T", "--ranks", "" + ranks, "--out", "bundle")
        .run()
        .assertOk();
    JsonNode plan = BundleReader.result(directory.resolve("bundle")).get("jvm");
    assertEquals("none", plan.get("bind").asString());
    assertTrue(plan.get("yield").asBoolean(), plan::toString);
    assertTrue(Files.readString(directory.resolve("bundle/report.txt")).contains("yielding"));
  }
}
