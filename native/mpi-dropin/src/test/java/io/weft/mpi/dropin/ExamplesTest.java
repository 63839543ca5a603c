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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole programs, each in processes of its own: over every MPI of the machine, the newer ones, and
 * the old bindings where it has them.
 */
class ExamplesTest {
  private static final List<String> PI = List.of("pi is 3.141592654");
  private static final String EXAMPLES = "io.weft.mpi.dropin.examples.";
  private static final Path GUIDE = Path.of("../../docs/migrating.md");
  private static final Path SOURCES = Path.of("src/test/java/io/weft/mpi/dropin/examples");
  private static final Pattern EXCERPT =
      Pattern.compile("```java\n// (\\S+[.]java)\n(.*?)\n```", Pattern.DOTALL);

  @TempDir private Path scratch;

  @ParameterizedTest
  @CsvSource({"Pi,1", "Pi,2", "Pi,4", "ModernPi,1", "ModernPi,2", "ModernPi,4"})
  void theGuidesProgramsPrintPi(String program, int ranks) throws Exception {
    for (PlainJob mpi : PlainJob.debian()) {
      assertEquals(PI, overDropIn(mpi, ranks, program), mpi::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pi", "ModernPi"})
  void theGuidesProgramsPrintPiOverNewerMpis(String program) throws Exception {
    for (PlainJob mpi : PlainJob.newer()) {
      for (int ranks : Drawn.of("ranks of " + program + " over " + mpi, List.of(1, 2, 4))) {
        assertEquals(PI, overDropIn(mpi, ranks, program), mpi + ", " + ranks + " ranks");
      }
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
    List<PlainJob> all = new ArrayList<>(PlainJob.debian());
    assertFalse(all.isEmpty(), "no MPI on this machine");
    all.addAll(Drawn.of("MPIs of " + program, PlainJob.newer()));
    for (PlainJob mpi : all) {
      List<String> found = overDropIn(mpi, 2, program);
      if (lines == null) {
        lines = found;
      }
      assertEquals(lines, found, mpi::toString);
    }
    assertFalse(lines.isEmpty());
    Path jar = OldBindings.jar();
    MpiInstallation openMpi = new MpiSearch(System.getenv()).find(MpiVendor.OPEN_MPI);
    PlainJob jni = new PlainJob("Open MPI's Java bindings", openMpi, Map.of());
    assertEquals(lines, overJni(jni, jar, 2, program), jni::toString);
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

  private List<String> overDropIn(PlainJob mpi, int ranks, String program)
      throws IOException, InterruptedException {
    return mpi.run(scratch, ranks, PlainJob.classPath(), line(program));
  }

  private List<String> overJni(PlainJob mpi, Path jar, int ranks, String program)
      throws IOException, InterruptedException {
    List<String> java =
        List.of(
            "-Djava.library.path=" + nativeHalf(),
            "-cp",
            Path.of("target/test-classes").toAbsolutePath() + ":" + jar);
    return mpi.run(scratch, ranks, java, line(program));
  }

  private List<String> line(String program) {
    return program.equals("Table")
        ? List.of(EXAMPLES + program, scratch.resolve("table-" + System.nanoTime()).toString())
        : List.of(EXAMPLES + program);
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
}
