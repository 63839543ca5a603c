package io.weft.bench.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs of which something fails: the rest is measured, and nothing is left running. */
class BenchFailuresTest {
  @TempDir private Path directory;

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("a program that does not compile fails its cells, and the others are measured")
  void noCompiler() throws Exception {
    BenchProcess run =
        BenchProcess.start(
            directory,
            Map.of("OMPI_CC", "no-such-compiler"),
            BenchProcess.shortly(
                "PingPong", "-p", "via=c-mpi,mpi", "-p", "network=shm", "-p", "bytes=8"));
    run.await();
    assertEquals(1, run.process().exitValue(), run.output());
    assertTrue(run.output().contains("no-such-compiler"), run.output());
    assertEquals("mpi", run.read().cells().getFirst().key().via());
    assertEquals("c-mpi", run.read().absent().getFirst().key().via());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("a rank that dies fails its cell with what it said, and the others are measured")
  void deadRank() throws Exception {
    BenchProcess run =
        BenchProcess.start(
            directory,
            "PingPong",
            "-p",
            "via=mpi",
            "-p",
            "network=shm",
            "-p",
            "bytes=8",
            "-f",
            "1",
            "-wi",
            "0",
            "-i",
            "1",
            "-r",
            "60s");
    Ranks.other(run.process()).destroyForcibly();
    run.await();
    assertEquals(1, run.process().exitValue(), run.output());
    assertTrue(run.output().contains("bench: failed: PingPong mpi shm 8 B 2 ranks"), run.output());
    assertTrue(run.output().contains("signal 9"), run.output());
    assertTrue(run.read().absent().getFirst().reason().startsWith("failed: "));
    assertEquals(List.of(), run.read().cells());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("a rank that hangs is ended at the deadline")
  void hungRank() throws Exception {
    BenchProcess run =
        BenchProcess.start(
            directory,
            "PingPong",
            "-p",
            "via=libfabric",
            "-p",
            "network=shm",
            "-p",
            "bytes=8",
            "-f",
            "1",
            "-wi",
            "0",
            "-i",
            "1",
            "-r",
            "5s",
            "--deadline",
            "5");
    ProcessHandle other = Ranks.other(run.process());
    new ProcessBuilder("kill", "-STOP", Long.toString(other.pid())).start().waitFor();
    run.await();
    assertEquals(1, run.process().exitValue(), run.output());
    assertTrue(run.output().contains("ended after 10 s (--deadline)"), run.output());
    assertFalse(other.isAlive(), "the rank is still there");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("a run that is ended leaves the rounds that it has measured, and no rank")
  void interrupted() throws Exception {
    String[] arguments =
        BenchProcess.shortly("PingPong", "-p", "via=mpi", "-p", "network=shm", "-p", "bytes=8");
    arguments[List.of(arguments).indexOf("-f") + 1] = "1000";
    BenchProcess run = BenchProcess.start(directory, arguments);
    long until = System.nanoTime() + 60_000_000_000L;
    while (!Files.exists(run.file()) && System.nanoTime() < until) {
      Thread.sleep(50);
    }
    ProcessHandle rank = Ranks.other(run.process());
    run.process().destroy();
    run.await();
    assertEquals(128 + 15, run.process().exitValue(), run.output());
    assertFalse(rank.isAlive(), "the rank is still there");
    assertTrue(run.read().cells().getFirst().rounds().size() >= 1);
    assertEquals(1000, run.read().method().rounds());
  }
}
