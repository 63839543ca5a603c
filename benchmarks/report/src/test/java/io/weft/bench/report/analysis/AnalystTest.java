package io.weft.bench.report.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.Cell;
import io.weft.bench.report.CellKey;
import io.weft.bench.report.Quantity;
import io.weft.bench.report.ResultFile;
import io.weft.bench.report.Synthetic;
import io.weft.bench.report.SyntheticPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is compared with what, and what never is. */
class AnalystTest {
  private static final Analysis PAGE = analyse(SyntheticPage.result());

  private static Analysis analyse(ResultFile file) {
    return new Analyst(500).analyse(Runs.of(Map.of("file", file)).getFirst());
  }

  private static Set<Section> sections(List<Ratio> ratios) {
    return ratios.stream().map(ratio -> ratio.subject().section()).collect(Collectors.toSet());
  }

  @Test
  @DisplayName("EFA is compared with ENA where both are found on cards, and nowhere else")
  void networks() {
    List<Ratio> ratios = PAGE.ratios(Ratio.Kind.EFA_OVER_ENA);
    assertEquals(Set.of(Section.HARDWARE), sections(ratios));
    // 5 ways x 7 sizes of 4 patterns, 7 of fi_pingpong; 4 ways' rate and barrier; 2 kernels by 2.
    assertEquals(5 * 7 * 4 + 7 + 4 * 2 + 4, ratios.size());
    for (Ratio ratio : ratios) {
      assertEquals("efa", ratio.subject().network());
      assertEquals("ena", ratio.baseline().network());
      assertEquals(ratio.subject().key().via(), ratio.baseline().key().via());
      assertTrue(ratio.paired());
    }
  }

  @Test
  @DisplayName(
      "a cell that asked for EFA and crossed something else is compared as what it crossed")
  void asFound() {
    Synthetic synthetic = new Synthetic(1);
    List<Cell> cells = new ArrayList<>();
    for (String found : List.of("efa (emulated)", "tcp (veth)", "efa+tcp (lo)", "unknown")) {
      cells.add(
          synthetic.cell(
              new CellKey("PingPong", Map.of("as", found), "mpi", "efa", 8, 2), found, 100));
      cells.add(
          synthetic.cell(
              new CellKey("PingPong", Map.of("as", found), "mpi", "ena", 8, 2), "ena", 100));
    }
    Analysis analysis = analyse(synthetic.file(cells));
    assertEquals(List.of(), analysis.ratios());
    assertEquals(List.of(), analysis.crossovers());
    assertEquals(4, analysis.groups(Section.ELSEWHERE).size());
    assertEquals(
        Set.of("efa (emulated)", "tcp (veth)", "efa+tcp (lo)", "unknown"),
        analysis.groups(Section.ELSEWHERE).stream()
            .map(Group::network)
            .collect(Collectors.toSet()));
  }

  @Test
  @DisplayName("no group mixes sections, or networks outside of hardware")
  void groups() {
    for (Group group : PAGE.groups()) {
      Set<String> networks =
          group.views().stream()
              .flatMap(view -> view.cells().stream())
              .map(cell -> cell.cell().network())
              .collect(Collectors.toSet());
      if (group.section() == Section.HARDWARE) {
        assertTrue(Set.of("efa", "ena").containsAll(networks), group::toString);
      } else {
        assertEquals(1, networks.size(), group::toString);
      }
    }
    assertEquals(
        Set.of(Section.values()), Set.copyOf(PAGE.groups().stream().map(Group::section).toList()));
  }

  @Test
  @DisplayName("Java is held against C over the same network, in every section")
  void languages() {
    List<Ratio> ratios = PAGE.ratios(Ratio.Kind.JAVA_OVER_C);
    assertTrue(
        sections(ratios)
            .containsAll(Set.of(Section.HARDWARE, Section.SHARED_MEMORY, Section.ELSEWHERE)));
    Map<String, String> pairs =
        Map.of("mpi", "c-mpi", "libfabric", "c-libfabric", "openmpi-java", "c-mpi");
    for (Ratio ratio : ratios) {
      assertEquals(pairs.get(ratio.subject().key().via()), ratio.baseline().key().via());
      assertEquals(ratio.subject().network(), ratio.baseline().network());
    }
    // The synthetic JNI bindings start 1.3 times as late as C.
    Ratio jni =
        ratios.stream()
            .filter(r -> r.subject().key().via().equals("openmpi-java"))
            .filter(r -> r.subject().key().benchmark().equals("PingPong"))
            .filter(r -> r.subject().network().equals("ena") && r.subject().key().bytes() == 8)
            .findFirst()
            .orElseThrow();
    assertTrue(jni.estimate().low() < 1.3 && jni.estimate().high() > 1.3, jni::toString);
  }

  @Test
  @DisplayName("speed-ups are over one rank of the same kernel and library")
  void speedUps() {
    List<Ratio> ratios = PAGE.ratios(Ratio.Kind.SPEED_UP);
    assertEquals(2 * 2 * 4, ratios.size());
    Ratio efa =
        ratios.stream().filter(r -> r.subject().network().equals("efa")).findFirst().orElseThrow();
    assertEquals(1, efa.baseline().key().ranks());
    // 18 s on one rank, 5 s on four.
    assertEquals(3.6, efa.estimate().value(), 0.2);
    assertTrue(efa.estimate().low() < 3.6 && efa.estimate().high() > 3.6, efa::toString);
  }

  @Test
  @DisplayName("the curves of the synthetic page cross where their formulas do")
  void crossovers() {
    // Late short messages, and ten times the bandwidth: 27,200 + s / 11.5 = 24,000 + s / 1.2 for C
    // through MPI, which is at 4,288 bytes.
    NetworkCrossover mpi = crossover("PingPong", "c-mpi");
    assertEquals(1, mpi.crossover().bytes().size());
    assertEquals(1, mpi.crossover().leader());
    assertEquals(4_288, mpi.crossover().bytes().getFirst(), 1_200);
    assertTrue(mpi.crossover().low() < 4_288 && mpi.crossover().high() > 4_288, mpi::toString);
    NetworkCrossover libfabric = crossover("PingPong", "libfabric");
    assertEquals(List.of(), libfabric.crossover().bytes());
    assertEquals(-1, libfabric.crossover().leader());
    assertEquals(1, libfabric.crossover().agreement());
  }

  private static NetworkCrossover crossover(String benchmark, String via) {
    return PAGE.crossovers().stream()
        .filter(c -> c.efa().key().benchmark().equals(benchmark))
        .filter(c -> c.efa().key().via().equals(via))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName("a median is read in the unit of its quantity")
  void units() {
    Synthetic exact = new Synthetic(1).noise(0, 0);
    CellKey key = Synthetic.key("Bandwidth", "mpi", "efa", 4096);
    // 4096 bytes in 512 ns are 8 bytes in a nanosecond; 64 messages in 512 ns are 125 in a µs.
    assertEquals(
        "8.0 GB/s", read(exact.cell(key, Quantity.BANDWIDTH, 4096, "message", "efa", 512)));
    assertEquals("125.0 million/s", read(exact.cell(key, Quantity.RATE, 64, "window", "efa", 512)));
    assertEquals("2000.0 Mop/s", read(exact.cell(key, Quantity.SPEED, 1e9, "run", "efa", 5e8)));
    assertEquals("0.512 µs", read(exact.cell(key, Quantity.TIME, 1, "message", "efa", 512)));
    CellKey call = Synthetic.key("CallCost", "mpi", "shm", 0);
    assertEquals("7.5 ns", read(exact.cell(call, Quantity.TIME, 1, "call", "self", 7.5)));
  }

  private static String read(Cell cell) {
    Analysis analysis = analyse(new Synthetic(1).file(List.of(cell)));
    CellStatistics read = analysis.groups().getFirst().views().getFirst().cells().getFirst();
    return Math.round(read.value().value() * 1e9) / 1e9 + " " + read.unit();
  }

  @Test
  @DisplayName("two analyses of one file are the same, and other cells change nothing")
  void reproducible() {
    assertEquals(PAGE.groups(), analyse(SyntheticPage.result()).groups());
    ResultFile page = SyntheticPage.result();
    Cell first = page.cells().getFirst();
    ResultFile alone = new Synthetic(1).file(List.of(first));
    CellStatistics one = analyse(alone).groups().getFirst().views().getFirst().cells().getFirst();
    CellStatistics same =
        PAGE.groups().stream()
            .flatMap(group -> group.views().stream())
            .flatMap(view -> view.cells().stream())
            .filter(cell -> cell.cell().key().equals(first.key()))
            .findFirst()
            .orElseThrow();
    assertEquals(same.nanos(), one.nanos());
    assertFalse(one.nanos().low() == one.nanos().high());
  }
}
