package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.testing.MpiBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An MPI, whose {@code mpirun} starts whole programs with no arguments but the number of ranks.
 *
 * @param title its name
 * @param mpi where it lies
 * @param environment more variables of the launcher
 */
record PlainJob(String title, MpiInstallation mpi, Map<String, String> environment) {
  private static final long DEADLINE_SECONDS = 150;

  /** More ranks than processors, by root too; UCX of MPICH leaves out lo by itself. */
  private static final Map<String, String> OF_ALL =
      Map.of(
          "OMPI_ALLOW_RUN_AS_ROOT", "1",
          "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1",
          "OMPI_MCA_rmaps_base_oversubscribe", "1",
          "OMPI_MCA_hwloc_base_binding_policy", "none",
          "PRTE_MCA_rmaps_default_mapping_policy", ":oversubscribe",
          "PRTE_MCA_hwloc_default_binding_policy", "none",
          "UCX_NET_DEVICES", "all");

  /** Those of the system. */
  static List<PlainJob> debian() {
    return new MpiSearch(System.getenv())
        .all().stream().map(each -> new PlainJob(each.toString(), each, Map.of())).toList();
  }

  /** A newer one. */
  static PlainJob of(MpiBuild build) {
    return new PlainJob(
        build.name(),
        build.installation(),
        build == MpiBuild.MPICH_5_ABI ? Map.of("WEFT_MPI_ABI", "standard") : Map.of());
  }

  /** The newer ones. */
  static List<PlainJob> newer() {
    return Stream.of(MpiBuild.values()).map(PlainJob::of).toList();
  }

  /**
   * Runs a Java program to its end, which must be a good one.
   *
   * @param scratch where its output is kept while it runs
   * @param ranks how many
   * @param java class path and more of the JVM's arguments
   * @param program class and arguments
   * @return the lines of its standard output
   * @throws AssertionError if it ends with another status than 0, or not at all
   */
  List<String> run(Path scratch, int ranks, List<String> java, List<String> program)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(scratch, "plain", ".out");
    Path err = Files.createTempFile(scratch, "plain", ".err");
    List<String> command = new ArrayList<>();
    // By env: Open MPI 4.1's mpirun rewrites the arguments of what is called java.
    command.addAll(List.of(mpi.mpirun().toString(), "-n", Integer.toString(ranks), "env"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx64m", "-XX:+UseSerialGC"));
    command.addAll(java);
    command.addAll(program);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(OF_ALL);
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new AssertionError(
          command + " did not end: " + Files.readString(out) + Files.readString(err));
    }
    String errors = Files.readString(err);
    assertEquals(0, process.exitValue(), () -> command + ": " + errors);
    return Files.readAllLines(out);
  }

  /** The class path of the tests, and with it the drop-in. */
  static List<String> classPath() {
    String surefire = System.getProperty("surefire.test.class.path");
    return List.of("-cp", surefire != null ? surefire : System.getProperty("java.class.path"));
  }

  @Override
  public String toString() {
    return title;
  }
}
