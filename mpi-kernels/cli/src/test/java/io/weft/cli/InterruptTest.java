package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Ctrl-C and its relatives: soon nothing runs any more, and it is said why. */
@Execution(ExecutionMode.CONCURRENT)
class InterruptTest {
  private static final double END_SECONDS = 10;

  @TempDir private Path directory;

  /** In a process group of its own, with signals as a shell at a terminal leaves them. */
  private WeftProcess start(MpiVendor vendor) throws Exception {
    WeftProcess.installation(vendor);
    WeftProcess weft =
        WeftProcess.of(
                directory, "run", "waits", "--ranks", "2", "--mpi", vendor.toString(), "--out", "b")
            .with("TMPDIR", Files.createDirectory(directory.resolve("tmp")).toString())
            .through("env", "--default-signal=INT", "setsid")
            .start();
    weft.awaitText("waits step 1 of");
    return weft;
  }

  private void assertInterrupted(WeftProcess weft, int status) throws Exception {
    long sent = System.nanoTime();
    WeftResult result = weft.await();
    assertTrue((System.nanoTime() - sent) * 1e-9 < END_SECONDS * Load.patience(), result::toString);
    result.assertFails(status, "interrupted");
    assertFalse(Files.exists(directory.resolve("b/manifest.json")), result::toString);
  }

  @ParameterizedTest
  @CsvSource({"OPEN_MPI, INT, 130", "OPEN_MPI, TERM, 143", "MPICH, INT, 130", "MPICH, TERM, 143"})
  @DisplayName("a signal to the front process")
  void front(MpiVendor vendor, String signal, int status) throws Exception {
    WeftProcess weft = start(vendor);
    Signals.send(signal, weft.pid());
    assertInterrupted(weft, status);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Ctrl-C at a terminal: it goes to the whole process group; mpirun leaves no file")
  void group(MpiVendor vendor) throws Exception {
    WeftProcess weft = start(vendor);
    Signals.send("INT", -weft.pid());
    assertInterrupted(weft, 130);
    try (Stream<Path> left = Files.walk(directory.resolve("tmp"))) {
      assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  @DisplayName("a comparison does not go on to its next run")
  void compare() throws Exception {
    WeftProcess weft =
        WeftProcess.of(directory, "run", "waits", "--ranks", "2", "--compare", "shm,ena")
            .through("env", "--default-signal=INT", "setsid")
            .start();
    weft.awaitText("waits step 1 of");
    Signals.send("INT", -weft.pid());
    assertInterrupted(weft, 130);
    assertEquals(-1, Files.readString(directory.resolve("standard-error")).indexOf("over ena"));
  }
}
