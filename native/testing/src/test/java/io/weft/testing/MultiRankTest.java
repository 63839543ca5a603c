package io.weft.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import io.weft.testing.toys.DyingToy;
import io.weft.testing.toys.FailingToy;
import io.weft.testing.toys.FixtureToys;
import io.weft.testing.toys.HangingToy;
import io.weft.testing.toys.PassingToy;
import io.weft.testing.toys.SkippingToy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;

/** The extension, over both MPIs' launchers and without their libraries. */
class MultiRankTest {
  @TempDir Path temporary;

  private Map<String, String> logsHere() {
    return Map.of(ClassRun.LOGS, temporary.resolve("logs").toString());
  }

  @AfterEach
  void nothingIsLeft() {
    List<Long> left = MarkedProcessesOf.anyJobOfThisJvm();
    assertTrue(left.isEmpty(), () -> "still run: " + left);
  }

  @Test
  void passesOnEveryCellWithOneStartEach() throws Exception {
    Path log = temporary.resolve("log");
    System.setProperty("weft.toy.log", log.toString());
    System.setProperty(
        "weft.toy.processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    System.setProperty("weft.long", "true");
    Toys toys;
    try {
      toys = Toys.run(PassingToy.class, logsHere());
    } finally {
      System.clearProperty("weft.toy.log");
      System.clearProperty("weft.toy.processors");
      System.clearProperty("weft.long");
    }
    List<String> expected = new ArrayList<>();
    for (MpiVendor mpi : MpiVendor.values()) {
      for (String variant : List.of("mpi/shm", "libfabric/ena/same")) {
        for (int ranks = 1; ranks <= 4; ranks++) {
          for (int rank = 0; rank < ranks; rank++) {
            expected.add("open " + mpi + " " + variant + " " + ranks + " " + rank);
            expected.add("close " + mpi + " " + variant + " " + ranks + " " + rank);
          }
        }
      }
    }
    toys.results().keySet().forEach(toys::assertPassed);
    assertEquals(3 * 2 * 2 * 4, toys.results().size());
    toys.assertPassed("first, Open MPI, libfabric ena same, 2 ranks");
    toys.assertPassed("second, MPICH, mpi shm, 1 rank");
    // One line per rank of each cell: each was started once, and closed.
    assertEquals(
        expected.stream().sorted().toList(), Files.readAllLines(log).stream().sorted().toList());
    assertFalse(Files.exists(temporary.resolve("logs")), "nothing is kept of what passed");
  }

  @Test
  void showsWhichRankFailedAndRunsTheRest() {
    Toys toys = Toys.run(FailingToy.class, logsHere());
    for (MpiVendor mpi : MpiVendor.values()) {
      String cell = ", " + mpi.title() + ", 3 ranks";
      for (String method : List.of("aPasses", "cPasses", "ePasses")) {
        toys.assertPassed(method + cell);
      }
      String one = toys.failure("bFailsOnRank1" + cell);
      assertContains(
          one,
          mpi.title() + ", 3 ranks: rank 1 of 3 failed in bFailsOnRank1: ",
          "the sum ==> expected: <3> but was: <4>",
          "[1] \tat io.weft.testing.toys.FailingToy.bFailsOnRank1",
          "[0] this is rank 0",
          "[1] this is rank 1",
          "[2] this is rank 2",
          "[0] \tat io.weft.testing.toys.FailingToy.waitForever",
          "[2] \tat io.weft.testing.toys.FailingToy.waitForever",
          "Started as: ");
      assertTrue(
          Stream.of(toys.thrown("bFailsOnRank1" + cell).getStackTrace())
              .anyMatch(
                  frame ->
                      frame.getClassName().equals(FailingToy.class.getName())
                          && frame.getMethodName().equals("bFailsOnRank1")
                          && "FailingToy.java".equals(frame.getFileName())),
          "an IDE finds the line");
      assertContains(
          toys.failure("dFailsEverywhere" + cell),
          "ranks 0, 1, 2 of 3 failed in dFailsEverywhere: ",
          "rank 0 is below 0",
          "rank 1 is below 0",
          "rank 2 is below 0");
      Path kept = temporary.resolve("logs/FailingToy/" + mpi + "-3ranks-0");
      assertContains(one, "Files: " + kept);
      assertTrue(Files.exists(kept.resolve("output.1.txt")), "kept in " + kept);
    }
  }

  @Test
  void endsAHangWithTheStacksOfEveryRank() {
    long begin = System.nanoTime();
    Toys toys = Toys.run(HangingToy.class, logsHere());
    for (MpiVendor mpi : MpiVendor.values()) {
      String cell = ", " + mpi.title() + ", 3 ranks";
      assertContains(
          toys.failure("aHangs" + cell),
          "aHangs did not end: no rank began or ended anything for 4.0 s",
          "rank 2: had not ended, was ended with the job, in aHangs",
          "[0] \tat io.weft.testing.toys.HangingToy.waitingForRank2",
          "[1] \tat io.weft.testing.toys.HangingToy.waitingForRank2",
          "[2] \tat io.weft.testing.toys.HangingToy.stuckForGood");
      toys.assertPassed("bPasses" + cell);
    }
    assertBelow(Duration.ofSeconds(60), begin);
  }

  @Test
  void noticesAProcessThatEndsInTheMiddle() {
    long begin = System.nanoTime();
    Toys toys = Toys.run(DyingToy.class, logsHere());
    for (MpiVendor mpi : MpiVendor.values()) {
      String cell = ", " + mpi.title() + ", 2 ranks";
      assertContains(toys.failure("aKilled" + cell), "rank 1 was killed by SIGKILL in aKilled");
      assertContains(
          toys.failure("bExits" + cell),
          "rank 1 called System.exit in bExits",
          "[1] \tat io.weft.testing.toys.DyingToy.leave");
      assertContains(
          toys.failure("cHalts" + cell),
          "rank 0 ended with status 0 in cHalts",
          "[1] \tat io.weft.testing.toys.DyingToy.cHalts");
      assertContains(toys.failure("dAllExit" + cell), "called System.exit in dAllExit");
      assertContains(
          toys.failure("eCrashes" + cell),
          "rank 1 crashed: SIGSEGV",
          "[1] #  SIGSEGV",
          "rank 0: had not ended, was ended with the job, in eCrashes");
      toys.assertPassed("fPasses" + cell);
    }
    // Far below the deadline of 60 seconds for each of the ten.
    assertBelow(Duration.ofSeconds(60), begin);
  }

  @Test
  void showsWhyATestWasSkipped() {
    Toys toys = Toys.run(SkippingToy.class, logsHere());
    for (MpiVendor mpi : MpiVendor.values()) {
      String cell = ", " + mpi.title() + ", 2 ranks";
      toys.assertStatus(Status.ABORTED, "aSkips" + cell);
      assertContains(toys.thrown("aSkips" + cell).getMessage(), "there is no EFA here");
      assertContains(
          toys.failure("bDisagrees" + cell),
          "only rank 0 skipped bDisagrees: ",
          "only rank 1 likes this");
      toys.assertPassed("cPasses" + cell);
    }
  }

  @Test
  void reportsWhatTheFixtureDoes() {
    Toys open = Toys.run(FixtureToys.OpenFails.class, logsHere());
    for (String method : List.of("a", "b")) {
      assertContains(
          open.failure(method + ", MPICH, 2 ranks"),
          "rank 1 of 2 failed in open(): java.lang.IllegalStateException: no library");
    }
    Toys skipped = Toys.run(FixtureToys.OpenSkips.class, logsHere());
    for (String method : List.of("a", "b")) {
      skipped.assertStatus(Status.ABORTED, method + ", Open MPI, 2 ranks");
      assertContains(skipped.thrown(method + ", Open MPI, 2 ranks").getMessage(), "no device");
    }
    Toys close = Toys.run(FixtureToys.CloseFails.class, logsHere());
    close.assertPassed("a, Open MPI, 2 ranks");
    assertContains(
        close.failure("b, Open MPI, 2 ranks"),
        "ranks 0, 1 of 2 failed in close(), after all methods: ",
        "a request is open");
  }

  @Test
  void endsWhatARankLeavesBehind() {
    Toys toys = Toys.run(FixtureToys.LeavesProcess.class, logsHere());
    toys.assertPassed("a, Open MPI, of openmpi, 1 rank");
    toys.assertPassed("b, MPICH, of mpich, 1 rank");
  }

  @Test
  void refusesLifeCycleMethods() {
    Toys toys = Toys.run(FixtureToys.HasLifeCycle.class);
    assertEquals(Map.of(), toys.results());
    List<String> messages =
        toys.containers().failed().stream()
            .map(event -> event.getRequiredPayload(TestExecutionResult.class))
            .map(result -> result.getThrowable().orElseThrow().getMessage())
            .toList();
    assertFalse(messages.isEmpty());
    assertContains(messages.getFirst(), "@BeforeEach method before", "implement RankFixture");
  }

  @Test
  void leavesOutAnMpiOnlyWhenTold() {
    Toys toys =
        Toys.run(
            SkippingToy.class,
            Map.of(ClassRun.MPIS, "openmpi", ClassRun.LOGS, temporary.toString()));
    toys.assertPassed("cPasses, Open MPI, 2 ranks");
    toys.assertStatus(Status.ABORTED, "cPasses, MPICH, 2 ranks");
    assertEquals(
        "weft.test.mpis=openmpi leaves out MPICH",
        toys.thrown("cPasses, MPICH, 2 ranks").getMessage());
  }

  @Test
  void failsWhereAnMpiIsNotInstalled() {
    Assumptions.assumeFalse(
        Files.exists(Path.of("/usr/lib64/mpich/bin/mpirun")),
        "MPICH is found here without PATH: this cannot be tried");
    Toys toys =
        Toys.run(
            FixtureToys.OpenFails.class,
            Map.of("weft.test.path", temporary.toString(), ClassRun.LOGS, temporary.toString()));
    assertContains(
        toys.failure("a, MPICH, 2 ranks"),
        "no mpirun of MPICH in PATH=" + temporary,
        "scripts/setup test");
  }

  private static void assertContains(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> "no \"" + part + "\" in:\n" + text);
    }
  }

  private static void assertBelow(Duration limit, long begin) {
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertTrue(took.compareTo(limit) < 0, () -> "took " + took);
  }
}
