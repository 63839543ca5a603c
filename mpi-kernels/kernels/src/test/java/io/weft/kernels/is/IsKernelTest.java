package io.weft.kernels.is;

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
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsKernelTest {
  private static final int TEST_KEYS = 0;
  private static final int ORDER = 1;
  private static final int SUM = 2;

  @ParameterizedTest
  @CsvSource({"S,1", "S,2", "S,3", "S,4", "S,7", "S,16", "W,1", "W,3"})
  void ranksAndSortsAsPublished(String problemClass, int ranks) {
    List<KernelResult> results = run(new IsKernel(), problemClass, ranks);
    KernelResult result = results.getFirst();
    assertTrue(result.verification().passed(), result.verification().toString());
    List<Check> checks = result.verification().checks();
    assertEquals(50, checks.get(TEST_KEYS).found());
    assertEquals(problemClass.equals("S") ? 1 << 16 : 1 << 20, checks.get(ORDER).found());
    assertTrue(checks.stream().allMatch(check -> check.relativeTolerance() == 0));
    for (KernelResult other : results) {
      assertEquals(result, other, "every rank reports the same");
    }
  }

  @Test
  void ranksWithoutBucketsRankNothing() {
    IsClass s = IsClass.PUBLISHED.getFirst();
    IsClass coarse = new IsClass("S", s.log2Keys(), s.log2Values(), 3, s.testKeys());
    IsKernel kernel = new IsKernel(List.of(coarse), keys -> {}, table -> {});
    KernelResult result = run(kernel, "S", 20).getFirst();
    assertTrue(result.verification().passed(), result.verification().toString());
  }

  @Test
  void reportsPhasesAndTheBenchmarksRate() {
    KernelResult result = run(new IsKernel(), "S", 2).getFirst();
    assertEquals(
        List.of("keys into buckets", "bucket sizes", "keys to their ranks", "ranking"),
        result.phases().stream().map(PhaseTime::name).toList());
    double operations = 10.0 * (1 << 16);
    assertEquals(operations / result.seconds() / 1e6, result.megaOperationsPerSecond(), 1e-6);
    assertTrue(result.communicationShare() > 0 && result.communicationShare() < 1);
  }

  @Test
  void tellsOfEveryIteration() {
    List<String> told = new ArrayList<>();
    Progress progress = (phase, done, total) -> told.add(phase + " " + done + "/" + total);
    LocalCommunicator.onEachRank(
        1, communicator -> new IsKernel().run(communicator, "S", progress));
    assertEquals(List.of("keys 0/1", "keys 1/1", "warm-up 1/1"), told.subList(0, 3));
    assertEquals("iteration 10/10", told.getLast());
    assertEquals(13, told.size());
  }

  /** The sort is right, the ranks are not: a key made smaller moves all keys between up by one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void oneKeyOfAllWrongFails(int ranks) {
    List<Check> checks = checks(keys -> keys[100] = 0, table -> {}, ranks);
    assertFalse(checks.get(TEST_KEYS).passed(), checks.toString());
    assertTrue(checks.get(ORDER).passed(), checks.toString());
    assertTrue(checks.get(SUM).passed(), checks.toString());
  }

  /** No test key's rank is touched; the sort is off by one key. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void oneRankOfAllOffByOneFails(int ranks) {
    List<Check> checks = checks(keys -> {}, table -> table[150] += 1, ranks);
    assertFalse(
        checks.get(ORDER).passed() && checks.get(SUM).passed() && checks.get(TEST_KEYS).passed(),
        checks.toString());
    assertFalse(checks.get(ORDER).passed(), checks.toString());
  }

  /** A table that points out of the keys is a failed check, not a crash. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void ranksOutOfRangeFail(int ranks) {
    List<Check> checks = checks(keys -> {}, table -> table[150] = Integer.MAX_VALUE, ranks);
    assertFalse(checks.stream().allMatch(Check::passed), checks.toString());
  }

  @Test
  void oneIterationTooManyFails() {
    IsClass s = IsClass.PUBLISHED.getFirst();
    List<TestKey> shifted =
        s.testKeys().stream()
            .map(key -> new TestKey(key.index(), key.rank(), key.up(), key.lag() + 1))
            .toList();
    IsClass wrong = new IsClass("S", s.log2Keys(), s.log2Values(), s.log2Buckets(), shifted);
    KernelResult result =
        run(new IsKernel(List.of(wrong), keys -> {}, table -> {}), "S", 1).getFirst();
    assertEquals(0, result.verification().checks().get(TEST_KEYS).found());
    assertFalse(result.verification().passed());
  }

  private static List<Check> checks(Consumer<int[]> keys, Consumer<int[]> table, int ranks) {
    // Only one rank goes wrong.
    Consumer<int[]> keysOnce = new Once(keys);
    KernelResult result =
        run(new IsKernel(IsClass.PUBLISHED, keysOnce, table), "S", ranks).getFirst();
    assertFalse(result.verification().passed(), result.verification().toString());
    return result.verification().checks();
  }

  private static final class Once implements Consumer<int[]> {
    private final Consumer<int[]> change;
    private boolean done;

    Once(Consumer<int[]> change) {
      this.change = change;
    }

    @Override
    public synchronized void accept(int[] keys) {
      if (!done) {
        change.accept(keys);
        done = true;
      }
    }
  }

  private static List<KernelResult> run(IsKernel kernel, String problemClass, int ranks) {
    return LocalCommunicator.onEachRank(
        ranks, communicator -> kernel.run(communicator, problemClass, Progress.NONE));
  }
}
