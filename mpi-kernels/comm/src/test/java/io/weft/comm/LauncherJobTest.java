package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.Intra;
import io.weft.launch.LaunchPlan;
import io.weft.launch.Launcher;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ranks that do not come, or go, under the launchers that told them where to meet. */
class LauncherJobTest {
  private static final long SECONDS = 50;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = MpiVendor.class,
      names = {"OPEN_MPI", "MPICH"})
  void whoNeverStartsIsNotWaitedFor(MpiVendor mpi) throws Exception {
    String output = run(mpi, 2, "absent", List.of());
    assertTrue(output.contains("told: rank 0: ") && output.contains("WEFT_START_SECONDS"), output);
    assertTrue(output.contains("ranks had started"), output);
  }

  /** Asked not to end the job, Open MPI's launcher leaves it to the others to find out. */
  @Test
  void whoIsKilledIsToldToTheOthers() throws Exception {
    String output = run(MpiVendor.OPEN_MPI, 3, "killed", List.of("--enable-recovery"));
    for (int rank = 0; rank < 2; rank++) {
      String told = "told: rank " + rank + ": ";
      assertTrue(
          output.lines().anyMatch(line -> line.contains(told) && line.contains("rank 2")), output);
    }
  }

  /** MPICH's launcher ends the job. */
  @Test
  void whoIsKilledEndsTheJob() throws Exception {
    run(MpiVendor.MPICH, 3, "killed", List.of());
  }

  /** What a job of {@link LauncherMain} prints that ends. */
  private String run(MpiVendor mpi, int ranks, String last, List<String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(Launcher.jvmEnvironment(System.getenv()));
    environment.put("WEFT_RENDEZVOUS", "launcher");
    environment.put("WEFT_START_SECONDS", last.equals("absent") ? "2" : "30");
    LaunchPlan plan =
        new LaunchPlan(
            ranks, Network.AUTO, Intra.SHM, true, false, true, environment, more, program(last));
    Path log = directory.resolve("job.txt");
    ProcessBuilder builder = Launcher.of(new MpiSearch(System.getenv()).find(mpi)).process(plan);
    Process job = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = job.waitFor(SECONDS, TimeUnit.SECONDS);
    job.descendants().forEach(ProcessHandle::destroyForcibly);
    job.destroyForcibly();
    String output = Files.readString(log);
    assertTrue(ended, "it hangs; so far: " + output);
    // With recovery a job goes on, and its exit status says nothing.
    assertTrue(job.exitValue() != 0 || !more.isEmpty(), output);
    return output;
  }

  /** A command that runs {@link LauncherMain}. */
  static List<String> program(String last) throws IOException {
    String surefire = System.getProperty("surefire.test.class.path");
    String classPath = surefire != null ? surefire : System.getProperty("java.class.path");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx128m",
        "-classpath",
        classPath,
        LauncherMain.class.getName(),
        last);
  }
}
