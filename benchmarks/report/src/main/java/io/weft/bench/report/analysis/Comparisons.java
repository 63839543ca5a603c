package io.weft.bench.report.analysis;

import io.weft.bench.report.CellKey;
import io.weft.bench.report.statistics.Crossover;
import io.weft.bench.report.statistics.CrossoverSearch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the cells of a run that are to be compared, and compares them. */
final class Comparisons {
  private final Measures measures;
  private final List<RunCell> cells;
  private final List<Ratio> ratios = new ArrayList<>();
  private final List<NetworkCrossover> crossovers = new ArrayList<>();

  /** Takes the cells in the order of the report: those of one curve by size. */
  Comparisons(Measures measures, List<RunCell> cells) {
    this.measures = measures;
    this.cells = cells;
    compareNetworks();
    compareLanguages();
    compareRanks();
  }

  List<Ratio> ratios() {
    return ratios;
  }

  List<NetworkCrossover> crossovers() {
    return crossovers;
  }

  /** What makes one pair of curves. */
  private record CurveKey(
      String benchmark, Map<String, String> parameters, String via, int ranks) {}

  /** A size of both curves. */
  private record Point(RunCell efa, Measures.DrawnRatio ratio) {}

  private void compareNetworks() {
    Map<CurveKey, List<RunCell>> curves = new LinkedHashMap<>();
    for (RunCell cell : cells) {
      CellKey key = cell.key();
      if (enaOf(cell).isPresent()) {
        CurveKey curve = new CurveKey(key.benchmark(), key.parameters(), key.via(), key.ranks());
        curves.computeIfAbsent(curve, k -> new ArrayList<>()).add(cell);
      }
    }
    // Curve by curve, for the draws of all at once are too many to keep.
    curves.values().forEach(this::compareNetworks);
  }

  private void compareNetworks(List<RunCell> curve) {
    Map<CoreView, List<Point>> points = new LinkedHashMap<>();
    for (RunCell efa : curve) {
      RunCell ena = enaOf(efa).orElseThrow();
      for (CoreView view : CoreView.of(List.of(efa, ena))) {
        Optional<Measures.DrawnRatio> drawn = measures.ratio(efa, ena, view);
        if (drawn.isPresent()) {
          add(Ratio.Kind.EFA_OVER_ENA, efa, ena, view, drawn.get(), 1);
          List<Point> there = points.computeIfAbsent(view, k -> new ArrayList<>());
          long before = there.isEmpty() ? 0 : there.getLast().efa().key().bytes();
          if (efa.key().bytes() > before) {
            there.add(new Point(efa, drawn.get()));
          }
        }
      }
    }
    points.forEach(
        (view, there) -> {
          if (there.size() > 1) {
            crossovers.add(crossover(view, there));
          }
        });
  }

  private static NetworkCrossover crossover(CoreView view, List<Point> points) {
    double[] bytes = points.stream().mapToDouble(point -> point.efa().key().bytes()).toArray();
    double[] ratios = points.stream().mapToDouble(p -> p.ratio().estimate().value()).toArray();
    double[][] draws = points.stream().map(point -> point.ratio().draws()).toArray(double[][]::new);
    int rounds = points.stream().mapToInt(p -> p.ratio().estimate().rounds()).min().orElseThrow();
    Crossover found = new CrossoverSearch(bytes).find(ratios, draws, rounds);
    return new NetworkCrossover(
        points.getFirst().efa(),
        view,
        points.getFirst().efa().key().bytes(),
        points.getLast().efa().key().bytes(),
        rounds,
        found);
  }

  private void compareLanguages() {
    for (RunCell java : cells) {
      baselineInC(java)
          .ifPresent(
              c -> {
                for (CoreView view : CoreView.of(List.of(java, c))) {
                  measures
                      .ratio(java, c, view)
                      .ifPresent(drawn -> add(Ratio.Kind.JAVA_OVER_C, java, c, view, drawn, 1));
                }
              });
    }
  }

  private void compareRanks() {
    for (RunCell several : cells) {
      oneRankOf(several)
          .ifPresent(
              one -> {
                // Speed is work by time; a class may define its work by the number of ranks.
                double work = several.cell().perOperation() / one.cell().perOperation();
                for (CoreView view : CoreView.of(List.of(several, one))) {
                  measures
                      .ratio(one, several, view)
                      .ifPresent(
                          drawn -> add(Ratio.Kind.SPEED_UP, several, one, view, drawn, work));
                }
              });
    }
  }

  private void add(
      Ratio.Kind kind,
      RunCell subject,
      RunCell baseline,
      CoreView view,
      Measures.DrawnRatio drawn,
      double factor) {
    ratios.add(
        new Ratio(kind, subject, baseline, view, drawn.estimate().times(factor), drawn.paired()));
  }

  /** The same as a cell over EFA, over ENA. */
  private Optional<RunCell> enaOf(RunCell efa) {
    if (efa.section() != Section.HARDWARE || !efa.network().equals(Section.EFA)) {
      return Optional.empty();
    }
    CellKey key = efa.key();
    return cells.stream()
        .filter(cell -> cell.section() == Section.HARDWARE)
        .filter(cell -> cell.network().equals(Section.ENA))
        .filter(cell -> isLike(cell, key, key.via(), key.ranks()))
        .findFirst();
  }

  /** The same as a cell in Java, in C, over the same network, asked for and found. */
  private Optional<RunCell> baselineInC(RunCell java) {
    CellKey key = java.key();
    String c = Vias.BASELINES.getOrDefault(key.via(), "");
    return cells.stream()
        .filter(cell -> cell.network().equals(java.network()))
        .filter(cell -> cell.key().network().equals(key.network()))
        .filter(cell -> isLike(cell, key, c, key.ranks()))
        .findFirst();
  }

  /** The same kernel as on several ranks, on one. */
  private Optional<RunCell> oneRankOf(RunCell several) {
    CellKey key = several.key();
    if (!key.benchmark().equals(Patterns.KERNEL) || key.ranks() == 1) {
      return Optional.empty();
    }
    return cells.stream().filter(cell -> isLike(cell, key, key.via(), 1)).findFirst();
  }

  private static boolean isLike(RunCell cell, CellKey key, String via, int ranks) {
    CellKey other = cell.key();
    return other.via().equals(via)
        && other.benchmark().equals(key.benchmark())
        && other.parameters().equals(key.parameters())
        && other.bytes() == key.bytes()
        && other.ranks() == ranks;
  }
}
