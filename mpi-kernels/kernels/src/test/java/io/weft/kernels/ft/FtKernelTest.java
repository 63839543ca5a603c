package io.weft.kernels.ft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.kernels.Check;
import io.weft.kernels.Kernel;
import io.weft.kernels.KernelResult;
import io.weft.kernels.LocalCommunicator;
import io.weft.kernels.PhaseTime;
import io.weft.kernels.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FtKernelTest {
  /** 64 ranks have one plane and one row each in class S; W is not a cube. */
  @ParameterizedTest
  @CsvSource({"S,1", "S,2", "S,4", "S,8", "S,64", "W,1", "W,4"})
  void findsThePublishedChecksums(String problemClass, int ranks) {
    List<KernelResult> results = run(new FtKernel(), problemClass, ranks);
    KernelResult result = results.getFirst();
    assertTrue(result.verification().passed(), result.verification().toString());
    List<Check> checks = result.verification().checks();
    assertEquals(12, checks.size());
    assertEquals("checksum 1, real", checks.getFirst().quantity());
    assertEquals("checksum 6, imaginary", checks.getLast().quantity());
    for (Check check : checks) {
      assertEquals(1e-12, check.relativeTolerance());
    }
    for (KernelResult other : results) {
      assertEquals(result, other, "every rank reports the same");
    }
  }

  /** Bits and all: neither the number of ranks nor the order of messages is in them. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void ranksAndOverlapChangeNoBit(int ranks) {
    List<Check> alone = run(new FtKernel(), "S", 1).getFirst().verification().checks();
    for (boolean overlap : new boolean[] {true, false}) {
      FtKernel kernel = new FtKernel(FtClass.PUBLISHED, overlap, FtHook.NONE);
      assertEquals(
          alone,
          run(kernel, "S", ranks).getFirst().verification().checks(),
          ranks + " ranks, overlap " + overlap);
    }
  }

  @Test
  void reportsPhasesAndTheBenchmarksRate() {
    KernelResult result = run(new FtKernel(), "S", 2).getFirst();
    assertEquals(
        List.of(
            "initial condition",
            "evolution",
            "transforms in x",
            "transforms in y",
            "transforms in z",
            "pack and unpack",
            "all-to-all",
            "checksum"),
        result.phases().stream().map(PhaseTime::name).toList());
    double sum = result.phases().stream().mapToDouble(PhaseTime::meanSeconds).sum();
    assertTrue(sum > 0.9 * result.seconds() && sum <= 1.01 * result.seconds(), result.toString());
    // 64^3 points, ln of which is 12.4766; by hand.
    assertEquals(177.2e6, result.megaOperationsPerSecond() * 1e6 * result.seconds(), 0.1e6);
  }

  @Test
  void tellsOfEveryIteration() {
    List<String> told = new ArrayList<>();
    Progress progress = (phase, done, total) -> told.add(phase + " " + done + "/" + total);
    LocalCommunicator.onEachRank(1, ranks -> new FtKernel().run(ranks, "S", progress));
    assertEquals(List.of("warm-up 0/1", "warm-up 1/1", "iteration 1/6"), told.subList(0, 3));
    assertEquals("iteration 6/6", told.getLast());
    assertEquals(8, told.size());
  }

  @Test
  void ranksThatTheGridCannotBeDealtOutToAreRefused() {
    Kernel ft = new FtKernel();
    assertEquals(
        "ft runs on a power of two of ranks; 3 is none: use 2 or 4",
        messageOf(() -> run(ft, "S", 3)));
    String tooMany =
        "ft class W runs on at most 32 ranks, each with at least one of 32 planes and one of 128"
            + " rows; 64 are too many: use 32 or a larger class";
    assertEquals(tooMany, messageOf(() -> run(ft, "W", 64)));
    assertEquals(tooMany, messageOf(() -> ft.memoryPerRankBytes("W", 64)));
    assertTrue(ft.memoryPerRankBytes("W", 32) > 0);
    assertTrue(ft.memoryPerRankBytes("C", 512) > 0);
    messageOf(() -> ft.memoryPerRankBytes("C", 1024));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aRootOfUnitySlightlyOffFails(int ranks) {
    assertSlightlyWrong(
        ranks,
        (what, values) -> {
          if (what == FtHook.What.ROOTS) {
            values[20] += 1e-8;
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anExponentSlightlyOffFails(int ranks) {
    assertSlightlyWrong(
        ranks,
        (what, values) -> {
          if (what == FtHook.What.FACTORS) {
            for (int k = 0; k < values.length; k++) {
              values[k] = Math.pow(values[k], 1 + 1e-5);
            }
          }
        });
  }

  /** The point (1, 3, 5), which is in every checksum: its last but twenty-fifth bit. */
  @Test
  void oneBitOfTheInitialConditionFails() {
    int at = ((5 * 64 / 16 + 3 / 16) * 64 + 1) * 16 + 3;
    assertSlightlyWrong(
        1,
        (what, values) -> {
          if (what == FtHook.What.FIELD) {
            values[at] = Double.longBitsToDouble(Double.doubleToLongBits(values[at]) ^ (1L << 25));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void notANumberFails(int ranks) {
    List<Check> checks =
        checksWith(
            ranks,
            (what, values) -> {
              if (what == FtHook.What.FIELD) {
                values[17] = Double.NaN;
              }
            });
    for (Check check : checks) {
      assertTrue(Double.isNaN(check.found()), check.toString());
      assertFalse(check.passed());
    }
  }

  @Test
  void checksumsOfOtherIterationsFail() {
    FtClass s = FtClass.PUBLISHED.getFirst();
    FtClass late = new FtClass("S", 64, 64, 64, s.checksums().subList(1, 6));
    KernelResult result = run(new FtKernel(List.of(late), true, FtHook.NONE), "S", 1).getFirst();
    for (Check check : result.verification().checks()) {
      assertFalse(check.passed(), check.toString());
    }
  }

  /** Not one part of a checksum right, or not all; each close. */
  private static void assertSlightlyWrong(int ranks, FtHook hook) {
    List<Check> checks = checksWith(ranks, hook);
    assertFalse(checks.stream().allMatch(Check::passed), checks.toString());
    for (Check check : checks) {
      assertTrue(check.relativeError() < 1e-6, "a small change: " + check);
    }
  }

  private static List<Check> checksWith(int ranks, FtHook hook) {
    KernelResult result = run(new FtKernel(FtClass.PUBLISHED, true, hook), "S", ranks).getFirst();
    assertFalse(result.verification().passed(), result.verification().toString());
    return result.verification().checks();
  }

  private static String messageOf(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static List<KernelResult> run(Kernel kernel, String problemClass, int ranks) {
    return LocalCommunicator.onEachRank(
        ranks, communicator -> kernel.run(communicator, problemClass, Progress.NONE));
  }
}
