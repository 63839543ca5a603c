package io.weft.bench.report.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.Cell;
import io.weft.bench.report.Synthetic;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two core modes: what is compared is of one of them. */
class CoreViewTest {
  private static RunCell cell(IntFunction<String> cores) {
    return cell("mpi", 100, cores);
  }

  /** Far rounds take three times as long. */
  private static RunCell cell(String via, double nanos, IntFunction<String> cores) {
    Cell cell =
        new Synthetic(via.hashCode())
            .cores(cores)
            .drift(round -> cores.apply(round).equals("far") ? 3 : 1)
            .cell(Synthetic.key("PingPong", via, "shm", 8), "shm", nanos);
    return new RunCell(cell, cell.rounds().stream().map(r -> new RunRound(0, r)).toList());
  }

  private static IntFunction<String> farUpTo(int rounds) {
    return round -> round <= rounds ? "far" : "near";
  }

  private static List<String> views(RunCell... cells) {
    return CoreView.of(List.of(cells)).stream().map(CoreView::title).toList();
  }

  @Test
  @DisplayName("one mode, whichever, is all rounds without a word")
  void one() {
    assertEquals(List.of(CoreView.ALL), CoreView.of(List.of(cell(round -> "near"))));
    assertEquals(List.of(CoreView.ALL), CoreView.of(List.of(cell(round -> "unknown"))));
  }

  @Test
  @DisplayName(
      "the mode that all cells have is shown, the other too if each has three rounds of it")
  void common() {
    assertEquals(List.of("near cores"), views(cell(farUpTo(2)), cell(farUpTo(3))));
    assertEquals(List.of("near cores", "far cores"), views(cell(farUpTo(3)), cell(farUpTo(4))));
    assertEquals(List.of("far cores", "near cores"), views(cell(farUpTo(7)), cell(farUpTo(6))));
    assertEquals(List.of("far cores"), views(cell(round -> "far"), cell(farUpTo(9))));
  }

  @Test
  @DisplayName("rounds in which it changed are of no mode")
  void changed() {
    RunCell cell = cell(round -> round == 1 ? "changed" : "near");
    List<CoreView> views = CoreView.of(List.of(cell));
    assertEquals("near cores", views.getFirst().title());
    assertEquals(9, cell.rounds(views.getFirst()).size());
  }

  @Test
  @DisplayName("cells without a mode in common are mixed, and say so")
  void mixed() {
    List<CoreView> views = CoreView.of(List.of(cell(round -> "far"), cell(round -> "near")));
    assertEquals(1, views.size());
    assertTrue(views.getFirst().mixed());
    assertEquals("core modes mixed", views.getFirst().title());
    assertEquals(10, cell(farUpTo(4)).rounds(views.getFirst()).size());
  }

  @Test
  @DisplayName("a known ratio is found within each mode, where all rounds together miss it")
  void ratio() {
    Measures measures = new Measures(2_000);
    RunCell slow = cell("mpi", 120, farUpTo(6));
    RunCell quick = cell("libfabric", 100, farUpTo(4));
    for (CoreView view : CoreView.of(List.of(slow, quick))) {
      assertFalse(view.mixed());
      Measures.DrawnRatio drawn = measures.ratio(slow, quick, view).orElseThrow();
      assertEquals(1.2, drawn.estimate().value(), 0.06, view.title());
      assertTrue(drawn.estimate().low() <= 1.2 && drawn.estimate().high() >= 1.2, view.title());
      assertFalse(drawn.estimate().isWide() && drawn.estimate().rounds() > 5);
    }
    Measures.DrawnRatio all = measures.ratio(slow, quick, CoreView.ALL).orElseThrow();
    assertTrue(all.estimate().value() > 2, "far rounds of one over near rounds of the other");
    assertTrue(all.estimate().isWide());
  }
}
