package io.weft.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.toys.HangingToy;
import io.weft.testing.toys.ToyMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopping the JVM that runs JUnit stops the ranks. */
class StoppedJvmTest {
  /** This JVM, mpirun, three ranks and their shells. */
  private static final int AT_LEAST = 8;

  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  @TempDir Path temporary;

  @Test
  void leavesNothingWhenItIsTerminated() throws Exception {
    stop(Process::destroy);
  }

  @Test
  void leavesNothingWhenItIsKilled() throws Exception {
    stop(Process::destroyForcibly);
  }

  private void stop(Consumer<Process> way) throws Exception {
    String mark = "WEFT_TOY=" + UUID.randomUUID();
    Process jvm = start(mark);
    try {
      awaitAtLeast(mark);
      way.accept(jvm);
      assertTrue(jvm.waitFor(20, TimeUnit.SECONDS), "the JVM ends");
      long end = System.nanoTime() + WAIT_NANOS;
      while (!MarkedProcessesOf.with(mark).isEmpty() && System.nanoTime() < end) {
        Thread.sleep(50);
      }
      assertEquals(List.of(), MarkedProcessesOf.with(mark));
    } finally {
      for (long pid : MarkedProcessesOf.with(mark)) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  private Process start(String mark) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            RankJvm.java().toString(),
            "-cp",
            RankJvm.classPath(),
            "-Djava.io.tmpdir=" + temporary,
            "-Dweft.test.rank.jvm=-Xmx64m",
            ToyMain.class.getName(),
            HangingToy.class.getName());
    builder.environment().put(mark.split("=")[0], mark.split("=")[1]);
    builder.redirectErrorStream(true).redirectOutput(temporary.resolve("out").toFile());
    return builder.start();
  }

  /** Waits until the ranks run, which is before their deadline. */
  private static void awaitAtLeast(String mark) throws InterruptedException {
    long end = System.nanoTime() + WAIT_NANOS;
    while (MarkedProcessesOf.with(mark).size() < AT_LEAST) {
      assertTrue(System.nanoTime() < end, () -> "only " + MarkedProcessesOf.with(mark));
      Thread.sleep(20);
    }
  }
}
