package io.weft.kernels.mg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.comm.Communicator;
import io.weft.kernels.Check;
import io.weft.kernels.Kernel;
import io.weft.kernels.KernelResult;
import io.weft.kernels.LocalCommunicator;
import io.weft.kernels.PhaseTime;
import io.weft.kernels.Progress;
import io.weft.kernels.timed.PhaseTimers;
import io.weft.kernels.timed.RunContext;
import io.weft.kernels.timed.SmallReductions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MgKernelTest {
  private static final Consumer<double[]> UNCHANGED = values -> {};

  @ParameterizedTest
  @CsvSource({"S,1", "S,2", "S,4", "S,16", "W,2"})
  void findsThePublishedNorm(String problemClass, int ranks) {
    List<KernelResult> results = run(new MgKernel(), problemClass, ranks);
    KernelResult result = results.getFirst();
    assertTrue(result.verification().passed(), result.verification().toString());
    assertEquals(1e-8, result.verification().checks().getFirst().relativeTolerance());
    for (KernelResult other : results) {
      assertEquals(result, other, "every rank reports the same");
    }
  }

  /** Slabs, whole coarse grids and the order of sums: nothing of it shows in the bits. */
  @Test
  void anyNumberOfRanksComesToTheSameBits() {
    Set<Double> norms = new HashSet<>();
    for (int ranks = 1; ranks <= 16; ranks *= 2) {
      norms.add(norm(run(new MgKernel(), "S", ranks).getFirst()));
    }
    assertEquals(1, norms.size(), norms::toString);
  }

  /** Whether messages are under way meanwhile does not show either. */
  @Test
  void withoutOverlapTheBitsAreTheSame() {
    for (int ranks : new int[] {2, 4, 16}) {
      Set<Double> norms = new HashSet<>();
      for (boolean overlap : new boolean[] {true, false}) {
        norms.addAll(
            LocalCommunicator.onEachRank(ranks, ranked -> normAfterACycle(ranked, overlap)));
      }
      assertEquals(1, norms.size(), norms::toString);
    }
  }

  private static double normAfterACycle(Communicator communicator, boolean overlap) {
    SmallReductions reductions = new SmallReductions(communicator);
    PhaseTimers timers = new PhaseTimers(Progress.NONE, MgPhase.values());
    RunContext context =
        new RunContext(communicator, reductions, timers, Progress.NONE, overlap, null);
    try (Multigrid grids = new Multigrid(MgClass.PUBLISHED.getFirst(), context)) {
      Charges.set(grids.rightHandSide(), grids.firstPlane(), reductions);
      grids.residual();
      grids.cycle();
      grids.residual();
      return grids.norm();
    }
  }

  @Test
  void reportsPhasesAndTheBenchmarksRate() {
    KernelResult result = run(new MgKernel(), "S", 2).getFirst();
    assertEquals(
        List.of(
            "residual",
            "smoothing",
            "restriction",
            "interpolation",
            "packing halos",
            "waiting for halos",
            "unpacking halos",
            "gather of the coarse grid",
            "squares",
            "sum over ranks"),
        result.phases().stream().map(PhaseTime::name).toList());
    for (PhaseTime phase : result.phases()) {
      assertTrue(phase.meanSeconds() > 0, phase::toString);
    }
    double operations = 58.0 * 4 * 32 * 32 * 32;
    assertEquals(operations / result.seconds() / 1e6, result.megaOperationsPerSecond(), 1e-6);
  }

  @Test
  void tellsOfEveryIteration() {
    List<String> told = new ArrayList<>();
    Progress progress = (phase, done, total) -> told.add(phase + " " + done + "/" + total);
    LocalCommunicator.onEachRank(
        1, communicator -> new MgKernel().run(communicator, "S", progress));
    assertEquals(
        List.of(
            "charges 0/1",
            "charges 1/1",
            "warm-up 1/1",
            "iteration 1/4",
            "iteration 2/4",
            "iteration 3/4",
            "iteration 4/4"),
        told);
  }

  @Test
  void moreRanksThanPairsOfPlanesAreRefused() {
    Kernel kernel = new MgKernel();
    String message =
        assertThrows(IllegalArgumentException.class, () -> run(new MgKernel(), "S", 32))
            .getMessage();
    assertEquals(
        "mg class S has two planes for each of 16 ranks, not of 32: use fewer, or a larger class",
        message);
    assertTrue(kernel.memoryPerRankBytes("W", 64) > 0);
    assertThrows(IllegalArgumentException.class, () -> kernel.memoryPerRankBytes("S", 3));
  }

  /** The smoother's weight of next neighbours, off by a millionth. */
  @Test
  void aWeightSlightlyWrongFails() {
    MgClass s = MgClass.PUBLISHED.getFirst();
    List<Double> weights =
        List.of(s.smoother().get(0), s.smoother().get(1), s.smoother().get(2) * (1 + 1e-6));
    MgClass wrong = new MgClass("S", s.log2Points(), s.iterations(), weights, s.norm());
    Check check = check(run(new MgKernel(List.of(wrong), UNCHANGED), "S", 2).getFirst());
    assertFalse(check.passed(), check::toString);
    assertTrue(check.relativeError() < 1e-4, "a small change, found out: " + check);
  }

  /** One number in one place of one rank, off by a millionth. */
  @Test
  void aChargeSlightlyWrongFails() {
    Consumer<double[]> heavier =
        values -> {
          for (int i = 0; i < values.length; i++) {
            if (values[i] == 1) {
              values[i] += 1e-6;
              return;
            }
          }
        };
    Check check = check(run(new MgKernel(MgClass.PUBLISHED, heavier), "S", 1).getFirst());
    assertFalse(check.passed(), check::toString);
  }

  @Test
  void notANumberFails() {
    for (int ranks : new int[] {1, 4}) {
      int firstInnerPoint = 34 * 34 + 34 + 1;
      Consumer<double[]> nothing = values -> values[firstInnerPoint] = Double.NaN;
      Check check = check(run(new MgKernel(MgClass.PUBLISHED, nothing), "S", ranks).getFirst());
      assertTrue(Double.isNaN(check.found()), check::toString);
      assertFalse(check.passed());
    }
  }

  @Test
  void oneIterationLessFails() {
    MgClass s = MgClass.PUBLISHED.getFirst();
    MgClass three = new MgClass("S", s.log2Points(), 3, s.smoother(), s.norm());
    assertFalse(check(run(new MgKernel(List.of(three), UNCHANGED), "S", 1).getFirst()).passed());
  }

  private static Check check(KernelResult result) {
    return result.verification().checks().getFirst();
  }

  private static double norm(KernelResult result) {
    return check(result).found();
  }

  private static List<KernelResult> run(MgKernel kernel, String problemClass, int ranks) {
    return LocalCommunicator.onEachRank(
        ranks, communicator -> kernel.run(communicator, problemClass, Progress.NONE));
  }
}
