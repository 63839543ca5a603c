package io.weft.bench.report.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.AbsentCell;
import io.weft.bench.report.Cell;
import io.weft.bench.report.CellKey;
import io.weft.bench.report.Environment;
import io.weft.bench.report.ResultFile;
import io.weft.bench.report.Synthetic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which files are taken together. */
class RunsTest {
  private static final CellKey EFA = Synthetic.key("PingPong", "mpi", "efa", 8);
  private static final CellKey ENA = Synthetic.key("PingPong", "mpi", "ena", 8);

  private static ResultFile file(long seed, Environment environment, Map<CellKey, String> cells) {
    Synthetic synthetic = new Synthetic(seed);
    List<Cell> all =
        cells.entrySet().stream()
            .map(e -> synthetic.cell(e.getKey(), e.getValue(), 15_000))
            .toList();
    List<AbsentCell> absent =
        cells.containsKey(ENA) ? List.of() : List.of(new AbsentCell(ENA, "no such card"));
    return synthetic.file(environment, all, absent);
  }

  private static List<Run> runs(ResultFile... files) {
    Map<String, ResultFile> named = new LinkedHashMap<>();
    for (ResultFile file : files) {
      named.put("file" + named.size(), file);
    }
    return Runs.of(named);
  }

  @Test
  @DisplayName("files of one machine give a cell the rounds of all, and fill each other's gaps")
  void merged() {
    Environment first = Synthetic.environment("of the first");
    Environment second = Synthetic.environment("of the second");
    List<Run> runs =
        runs(file(1, first, Map.of(EFA, "efa")), file(2, second, Map.of(EFA, "efa", ENA, "ena")));
    assertEquals(1, runs.size());
    Run run = runs.getFirst();
    assertEquals(List.of("file0", "file1"), run.files());
    assertEquals(List.of("of the first", "of the second"), run.environment().caveats());
    assertEquals(20, run.method().rounds());
    assertEquals(List.of(), run.absent());
    RunCell efa = run.cells().stream().filter(c -> c.key().equals(EFA)).findFirst().orElseThrow();
    assertEquals(20, efa.rounds().size());
    assertEquals(10, efa.rounds().stream().filter(round -> round.file() == 1).count());
  }

  @Test
  @DisplayName("a ratio rests on the files that have both cells alone")
  void ratioOfOneFile() {
    Environment here = Synthetic.environment();
    Run run =
        runs(file(1, here, Map.of(EFA, "efa")), file(2, here, Map.of(EFA, "efa", ENA, "ena")))
            .getFirst();
    Analysis analysis = new Analyst(200).analyse(run);
    Ratio ratio = analysis.ratios(Ratio.Kind.EFA_OVER_ENA).getFirst();
    assertEquals(10, ratio.estimate().rounds());
    assertTrue(ratio.paired());
    Run apart =
        runs(file(1, here, Map.of(EFA, "efa")), file(2, here, Map.of(ENA, "ena"))).getFirst();
    assertEquals(2, apart.cells().size());
    assertEquals(List.of(), new Analyst(200).analyse(apart).ratios());
  }

  @Test
  @DisplayName("another machine, another network found: runs of their own")
  void apart() {
    Environment here = Synthetic.environment();
    Environment there =
        new Environment(
            here.weft(),
            "other-host",
            here.instance(),
            here.processor(),
            here.cores(),
            here.memoryBytes(),
            here.kernel(),
            here.governor(),
            here.java(),
            here.libraries(),
            here.caveats());
    ResultFile one = file(1, here, Map.of(EFA, "efa"));
    assertEquals(2, runs(one, file(2, there, Map.of(EFA, "efa"))).size());
    assertEquals(2, runs(one, file(2, here, Map.of(EFA, "efa (emulated)"))).size());
    assertEquals(
        2,
        runs(one, file(2, here, Map.of(EFA, "efa (emulated)")), file(3, here, Map.of(EFA, "efa")))
            .size());
  }

  @Test
  @DisplayName("the same measurement under two names would count double")
  void copies() {
    ResultFile file = file(1, Synthetic.environment(), Map.of(EFA, "efa"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> runs(file, file)).getMessage();
    assertTrue(message.contains("file0 and file1 hold one and the same measurement"), message);
  }
}
