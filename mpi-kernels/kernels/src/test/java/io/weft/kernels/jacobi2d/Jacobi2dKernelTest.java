package io.weft.kernels.jacobi2d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.kernels.Check;
import io.weft.kernels.KernelResult;
import io.weft.kernels.LocalCommunicator;
import io.weft.kernels.Progress;
import io.weft.kernels.timed.PhaseTimers;
import io.weft.kernels.timed.RunContext;
import io.weft.kernels.timed.SmallReductions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Jacobi2dKernelTest {
  private static final Consumer<double[]> UNCHANGED = field -> {};

  /** As many ranks as lines have nothing but outer lines. */
  @ParameterizedTest
  @CsvSource({"S,1", "S,2", "S,3", "S,7", "S,127", "W,2"})
  void findsTheSolution(String problemClass, int ranks) {
    List<KernelResult> results = run(new Jacobi2dKernel(), problemClass, ranks);
    KernelResult result = results.getFirst();
    assertTrue(result.verification().passed(), result.verification().toString());
    for (KernelResult other : results) {
      assertEquals(result, other, "every rank reports the same");
    }
  }

  @Test
  void statesTheMemoryOfItsLargestRank() {
    Jacobi2dKernel kernel = new Jacobi2dKernel();
    long field = 128L * 128 * Double.BYTES;
    assertTrue(kernel.memoryPerRankBytes("S", 1) > 2 * field);
    assertTrue(kernel.memoryPerRankBytes("S", 2) > field);
    assertTrue(kernel.memoryPerRankBytes("S", 2) < kernel.memoryPerRankBytes("S", 1));
  }

  @Test
  void tellsOfSteps() {
    List<String> told = new ArrayList<>();
    Progress progress = (phase, done, total) -> told.add(phase + " " + done + "/" + total);
    LocalCommunicator.onEachRank(
        1, communicator -> new Jacobi2dKernel().run(communicator, "S", progress));
    assertEquals(500, told.size());
    assertEquals("step 500/500", told.getLast());
  }

  @Test
  void moreRanksThanLinesAreRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> run(new Jacobi2dKernel(), "S", 128))
            .getMessage();
    assertEquals(
        "jacobi2d class S has 127 lines, fewer than 128 ranks: use fewer, or a larger class",
        message);
  }

  /** Lines of all ranks, one after the other: neither their number nor the overlap shows. */
  @Test
  void theFieldIsTheSameBitsOnAnyNumberOfRanks() {
    double[] expected = lines(1, true);
    for (int ranks : new int[] {2, 3, 7, 127}) {
      assertArrayEquals(expected, lines(ranks, true), ranks + " ranks");
      assertArrayEquals(expected, lines(ranks, false), ranks + " ranks, no overlap");
    }
  }

  private static double[] lines(int ranks, boolean overlap) {
    HeatClass s = HeatClass.ALL.getFirst();
    int row = s.intervals() + 1;
    List<double[]> parts =
        LocalCommunicator.onEachRank(
            ranks,
            communicator -> {
              SmallReductions reductions = new SmallReductions(communicator);
              PhaseTimers timers = new PhaseTimers(Progress.NONE, HeatPhase.values());
              RunContext context =
                  new RunContext(communicator, reductions, timers, Progress.NONE, overlap, null);
              try (HeatGrid grid = new HeatGrid(s, context)) {
                for (int step = 0; step < 30; step++) {
                  grid.step();
                }
                return Arrays.copyOfRange(grid.field(), row, grid.field().length - row);
              }
            });
    double[] all = parts.stream().flatMapToDouble(Arrays::stream).toArray();
    assertEquals(s.points() * row, all.length);
    return all;
  }

  /** The ratio of the scheme, off by a millionth, against the solution for the right one. */
  @Test
  void aRatioSlightlyWrongFails() {
    HeatClass s = HeatClass.ALL.getFirst();
    HeatClass other = new HeatClass("S", s.intervals(), s.steps(), s.ratio() * (1 + 1e-6));
    double found = firstHeight(run(new Jacobi2dKernel(List.of(other), UNCHANGED), "S", 1));
    Check check = new Check("first sine", new HeatSolution(s).firstHeight(), found, 1e-12);
    assertFalse(check.passed(), check::toString);
    assertTrue(check.relativeError() < 1e-5, "a small change, found out: " + check);
  }

  /** A point of one rank's field, off by a millionth. */
  @Test
  void aPointSlightlyWrongFails() {
    for (int ranks : new int[] {1, 3}) {
      Consumer<double[]> warmer = field -> field[10 * 129 + 40] += 1e-6;
      KernelResult result = run(new Jacobi2dKernel(HeatClass.ALL, warmer), "S", ranks).getFirst();
      List<Check> checks = result.verification().checks();
      assertFalse(checks.get(0).passed(), checks.toString());
      assertTrue(checks.get(0).relativeError() < 1e-6, "a small change, found out: " + checks);
      assertFalse(checks.get(2).passed(), checks.toString());
    }
  }

  @Test
  void notANumberFails() {
    Consumer<double[]> nothing = field -> field[10 * 129 + 40] = Double.NaN;
    KernelResult result = run(new Jacobi2dKernel(HeatClass.ALL, nothing), "S", 2).getFirst();
    assertTrue(Double.isNaN(result.verification().checks().getFirst().found()));
    assertFalse(result.verification().passed());
  }

  @Test
  void aStepLessFails() {
    HeatClass s = HeatClass.ALL.getFirst();
    HeatClass less = new HeatClass("S", s.intervals(), s.steps() - 1, s.ratio());
    double found = firstHeight(run(new Jacobi2dKernel(List.of(less), UNCHANGED), "S", 1));
    Check check = new Check("first sine", new HeatSolution(s).firstHeight(), found, 1e-12);
    assertFalse(check.passed(), check::toString);
  }

  private static double firstHeight(List<KernelResult> results) {
    return results.getFirst().verification().checks().getFirst().found();
  }

  private static List<KernelResult> run(Jacobi2dKernel kernel, String problemClass, int ranks) {
    return LocalCommunicator.onEachRank(
        ranks, communicator -> kernel.run(communicator, problemClass, Progress.NONE));
  }
}
