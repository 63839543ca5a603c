package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.testing.MpiBuild;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mpi.MPI;
import org.junit.jupiter.api.Test;

/**
 * Programs are started as they were with Open MPI's own bindings: {@code mpirun -n 2 java -cp
 * app:weft Main}. Open MPI 4.1 rewrites the arguments of a program that is called {@code java}: it
 * puts the working directory in front of the class path, and its own {@code mpi.jar} behind it.
 */
class StartLineTest {
  private static final long DEADLINE_SECONDS = 60;

  /** In place of a job's status. */
  private static final int ANY_FAILURE = -1;

  static MpiInstallation debian(MpiVendor vendor) {
    return new MpiSearch(System.getenv()).find(vendor);
  }

  @Test
  void openMpi4() throws Exception {
    started(debian(MpiVendor.OPEN_MPI), Map.of(), "Open MPI v4.1.");
  }

  @Test
  void openMpi5() throws Exception {
    started(MpiBuild.OPEN_MPI_5.installation(), Map.of(), "Open MPI v5.0.");
  }

  @Test
  void mpich4() throws Exception {
    started(debian(MpiVendor.MPICH), Map.of(), "MPICH Version: 4.");
  }

  @Test
  void mpich5() throws Exception {
    started(MpiBuild.MPICH_5.installation(), Map.of(), "MPICH Version: 5.");
  }

  @Test
  void mpich5ByTheStandardAbi() throws Exception {
    started(
        MpiBuild.MPICH_5_ABI.installation(),
        Map.of("WEFT_MPI_ABI", "standard"),
        "MPICH Version: 5.");
  }

  @Test
  void abortEndsTheJobWithItsCode() throws Exception {
    List<String> line =
        List.of("-cp", classPath(), StartLineProgram.class.getName(), "abort", "42");
    run(debian(MpiVendor.OPEN_MPI), Map.of(), line, 42);
    run(debian(MpiVendor.MPICH), Map.of(), line, 42);
  }

  /** The process ends where the error is found, and with it the job. */
  @Test
  void errorsAbortEndsTheProcess() throws Exception {
    List<String> line = List.of("-cp", classPath(), StartLineProgram.class.getName(), "error");
    for (MpiBuild build : List.of(MpiBuild.OPEN_MPI_5, MpiBuild.MPICH_5)) {
      String output = run(build.installation(), Map.of(), line, ANY_FAILURE);
      assertTrue(output.contains("rank 1 makes an error"), output);
      assertFalse(output.contains("survived"), output);
      assertFalse(output.contains("MPIException"), output);
    }
  }

  /** As where Open MPI was built with its bindings. */
  @Test
  void anOldJarInOpenMpisFolderIsPassedOver() throws Exception {
    Path old = OldBindings.jar();
    Path libraries = Path.of(asked("libdir"));
    Path there = Files.createTempDirectory("openmpi-lib");
    try {
      try (Stream<Path> files = Files.list(libraries)) {
        for (Path file : files.toList()) {
          Files.createSymbolicLink(there.resolve(file.getFileName()), file);
        }
      }
      Files.deleteIfExists(there.resolve("mpi.jar"));
      Files.createSymbolicLink(there.resolve("mpi.jar"), old);
      Map<String, String> environment =
          Map.of("OPAL_LIBDIR", there.toString(), "OPAL_PKGLIBDIR", asked("pkglibdir"));
      MpiInstallation mpi = debian(MpiVendor.OPEN_MPI);
      expect(run(mpi, environment, line(classPath())), "Open MPI v4.1.");
      // That the jar is on the class path at all: without ours it is what programs get.
      String theirs = run(mpi, environment, line(ofProgram()));
      assertTrue(theirs.contains(", by " + old.toRealPath() + ", over"), theirs);
    } finally {
      try (Stream<Path> files = Files.list(there)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(there);
    }
  }

  private static List<String> line(String classPath) {
    return List.of("-cp", classPath, StartLineProgram.class.getName(), "one", "two");
  }

  /** What {@code ompi_info} calls a directory. */
  private static String asked(String name) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("ompi_info", "--parsable", "--path", name)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS));
    return text.lines().findFirst().orElseThrow().replaceFirst(".*:", "").strip();
  }

  private static void started(MpiInstallation mpi, Map<String, String> environment, String version)
      throws Exception {
    expect(run(mpi, environment, line(classPath())), version);
  }

  private static void expect(String output, String version) throws Exception {
    String ours =
        Path.of(MPI.class.getProtectionDomain().getCodeSource().getLocation().toURI()) + "";
    for (int rank = 0; rank < 2; rank++) {
      String start = "rank " + rank + " of 2, sum 1, given one+two, by " + ours;
      String line =
          output
              .lines()
              .filter(each -> each.startsWith(start))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no '" + start + "' in:\n" + output));
      assertTrue(line.contains(", over " + version), line);
    }
  }

  /** The program, ours, and what ours needs: nothing else, as a user has it. */
  static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> wanted = new ArrayList<>();
    for (String entry : all.split(File.pathSeparator)) {
      if (entry.contains("weft") && !entry.contains("weft-testing")
          || entry.matches(".*/native/[^/]*/target/(test-)?classes/?")
              && !entry.contains("/native/testing/")) {
        wanted.add(entry);
      }
    }
    return String.join(File.pathSeparator, wanted);
  }

  private static String ofProgram() throws Exception {
    return Path.of(
            StartLineProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }

  static String run(MpiInstallation mpi, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    return run(mpi, environment, arguments, 0);
  }

  private static String run(
      MpiInstallation mpi, Map<String, String> environment, List<String> arguments, int status)
      throws IOException, InterruptedException {
    // By its name: Open MPI's mpirun puts its own folder before the PATH if it is named by a path.
    List<String> command = new ArrayList<>(List.of("env", mpi.mpirun().getFileName().toString()));
    if (mpi.vendor() == MpiVendor.OPEN_MPI) {
      command.addAll(List.of("--allow-run-as-root", "--oversubscribe"));
    }
    command.addAll(List.of("-n", "2", "java"));
    command.addAll(arguments);
    Path output = Files.createTempFile("start-line", ".txt");
    Set<Path> before = mpichSegments();
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      Map<String, String> ofChild = builder.environment();
      String bin =
          Path.of(System.getProperty("java.home"), "bin")
              + File.pathSeparator
              + mpi.mpirun().getParent();
      ofChild.merge("PATH", bin, (path, first) -> first + File.pathSeparator + path);
      ofChild.remove("WEFT_MPI_LIB");
      ofChild.remove("WEFT_MPI_ABI");
      ofChild.remove("CLASSPATH");
      ofChild.putAll(environment);
      Process process = builder.start();
      boolean inTime = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (!inTime) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      String text = Files.readString(output);
      assertTrue(inTime, () -> "no end in " + DEADLINE_SECONDS + " s:\n" + text);
      int ended = process.exitValue();
      assertTrue(
          status == ANY_FAILURE ? ended != 0 : ended == status,
          () -> String.join(" ", command) + " ended with " + ended + "\n" + text);
      return text;
    } finally {
      Files.delete(output);
      for (Path left : mpichSegments()) {
        if (!before.contains(left)) {
          Files.deleteIfExists(left);
        }
      }
    }
  }

  /** The shared memory of MPICH, which ranks that abort leave behind. */
  private static Set<Path> mpichSegments() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("mpich_shm_"))
          .collect(Collectors.toSet());
    }
  }
}
