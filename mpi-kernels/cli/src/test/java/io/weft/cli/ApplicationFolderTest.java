package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The folder that {@code scripts/weft} starts: all on the module path. */
@Isolated
class ApplicationFolderTest {
  private static final Path APPLICATION = Path.of("target", "app").toAbsolutePath();

  @TempDir private Path directory;

  @BeforeEach
  void skipUnlessBuilt() {
    Assumptions.assumeTrue(
        Files.isDirectory(APPLICATION),
        APPLICATION + " is not there before the first 'mvn package'; scripts/test makes it");
  }

  private WeftProcess weft(String... arguments) {
    return WeftProcess.of(directory, arguments)
        .startedBy(
            List.of(
                "--enable-native-access=io.weft.ffi,io.weft.mpi,io.weft.fabric,io.weft.comm",
                "-p",
                APPLICATION.toString(),
                "-m",
                "io.weft.cli/io.weft.cli.Weft"));
  }

  @Test
  @DisplayName("weft list finds the kernels")
  void list() throws Exception {
    assertTrue(weft("list").run().assertOk().out().startsWith("cg "));
  }

  @Test
  @DisplayName("weft run starts ranks of modules, and no JVM warns of native access")
  void run() throws Exception {
    weft("run", "cg", "--ranks", "2", "--out", "bundle").run().assertOk();
    assertEquals(
        "verified", BundleReader.result(directory.resolve("bundle")).get("status").asString());
  }

  @Test
  @DisplayName("on a terminal, where the progress bar needs its own modules")
  void terminal() throws Exception {
    Terminal.skipUnlessPossible();
    WeftResult result =
        Terminal.in(weft("run", "cg", "--ranks", "2", "--class", "W", "--out", "bundle")).run();
    assertEquals(0, result.status(), result::toString);
    assertTrue(result.out().contains("\rcg iteration"), result::toString);
  }

  @Test
  @DisplayName("a rank that gives up before MPI starts does so without warnings too")
  void failing() throws Exception {
    weft("run", "cg", "--ranks", "2")
        .with("WEFT_MPI_LIB", "libm.so.6")
        .deadline(20)
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "no MPI library");
  }
}
