package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole programs, each in processes of its own: over every MPI of the machine, and over the old
 * bindings where it has them.
 */
class ExamplesTest {
  private static final long DEADLINE_SECONDS = 100;
  private static final String EXAMPLES = "io.weft.mpi.dropin.examples.";
  private static final Path GUIDE = Path.of("../../docs/migrating.md");
  private static final Path SOURCES = Path.of("src/test/java/io/weft/mpi/dropin/examples");
  private static final Pattern EXCERPT =
      Pattern.compile("```java\n// (\\S+[.]java)\n(.*?)\n```", Pattern.DOTALL);

  /** More ranks than processors, by root too. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OMPI_ALLOW_RUN_AS_ROOT", "1",
          "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1",
          "OMPI_MCA_rmaps_base_oversubscribe", "1",
          "OMPI_MCA_hwloc_base_binding_policy", "none",
          "UCX_NET_DEVICES", "all");

  @TempDir private Path scratch;

  @ParameterizedTest
  @CsvSource({"Pi,1", "Pi,2", "Pi,4", "ModernPi,1", "ModernPi,2", "ModernPi,4"})
  void theGuidesProgramsPrintPi(String program, int ranks) throws Exception {
    for (MpiInstallation mpi : new MpiSearch(System.getenv()).all()) {
      assertEquals(List.of("pi is 3.141592654"), overDropIn(mpi, ranks, program), mpi::toString);
    }
  }

  /** The expected lines are what the formula, or the program's text, gives for two ranks. */
  @ParameterizedTest
  @CsvSource({
    "Ring,token 2 from 1 with tag 7",
    "MasterWorker,sum of squares: 2870",
    "Particles,0:0:0.2|1:-1:1.2",
    "Longest,'longest: 3.0, -4.0; sum 5.0'",
    "Table,'[0, 11]'",
    "Jacobi,"
  })
  void oldProgramsPrintTheSameOverAll(String program, String expected) throws Exception {
    List<String> lines = expected == null ? null : List.of(expected.split("\\|"));
    List<MpiInstallation> all = new MpiSearch(System.getenv()).all();
    assertFalse(all.isEmpty(), "no MPI on this machine");
    for (MpiInstallation mpi : all) {
      List<String> found = overDropIn(mpi, 2, program);
      if (lines == null) {
        lines = found;
      }
      assertEquals(lines, found, mpi::toString);
    }
    assertFalse(lines.isEmpty());
    Path jar = OldBindings.jar();
    MpiInstallation openMpi = new MpiSearch(System.getenv()).find(MpiVendor.OPEN_MPI);
    assertEquals(lines, overJni(openMpi, jar, 2, program), "over Open MPI's Java bindings");
  }

  @Test
  void everyExcerptOfTheGuideIsInItsSource() throws IOException {
    Matcher excerpts = EXCERPT.matcher(Files.readString(GUIDE));
    int found = 0;
    while (excerpts.find()) {
      List<String> source = stripped(Files.readString(SOURCES.resolve(excerpts.group(1))));
      List<String> quoted = stripped(excerpts.group(2));
      boolean there = false;
      for (int at = 0; at + quoted.size() <= source.size(); at++) {
        there |= source.subList(at, at + quoted.size()).equals(quoted);
      }
      assertTrue(there, "not in " + excerpts.group(1) + ":\n" + excerpts.group(2));
      found++;
    }
    assertEquals(2, found);
  }

  private static List<String> stripped(String text) {
    return text.lines().map(String::strip).toList();
  }

  private List<String> overDropIn(MpiInstallation mpi, int ranks, String program)
      throws IOException, InterruptedException {
    String surefire = System.getProperty("surefire.test.class.path");
    String classPath = surefire != null ? surefire : System.getProperty("java.class.path");
    return run(mpi, ranks, List.of("-cp", classPath), program);
  }

  private List<String> overJni(MpiInstallation mpi, Path jar, int ranks, String program)
      throws IOException, InterruptedException {
    List<String> java =
        List.of(
            "-Djava.library.path=" + nativeHalf(),
            "-cp",
            Path.of("target/test-classes").toAbsolutePath() + ":" + jar);
    return run(mpi, ranks, java, program);
  }

  private static Path nativeHalf() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      return folders
          .map(each -> each.resolve("openmpi/lib"))
          .filter(each -> Files.exists(each.resolve("libmpi_java.so")))
          .findFirst()
          .orElseThrow();
    }
  }

  private List<String> run(MpiInstallation mpi, int ranks, List<String> java, String program)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(scratch, program, ".out");
    Path err = Files.createTempFile(scratch, program, ".err");
    List<String> command = new ArrayList<>();
    // By env: Open MPI 4.1's mpirun rewrites the arguments of what is called java.
    command.addAll(List.of(mpi.mpirun().toString(), "-n", Integer.toString(ranks), "env"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx64m", "-XX:+UseSerialGC"));
    command.addAll(java);
    command.add(EXAMPLES + program);
    if (program.equals("Table")) {
      command.add(scratch.resolve("table-" + System.nanoTime()).toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(ENVIRONMENT);
    Process process = builder.start();
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new AssertionError(command + " did not end: " + Files.readString(err));
    }
    assertEquals(0, process.exitValue(), () -> command + ": " + text(err));
    return Files.readAllLines(out);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return "unreadable: " + unreadable;
    }
  }
}
