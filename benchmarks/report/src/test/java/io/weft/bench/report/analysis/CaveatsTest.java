package io.weft.bench.report.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.Cell;
import io.weft.bench.report.CellKey;
import io.weft.bench.report.Environment;
import io.weft.bench.report.Method;
import io.weft.bench.report.ResultFile;
import io.weft.bench.report.Round;
import io.weft.bench.report.Synthetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each caveat comes when the data ask for it, and not otherwise. */
class CaveatsTest {
  private static final Synthetic SYNTHETIC = new Synthetic(1);

  private static List<String> caveats(ResultFile file) {
    return new Analyst(500).analyse(Runs.of(Map.of("file", file)).getFirst()).caveats();
  }

  private static CellKey key(String network, long bytes) {
    return Synthetic.key("PingPong", "mpi", network, bytes);
  }

  private static List<Cell> hardware(Synthetic synthetic) {
    List<Cell> cells = new ArrayList<>();
    for (long bytes : new long[] {8, 64, 512}) {
      cells.add(synthetic.cell(key("efa", bytes), "efa", 15_000 + bytes));
      cells.add(synthetic.cell(key("ena", bytes), "ena", 25_000 + bytes));
    }
    return cells;
  }

  private static void assertOne(List<String> caveats, String... parts) {
    assertEquals(1, caveats.size(), caveats::toString);
    for (String part : parts) {
      assertTrue(caveats.getFirst().contains(part), caveats::toString);
    }
  }

  @Test
  @DisplayName("quiet hardware with rounds enough asks for none")
  void none() {
    assertEquals(List.of(), caveats(SYNTHETIC.file(hardware(new Synthetic(1)))));
  }

  @Test
  @DisplayName("the run's own come first")
  void own() {
    Environment environment = Synthetic.environment("Somebody else was on the machine.");
    assertOne(
        caveats(SYNTHETIC.file(environment, hardware(new Synthetic(1)), List.of())),
        "Somebody else");
  }

  @Test
  @DisplayName("emulated devices, TCP that is not ENA, unknown networks; nothing on a card at all")
  void networks() {
    List<Cell> cells = hardware(new Synthetic(1));
    cells.add(SYNTHETIC.cell(key("efa", 1), "efa (emulated)", 100));
    assertOne(
        caveats(SYNTHETIC.file(cells)),
        "1 cell crossed efa (emulated)",
        "software",
        "say nothing about EFA");
    cells.set(6, SYNTHETIC.cell(key("ena", 1), "tcp (lo)", 100));
    cells.add(SYNTHETIC.cell(key("ena", 2), "tcp (lo)", 100));
    assertOne(caveats(SYNTHETIC.file(cells)), "2 cells crossed tcp (lo)", "not on an ENA card");
    cells = hardware(new Synthetic(1));
    cells.add(SYNTHETIC.cell(key("ena", 1), "unknown", 100));
    assertOne(caveats(SYNTHETIC.file(cells)), "crossed unknown: neither EFA nor ENA");
    assertOne(
        caveats(SYNTHETIC.file(List.of(SYNTHETIC.cell(key("shm", 8), "shm", 100)))),
        "Nothing here crossed an EFA or an ENA card");
  }

  @Test
  @DisplayName("wide intervals are counted")
  void wide() {
    List<Cell> cells = hardware(new Synthetic(1));
    cells.add(new Synthetic(3).noise(0.3, 0.1).cell(key("efa", 1), "efa", 100));
    assertOne(caveats(SYNTHETIC.file(cells)), "1 of 7 medians", "wider than 10%");
  }

  @Test
  @DisplayName("few rounds, and fewer than planned")
  void rounds() {
    Synthetic few = new Synthetic(1).rounds(7, 5).noise(0.001, 0.001);
    assertOne(caveats(few.file(hardware(few))), "no interval from 7", "takes 8");
    List<Cell> cells = hardware(new Synthetic(1));
    cells.add(new Synthetic(2).rounds(9, 5).noise(0.01, 0.01).cell(key("efa", 1), "efa", 100));
    assertOne(caveats(SYNTHETIC.file(cells)), "1 cell of 7 brought fewer rounds than the 10");
  }

  @Test
  @DisplayName("two core modes are counted, and groups that mix them named as such")
  void coreModes() {
    List<Cell> cells = hardware(new Synthetic(1).cores(r -> r < 3 ? "far" : "near"));
    assertOne(caveats(SYNTHETIC.file(cells)), "(far 12, near 48)", "says which.");
    cells = hardware(new Synthetic(1));
    cells.add(new Synthetic(2).cores(r -> "far").cell(key("efa", 1), "efa", 100));
    assertOne(caveats(SYNTHETIC.file(cells)), "1 group could not be, and mixes them.");
  }

  @Test
  @DisplayName("a drift of the whole machine is told by its size")
  void drift() {
    Synthetic drifting = new Synthetic(1).noise(0.001, 0.001).drift(r -> 1 + 0.02 * (r - 1));
    List<String> caveats = caveats(SYNTHETIC.file(hardware(drifting)));
    // From 1 to 1.18, about a median of 1.09.
    assertTrue(
        caveats.stream().anyMatch(c -> c.contains("rounds took from 0.92 to 1.08 times")),
        caveats::toString);
  }

  @Test
  @DisplayName("more ranks than cores, unbound ranks, a governor that changes clocks")
  void machine() {
    Cell crowded =
        SYNTHETIC.cell(new CellKey("PingPong", Map.of(), "mpi", "efa", 8, 17), "efa", 100);
    List<Cell> cells = hardware(new Synthetic(1));
    cells.add(crowded);
    assertOne(caveats(SYNTHETIC.file(cells)), "1 cell had more ranks than processor cores");
    ResultFile good = SYNTHETIC.file(hardware(new Synthetic(1)));
    Environment of = good.environment();
    Environment saving =
        new Environment(
            of.weft(),
            of.host(),
            of.instance(),
            of.processor(),
            of.cores(),
            of.memoryBytes(),
            of.kernel(),
            "powersave",
            of.java(),
            of.libraries(),
            of.caveats());
    assertOne(caveats(SYNTHETIC.file(saving, good.cells(), List.of())), "\"powersave\"");
    Method method = new Method(10, 3, 1, 5, 0.5, 42, false);
    assertOne(
        caveats(
            new ResultFile(good.format(), 1, good.created(), of, method, good.cells(), List.of())),
        "not bound to cores");
  }

  @Test
  @DisplayName("ways that brought other bytes are named")
  void checksums() {
    List<Cell> cells = hardware(new Synthetic(1));
    Cell cell = cells.getFirst();
    List<Round> rounds = new ArrayList<>(cell.rounds());
    Round round = rounds.getFirst();
    rounds.set(0, new Round(1, "near", round.nanos(), round.percentiles(), 0, "other"));
    cells.set(
        0, new Cell(cell.key(), cell.quantity(), 1, cell.operation(), 1, cell.found(), rounds));
    assertOne(
        caveats(SYNTHETIC.file(cells)), "checksums differ", "Ping-pong of 8 bytes on 2 ranks");
  }
}
