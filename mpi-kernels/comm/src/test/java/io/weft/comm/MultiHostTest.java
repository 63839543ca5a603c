package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weft.launch.Intra;
import io.weft.launch.LaunchPlan;
import io.weft.launch.Launcher;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranks on two hosts: the network between them is found, and is no loopback. */
class MultiHostTest {
  private static final long SECONDS = 90;

  @TempDir Path directory;

  @Test
  void everyMessageCrossesVeth() throws IOException, InterruptedException {
    MpiInstallation mpi = new MpiSearch(System.getenv()).find(MpiVendor.OPEN_MPI);
    Map<String, String> environment = Launcher.jvmEnvironment(System.getenv());
    environment.put("WEFT_MPI_LIB", mpi.libmpi().toString());
    String surefire = System.getProperty("surefire.test.class.path");
    String classPath = surefire != null ? surefire : System.getProperty("java.class.path");
    List<String> program =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-classpath",
            classPath,
            TransportMain.class.getName());
    String output = run(mpi, environment, program);
    assertSays("mpi: tcp (veth), intra none, device v0 (driver veth), two hosts", output);
    assertSays("libfabric: tcp (veth), intra none, device v0 (driver veth), two hosts", output);
  }

  /** Rank 0 gives an address that the other host reaches. */
  @Test
  void theLauncherTellsWhereToMeet() throws IOException, InterruptedException {
    MpiInstallation mpi = new MpiSearch(System.getenv()).find(MpiVendor.OPEN_MPI);
    Map<String, String> environment = Launcher.jvmEnvironment(System.getenv());
    environment.put("WEFT_RENDEZVOUS", "launcher");
    String output = run(mpi, environment, LauncherJobTest.program("all"));
    assertSays("rank 0, hosts 2 or more", output);
    assertSays("rank 1, hosts 2 or more", output);
  }

  private String run(MpiInstallation mpi, Map<String, String> environment, List<String> program)
      throws IOException, InterruptedException {
    String reason = TwoHosts.reasonAgainst();
    if (reason != null) {
      System.out.println("[skipped] MultiHostTest: " + reason);
    }
    assumeTrue(reason == null, reason);
    try (TwoHosts hosts = TwoHosts.make()) {
      Path log = directory.resolve("mpirun.txt");
      ProcessBuilder builder = start(hosts, mpi, environment, program);
      Process job = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      boolean ended = job.waitFor(SECONDS, TimeUnit.SECONDS);
      job.destroyForcibly();
      String output = Files.readString(log);
      assertTrue(ended, "it hangs; so far: " + output);
      assertEquals(0, job.exitValue(), output);
      return output;
    }
  }

  private static void assertSays(String line, String output) {
    assertTrue(output.lines().anyMatch(line::equals), "not \"" + line + "\" but: " + output);
  }

  private ProcessBuilder start(
      TwoHosts hosts, MpiInstallation mpi, Map<String, String> environment, List<String> program)
      throws IOException {
    LaunchPlan plan =
        new LaunchPlan(
            2,
            Network.ENA,
            Intra.SAME,
            false,
            false,
            true,
            environment,
            List.of(
                "--host",
                hosts.firstAddress() + ":1," + hosts.secondAddress() + ":1",
                "--mca",
                "plm_rsh_agent",
                hosts.agent(directory).toString()),
            program);
    ProcessBuilder builder = Launcher.of(mpi).process(plan);
    return builder.command(hosts.onFirst(builder.command()));
  }
}
