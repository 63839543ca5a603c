package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A rank that goes wrong ends all the others, and the front process says why. */
@Execution(ExecutionMode.CONCURRENT)
class FailingRankTest {
  private static final double DEADLINE_SECONDS = 20;

  @TempDir private Path directory;

  private WeftProcess weft(MpiVendor vendor, String kernel, int ranks) {
    WeftProcess.installation(vendor);
    return WeftProcess.of(
            directory,
            "run",
            kernel,
            "--ranks",
            Integer.toString(ranks),
            "--mpi",
            vendor.toString(),
            "--out",
            "bundle")
        .deadline(DEADLINE_SECONDS);
  }

  private void assertNoBundle() {
    assertFalse(Files.exists(directory.resolve("bundle/manifest.json")), "a bundle of a lost run");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("one that throws is heard, with the stack trace that its author needs")
  void throwing(MpiVendor vendor) throws Exception {
    WeftResult result = weft(vendor, "throws", 4).run();
    assertEquals(ExitStatus.FAILED, result.status(), result::toString);
    result.assertSaysOnce("rank ", "IllegalStateException: deliberately");
    assertTrue(result.err().contains("TestKernels$Throws.runOne"), result::toString);
    assertNoBundle();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("one that throws under a user's mpirun ends that mpirun")
  void throwingUnderMpirun(MpiVendor vendor) throws Exception {
    WeftResult result =
        WeftProcess.of(directory, "run", "throws", "--out", "bundle")
            .under(WeftProcess.installation(vendor), 2)
            .deadline(DEADLINE_SECONDS)
            .run();
    assertEquals(ExitStatus.FAILED, result.status(), result::toString);
    result.assertSaysOnce("rank ", "IllegalStateException: deliberately");
    assertNoBundle();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a result that is no number is wrong: status 1, and the bundle says so")
  void wrongResult(MpiVendor vendor) throws Exception {
    WeftResult result = weft(vendor, "nan", 2).run();
    result.assertFails(ExitStatus.FAILED, "rank 0", "WRONG RESULT", "unit = NaN");
    assertTrue(result.out().contains("WRONG RESULT  unit = NaN"), result::toString);
    assertEquals(
        "failed", BundleReader.result(directory.resolve("bundle")).get("status").asString());
  }

  @ParameterizedTest
  @CsvSource({"OPEN_MPI, 0", "OPEN_MPI, 1", "MPICH, 0", "MPICH, 1"})
  @DisplayName("one that is killed is reported with its signal, and nothing is left")
  void killed(MpiVendor vendor, int rank) throws Exception {
    WeftProcess weft = weft(vendor, "waits", 2).start();
    weft.awaitText("waits step 1 of");
    Signals.send("KILL", weft.processes().ranks().get(rank));
    long killed = System.nanoTime();
    weft.await().assertFails(ExitStatus.FAILED, "signal 9", "no result", "dmesg");
    assertTrue(
        (System.nanoTime() - killed) * 1e-9 < 10 * Load.patience(),
        "mpirun took too long to end the others");
    assertNoBundle();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("one that calls System.exit(0) in the middle does not leave the others waiting")
  void exiting(MpiVendor vendor) throws Exception {
    weft(vendor, "exits", 2)
        .run()
        .assertFails(ExitStatus.FAILED, "rank ", "System.exit", "TestKernels$Exits.runOne");
    assertNoBundle();
  }

  @Test
  @DisplayName("a disk that fills up during the run does not cost the report")
  void fullDisk() throws Exception {
    PrivateDisk.skipUnlessPossible();
    Path disk = Files.createDirectory(directory.resolve("disk"));
    WeftResult result =
        WeftProcess.of(
                directory,
                "run",
                "fills",
                "--ranks",
                "2",
                "--out",
                disk.resolve("bundle").toString())
            .through(PrivateDisk.of(disk, "256k"))
            .with(TestKernels.FILL_VARIABLE, disk.toString())
            .deadline(DEADLINE_SECONDS)
            .run();
    result.assertFails(
        ExitStatus.UNAVAILABLE, "rank 0", "No space left", "disk/bundle", "no manifest");
    assertTrue(result.out().contains("verified      unit = 1.0"), result::toString);
  }

  @Test
  @DisplayName("a disk that is full before costs no run")
  void fullDiskBefore() throws Exception {
    PrivateDisk.skipUnlessPossible();
    Path disk = Files.createDirectory(directory.resolve("disk"));
    WeftProcess.of(directory, "run", "fills", "--out", disk.resolve("bundle").toString())
        .through(PrivateDisk.of(disk, "16k"))
        .deadline(DEADLINE_SECONDS)
        .run()
        .assertFails(ExitStatus.UNAVAILABLE, "No space left", "disk/bundle", "--out");
  }
}
