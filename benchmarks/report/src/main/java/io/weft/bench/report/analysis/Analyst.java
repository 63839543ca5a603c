package io.weft.bench.report.analysis;

import io.weft.bench.report.CellKey;
import io.weft.bench.report.statistics.ClusterBootstrap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Works out what a run says. */
public final class Analyst {
  private static final Comparator<RunCell> ORDER =
      Comparator.comparing(RunCell::section)
          .thenComparing(cell -> cell.section() == Section.ELSEWHERE ? cell.network() : "")
          .thenComparing(cell -> Patterns.order(cell.key().benchmark()))
          .thenComparing(cell -> cell.key().benchmark())
          .thenComparing(cell -> cell.key().parameters().toString())
          .thenComparing(cell -> cell.key().ranks())
          .thenComparing(cell -> Vias.order(cell.key().via()))
          .thenComparing(cell -> cell.key().via())
          .thenComparing(RunCell::network)
          .thenComparing(cell -> cell.key().network())
          .thenComparing(cell -> cell.key().bytes());

  private final Measures measures;

  /** Draws as often as reports do. */
  public Analyst() {
    this(ClusterBootstrap.REPLICATES);
  }

  /**
   * Draws as often as is said.
   *
   * @param replicates draws for each interval
   */
  public Analyst(int replicates) {
    measures = new Measures(replicates);
  }

  /**
   * Works out what a run says.
   *
   * @param run what was measured
   * @return statistics, ratios, crossovers, and what a reader must know of them
   */
  public Analysis analyse(Run run) {
    List<RunCell> cells = run.cells().stream().sorted(ORDER).toList();
    List<Group> groups = groups(cells);
    List<PercentileStatistics> percentiles = new ArrayList<>();
    for (Group group : groups) {
      for (Group.View view : group.views()) {
        for (CellStatistics cell : view.cells()) {
          measures.percentiles(cell.cell(), view.mode()).ifPresent(percentiles::add);
        }
      }
    }
    Comparisons comparisons = new Comparisons(measures, cells);
    return new Analysis(
        run,
        new Caveats(run, groups).all(),
        groups,
        percentiles,
        comparisons.ratios(),
        comparisons.crossovers());
  }

  /** What makes cells share axes. */
  private record GroupKey(
      Section section,
      String network,
      String benchmark,
      Map<String, String> parameters,
      int ranks) {}

  private List<Group> groups(List<RunCell> cells) {
    Map<GroupKey, List<RunCell>> members = new LinkedHashMap<>();
    for (RunCell cell : cells) {
      CellKey key = cell.key();
      String network = cell.section() == Section.HARDWARE ? "" : cell.network();
      GroupKey group =
          new GroupKey(cell.section(), network, key.benchmark(), key.parameters(), key.ranks());
      members.computeIfAbsent(group, k -> new ArrayList<>()).add(cell);
    }
    List<Group> groups = new ArrayList<>();
    members.forEach(
        (key, of) ->
            groups.add(
                new Group(
                    key.section(),
                    key.network(),
                    key.benchmark(),
                    key.parameters(),
                    key.ranks(),
                    CoreView.of(of).stream().map(mode -> view(mode, of)).toList())));
    return groups;
  }

  private Group.View view(CoreView mode, List<RunCell> cells) {
    return new Group.View(mode, cells.stream().map(cell -> measures.cell(cell, mode)).toList());
  }
}
