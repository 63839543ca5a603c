package io.weft.kernels.cg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.kernels.Check;
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

class CgKernelTest {
  @ParameterizedTest
  @CsvSource({"S,1", "S,2", "S,4", "S,8", "S,16", "W,2"})
  void findsThePublishedEigenvalue(String problemClass, int ranks) {
    List<KernelResult> results = run(new CgKernel(), problemClass, ranks);
    KernelResult result = results.getFirst();
    assertTrue(result.verification().passed(), result.verification().toString());
    assertEquals(1e-10, zeta(result).relativeTolerance());
    assertEquals("cg", result.kernel());
    assertEquals(problemClass, result.problemClass());
    assertEquals(ranks, result.ranks());
    for (KernelResult other : results) {
      assertEquals(result, other, "every rank reports the same");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void hasTheSameBitsInEveryRun(int ranks) {
    double first = zeta(run(new CgKernel(), "S", ranks).getFirst()).found();
    double second = zeta(run(new CgKernel(), "S", ranks).getFirst()).found();
    assertEquals(Double.doubleToRawLongBits(first), Double.doubleToRawLongBits(second));
  }

  @Test
  void phasesCoverTheTimedPart() {
    KernelResult result = run(new CgKernel(), "W", 2).getFirst();
    assertEquals(
        List.of(
            "matrix-vector",
            "vector updates",
            "row sums",
            "transpose exchange",
            "scalar reductions"),
        result.phases().stream().map(PhaseTime::name).toList());
    double sum = 0;
    for (PhaseTime phase : result.phases()) {
      assertTrue(phase.minSeconds() >= 0 && phase.minSeconds() <= phase.meanSeconds() + 1e-12);
      assertTrue(phase.meanSeconds() <= phase.maxSeconds() + 1e-12);
      sum += phase.meanSeconds();
    }
    assertTrue(sum <= result.seconds(), sum + " of " + result.seconds());
    assertTrue(sum > 0.5 * result.seconds(), sum + " of " + result.seconds());
    assertTrue(result.communicationShare() > 0 && result.communicationShare() < 1);
  }

  /** 2 * 15 * 1400 * (3 + 7 * 8 + 25 * (5 + 7 * 8) + 3) operations. */
  @Test
  void ratesByTheBenchmarksFormula() {
    KernelResult result = run(new CgKernel(), "S", 1).getFirst();
    double operations = 2.0 * 15 * 1400 * (3 + 56 + 25 * 61 + 3);
    assertEquals(operations / result.seconds() / 1e6, result.megaOperationsPerSecond(), 1e-6);
  }

  @Test
  void tellsOfEveryIteration() {
    List<String> told = new ArrayList<>();
    Progress progress = (phase, done, total) -> told.add(phase + " " + done + "/" + total);
    LocalCommunicator.onEachRank(
        1, communicator -> new CgKernel().run(communicator, "S", progress));
    assertEquals(List.of("matrix 0/1", "matrix 1/1", "warm-up 1/1"), told.subList(0, 3));
    assertEquals("iteration 1/15", told.get(3));
    assertEquals("iteration 15/15", told.getLast());
    assertEquals(18, told.size());
  }

  @Test
  void oneMatrixElementSlightlyWrongFails() {
    CgKernel kernel =
        new CgKernel(
            CgClass.PUBLISHED,
            block -> {
              int element = block.elements() / 2;
              block.setValue(element, block.value(element) * (1 + 1e-4));
            },
            product -> product);
    assertFailsSlightly(run(kernel, "S", 1).getFirst());
    assertFailsSlightly(run(kernel, "S", 4).getFirst());
  }

  @Test
  void oneElementOfTheProductSlightlyWrongFails() {
    CgKernel kernel =
        new CgKernel(CgClass.PUBLISHED, block -> {}, product -> new Skewed(product, 1 + 1e-6));
    assertFailsSlightly(run(kernel, "S", 1).getFirst());
    assertFailsSlightly(run(kernel, "S", 4).getFirst());
  }

  /**
   * Later the estimate no longer changes in the digits that count: iterations are counted above.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void eigenvalueNotYetConvergedFails(int iterations) {
    CgClass s = CgClass.PUBLISHED.getFirst();
    CgClass wrong = new CgClass("S", s.order(), s.nonzeros(), iterations, s.shift(), s.zeta());
    CgKernel kernel = new CgKernel(List.of(wrong), block -> {}, product -> product);
    KernelResult result = run(kernel, "S", 1).getFirst();
    assertFailsSlightly(result);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void notANumberFails(int ranks) {
    CgKernel kernel =
        new CgKernel(CgClass.PUBLISHED, block -> {}, product -> new Skewed(product, Double.NaN));
    for (KernelResult result : run(kernel, "S", ranks)) {
      assertTrue(Double.isNaN(zeta(result).found()));
      assertFalse(result.verification().passed());
    }
  }

  private static Check zeta(KernelResult result) {
    return result.verification().checks().getFirst();
  }

  private static void assertFailsSlightly(KernelResult result) {
    assertFalse(result.verification().passed(), result.verification().toString());
    assertNotEquals(zeta(result).expected(), zeta(result).found());
    assertTrue(
        zeta(result).relativeError() < 0.01, "a small change, found out: " + result.verification());
  }

  private static List<KernelResult> run(CgKernel kernel, String problemClass, int ranks) {
    return LocalCommunicator.onEachRank(
        ranks, communicator -> kernel.run(communicator, problemClass, Progress.NONE));
  }

  /** A product whose first element is wrong by a factor. */
  private record Skewed(MatrixProduct product, double factor) implements MatrixProduct {
    @Override
    public int length() {
      return product.length();
    }

    @Override
    public double[] multiply(double[] p) {
      double[] result = product.multiply(p);
      result[0] *= factor;
      return result;
    }
  }
}
