package io.weft.bench.report.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.Binomial;
import io.weft.bench.report.Cell;
import io.weft.bench.report.Environment;
import io.weft.bench.report.ResultFile;
import io.weft.bench.report.Synthetic;
import io.weft.bench.report.compare.CellChange.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How often a comparison is right, on files of which the truth is known. */
class ComparerTest {
  private static final int CELLS = 20;

  private static ResultFile file(Synthetic synthetic, IntToDoubleFunction factorOfCell) {
    return file(synthetic, CELLS, factorOfCell);
  }

  private static ResultFile file(
      Synthetic synthetic, int number, IntToDoubleFunction factorOfCell) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      cells.add(
          synthetic.cell(
              Synthetic.key("PingPong", "mpi", "efa", i),
              "efa",
              1000 * (i + 1) * factorOfCell.applyAsDouble(i)));
    }
    return synthetic.file(cells);
  }

  private static List<Verdict> verdicts(Comparison comparison) {
    return comparison.changes().stream().map(CellChange::verdict).toList();
  }

  @Test
  @DisplayName(
      "of comparisons of equals one in twenty finds anything, whatever the number of cells")
  void sameThing() {
    int trials = 400;
    Synthetic synthetic = new Synthetic(1).rounds(10, 3);
    Comparer comparer = new Comparer(0, 1);
    int found = 0;
    for (int trial = 0; trial < trials; trial++) {
      Comparison comparison = comparer.compare(file(synthetic, i -> 1), file(synthetic, i -> 1));
      found += comparison.of(Verdict.NOISE).size() < CELLS ? 1 : 0;
    }
    assertTrue(found <= Binomial.most(trials, Comparer.LEVEL), found + " of " + trials);
    // Far less would mean that the test sees nothing; of ten rounds it can nearly use its level.
    assertTrue(found >= Binomial.least(trials, 0.6 * Comparer.LEVEL), found + " of " + trials);
  }

  @Test
  @DisplayName("without the correction two in three would")
  void uncorrected() {
    int trials = 200;
    Synthetic synthetic = new Synthetic(2).rounds(10, 3);
    int found = 0;
    for (int trial = 0; trial < trials; trial++) {
      Comparison comparison =
          new Comparer(0, 1).compare(file(synthetic, i -> 1), file(synthetic, i -> 1));
      found += comparison.changes().stream().anyMatch(c -> c.pValue() <= Comparer.LEVEL) ? 1 : 0;
    }
    assertTrue(found > trials / 3, found + " of " + trials);
  }

  @Test
  @DisplayName("a cell that became slower by a tenth is found, and it alone")
  void power() {
    int trials = 100;
    Synthetic synthetic = new Synthetic(3).rounds(10, 3);
    Comparer comparer = new Comparer(5, 1);
    int found = 0;
    int others = 0;
    for (int trial = 0; trial < trials; trial++) {
      Comparison comparison =
          comparer.compare(file(synthetic, i -> 1), file(synthetic, i -> i == 7 ? 1.1 : 1));
      found += comparison.changes().get(7).verdict() == Verdict.REGRESSION ? 1 : 0;
      others += comparison.of(Verdict.REGRESSION).size() > 1 ? 1 : 0;
    }
    // Rounds deviate by 2%: a tenth is five deviations, and ten rounds part completely.
    assertTrue(found >= 95, found + " of " + trials);
    assertTrue(others <= 2, others + " of " + trials);
  }

  @Test
  @DisplayName("a change within the threshold is small, one to the better an improvement")
  void threshold() {
    Synthetic synthetic = new Synthetic(4).noise(0.002, 0.002);
    ResultFile before = file(synthetic, i -> 1);
    ResultFile after = file(synthetic, i -> i == 3 ? 1.03 : i == 4 ? 0.8 : 1);
    Comparison five = new Comparer(5, 500).compare(before, after);
    assertEquals(Verdict.SMALL, five.changes().get(3).verdict());
    assertEquals(Verdict.IMPROVEMENT, five.changes().get(4).verdict());
    assertFalse(five.hasRegression());
    assertEquals(3, five.changes().get(3).percent(), 0.5);
    assertTrue(five.changes().get(4).ratio().low() < 0.8);
    assertTrue(five.changes().get(4).ratio().high() > 0.8);
    Comparison two = new Comparer(2, 500).compare(before, after);
    assertEquals(Verdict.REGRESSION, two.changes().get(3).verdict());
    assertTrue(two.hasRegression());
  }

  @Test
  @DisplayName("rounds too few for any change to stand out are not silence but a verdict")
  void fewRounds() {
    Synthetic synthetic = new Synthetic(5).rounds(5, 3);
    Comparison many =
        new Comparer(5, 1)
            .compare(file(synthetic, 7, i -> 1), file(synthetic, 7, i -> i == 2 ? 9 : 1));
    assertEquals(7, many.of(Verdict.CANNOT_TELL).size());
    assertFalse(many.canTell());
    // Of six cells 2 in 252 orders is enough: 6 x 2 / 252 < 0.05.
    Comparison few =
        new Comparer(5, 1)
            .compare(file(synthetic, 6, i -> 1), file(synthetic, 6, i -> i == 2 ? 9 : 1));
    assertEquals(Verdict.REGRESSION, few.changes().get(2).verdict());
    assertTrue(few.canTell());
    assertEquals(5, Comparer.roundsNeeded(6));
    assertEquals(6, Comparer.roundsNeeded(7));
    assertEquals(10, Comparer.roundsNeeded(4_618));
    assertEquals(11, Comparer.roundsNeeded(4_619));
  }

  @Test
  @DisplayName("rounds are compared within the core mode that both files have")
  void coreModes() {
    Synthetic before =
        new Synthetic(6).cores(r -> r <= 2 ? "far" : "near").drift(r -> r <= 2 ? 3 : 1);
    Synthetic after =
        new Synthetic(7)
            .rounds(18, 5)
            .cores(r -> r <= 10 ? "far" : "near")
            .drift(r -> r <= 10 ? 3 : 1);
    Comparison comparison =
        new Comparer(5, 500).compare(file(before, 3, i -> 1), file(after, 3, i -> 1));
    assertEquals(List.of(Verdict.NOISE, Verdict.NOISE, Verdict.NOISE), verdicts(comparison));
    assertEquals("near cores", comparison.changes().getFirst().cores());
    assertEquals(8, comparison.changes().getFirst().oldRounds());
    assertEquals(8, comparison.changes().getFirst().newRounds());
  }

  @Test
  @DisplayName(
      "cells of one file alone, cells over another network, and what else differs are told")
  void differences() {
    Synthetic synthetic = new Synthetic(8);
    Cell same = synthetic.cell(Synthetic.key("PingPong", "mpi", "efa", 8), "efa", 100);
    Cell gone = synthetic.cell(Synthetic.key("PingPong", "mpi", "efa", 16), "efa", 100);
    Cell fresh = synthetic.cell(Synthetic.key("PingPong", "mpi", "efa", 32), "efa", 100);
    Cell real = synthetic.cell(Synthetic.key("PingPong", "mpi", "efa", 64), "efa", 100);
    Cell emulated = synthetic.cell(real.key(), "efa (emulated)", 9000);
    Environment of = Synthetic.environment();
    Environment later =
        new Environment(
            of.weft(),
            of.host(),
            of.instance(),
            "Another processor",
            of.cores(),
            of.memoryBytes(),
            "Linux 6.18",
            of.governor(),
            of.java(),
            Map.of("Open MPI", "5.0.9"),
            of.caveats());
    Comparison comparison =
        new Comparer(5, 500)
            .compare(
                synthetic.file(of, List.of(same, gone, real), List.of()),
                synthetic.file(later, List.of(same, fresh, emulated), List.of()));
    assertEquals(List.of(Verdict.NOISE), verdicts(comparison));
    assertEquals(List.of(gone.key()), comparison.onlyOld());
    assertEquals(List.of(fresh.key()), comparison.onlyNew());
    assertEquals(
        List.of(new Comparison.Unlike(real.key(), "crossed efa, now efa (emulated)")),
        comparison.unlike());
    assertEquals(
        List.of(
            "The processor differs: \"A processor\", now \"Another processor\".",
            "The kernel differs: \"Linux 6.1\", now \"Linux 6.18\".",
            "Open MPI differs: \"5.0.8\", now \"5.0.9\".",
            "libfabric differs: \"2.1.0\", now \"not there\"."),
        comparison.caveats());
  }
}
