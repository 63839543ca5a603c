package io.weft.kernels.ep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.kernels.Check;
import io.weft.kernels.KernelResult;
import io.weft.kernels.LocalCommunicator;
import io.weft.kernels.PhaseTime;
import io.weft.kernels.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpKernelTest {
  private static final PairBatch.PointHook UNCHANGED = (x, y, squares, points) -> {};

  /** Three and seven ranks get batches of unequal number; no class has as many as 300 in S. */
  @ParameterizedTest
  @CsvSource({"S,1", "S,2", "S,3", "S,7", "S,300", "W,2"})
  void findsThePublishedSumsAndCounts(String problemClass, int ranks) {
    List<KernelResult> results = run(new EpKernel(), problemClass, ranks);
    KernelResult result = results.getFirst();
    assertTrue(result.verification().passed(), result.verification().toString());
    List<Check> checks = result.verification().checks();
    assertEquals(
        List.of("sx", "sy", "annuli with the right count"),
        checks.stream().map(Check::quantity).toList());
    assertEquals(List.of(1e-8, 1e-8, 0.0), checks.stream().map(Check::relativeTolerance).toList());
    for (KernelResult other : results) {
      assertEquals(result, other, "every rank reports the same");
    }
  }

  @Test
  void reportsPhasesAndTheBenchmarksRate() {
    KernelResult result = run(new EpKernel(), "S", 2).getFirst();
    assertEquals(
        List.of("deviates", "sums over ranks"),
        result.phases().stream().map(PhaseTime::name).toList());
    double operations = 2.0 * (1 << 24);
    assertEquals(operations / result.seconds() / 1e6, result.megaOperationsPerSecond(), 1e-6);
  }

  @Test
  void tellsOfEveryBatch() {
    List<String> told = new ArrayList<>();
    Progress progress = (phase, done, total) -> told.add(phase + " " + done + "/" + total);
    LocalCommunicator.onEachRank(
        1, communicator -> new EpKernel().run(communicator, "S", progress));
    assertEquals("batch 1/256", told.getFirst());
    assertEquals("batch 256/256", told.getLast());
    assertEquals(256, told.size());
  }

  @Test
  void onePointOutOfThirteenMillionSlightlyWrongFails() {
    for (int ranks : new int[] {1, 3}) {
      AtomicBoolean counting = new AtomicBoolean();
      KernelResult result =
          run(
                  new EpKernel(
                      EpClass.PUBLISHED,
                      once(counting, 40_000, (x, y, s, n) -> x[0] += 1e-3 / factor(s[0]))),
                  "S",
                  ranks)
              .getFirst();
      List<Check> checks = result.verification().checks();
      assertTrue(counting.get(), "the point was changed");
      assertFalse(checks.get(0).passed(), checks.toString());
      assertTrue(checks.get(0).relativeError() < 1e-5, "a small change, found out: " + checks);
      assertTrue(checks.get(1).passed(), checks.toString());
      assertFalse(result.verification().passed());
    }
  }

  /** By what a deviate is larger than its point (RNR-94-007, section 2.2.2). */
  private static double factor(double squares) {
    return Math.sqrt(-2 * Math.log(squares) / squares);
  }

  /** A pair less in the outermost annulus is right to 8 digits in neither sum nor in the count. */
  @Test
  void onePairInAnotherAnnulusFails() {
    AtomicBoolean counting = new AtomicBoolean();
    PairBatch.PointHook toTheMiddle =
        (x, y, squares, points) -> {
          x[points - 1] = 0;
          y[points - 1] = 0;
          squares[points - 1] = Math.exp(-8);
        };
    // A point at the centre, far out by its square: x f and y f are 0, its annulus the innermost.
    KernelResult result =
        run(new EpKernel(EpClass.PUBLISHED, once(counting, 40_000, toTheMiddle)), "S", 1)
            .getFirst();
    assertTrue(counting.get());
    assertFalse(result.verification().passed(), result.verification().toString());
  }

  @Test
  void notANumberFails() {
    KernelResult result =
        run(
                new EpKernel(
                    EpClass.PUBLISHED,
                    once(new AtomicBoolean(), 40_000, (x, y, s, n) -> y[1] = Double.NaN)),
                "S",
                2)
            .getFirst();
    Check sy = result.verification().checks().get(1);
    assertTrue(Double.isNaN(sy.found()));
    assertFalse(sy.passed());
  }

  @Test
  void oneBatchLessFails() {
    EpClass s = EpClass.PUBLISHED.getFirst();
    EpClass half = new EpClass("S", s.log2Pairs() - 1, s.sumX(), s.sumY(), s.counts());
    assertFalse(
        run(new EpKernel(List.of(half), UNCHANGED), "S", 1).getFirst().verification().passed());
  }

  /** Skips the warm-up's calls and some more, then changes one block of points. */
  private static PairBatch.PointHook once(
      AtomicBoolean done, int squaresSeen, PairBatch.PointHook change) {
    return new PairBatch.PointHook() {
      private int calls;

      @Override
      public synchronized void accept(double[] x, double[] y, double[] squares, int points) {
        calls++;
        // 16 batches of 64 blocks warm up, on up to 3 ranks.
        if (calls * 10 > squaresSeen && !done.get()) {
          done.set(true);
          change.accept(x, y, squares, points);
        }
      }
    };
  }

  private static List<KernelResult> run(EpKernel kernel, String problemClass, int ranks) {
    return LocalCommunicator.onEachRank(
        ranks, communicator -> kernel.run(communicator, problemClass, Progress.NONE));
  }
}
