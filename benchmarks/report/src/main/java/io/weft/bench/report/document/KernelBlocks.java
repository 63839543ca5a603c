package io.weft.bench.report.document;

import io.weft.bench.report.CellKey;
import io.weft.bench.report.analysis.Analysis;
import io.weft.bench.report.analysis.CellStatistics;
import io.weft.bench.report.analysis.CoreView;
import io.weft.bench.report.analysis.Group;
import io.weft.bench.report.analysis.Ratio;
import io.weft.bench.report.analysis.RunCell;
import io.weft.bench.report.analysis.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Kernels: their speed over each network, and how much faster they are than on one rank. */
final class KernelBlocks {
  private final Analysis analysis;

  KernelBlocks(Analysis analysis) {
    this.analysis = analysis;
  }

  /** The table, and a chart of speed-ups where there are any. */
  List<Block> of(List<Group> kernels) {
    List<List<String>> rows = new ArrayList<>();
    List<Dot> dots = new ArrayList<>();
    for (Group group : kernels) {
      for (Group.View view : group.views()) {
        for (CellStatistics cell : view.cells()) {
          Optional<Ratio> speedUp = speedUp(cell.cell(), view.mode());
          rows.add(row(cell, view.mode(), speedUp));
          speedUp.ifPresent(ratio -> dots.add(dot(ratio)));
        }
      }
    }
    Table table =
        new Table(
                "Kernels, and speed-ups over one rank",
                List.of(
                    "kernel",
                    "via",
                    "network",
                    "cores",
                    "ranks",
                    "speed, Mop/s",
                    "on one rank",
                    "speed-up"),
                4,
                rows)
            .withoutEmptyColumns();
    if (dots.isEmpty()) {
      return List.of(table);
    }
    return List.of(
        Dot.chart("Speed-ups of kernels over one rank", "speed-up over one rank", 1, dots, table));
  }

  private Optional<Ratio> speedUp(RunCell cell, CoreView view) {
    List<Ratio> ofCell =
        analysis.ratios(Ratio.Kind.SPEED_UP).stream()
            .filter(ratio -> ratio.subject().key().equals(cell.key()))
            .toList();
    return ofCell.stream()
        .filter(ratio -> ratio.view().equals(view))
        .findFirst()
        .or(() -> ofCell.stream().findFirst());
  }

  private List<String> row(CellStatistics cell, CoreView view, Optional<Ratio> speedUp) {
    CellKey key = cell.cell().key();
    return List.of(
        Titles.parameters(key.parameters()),
        key.via(),
        Titles.network(cell.cell().network()),
        view.title(),
        Integer.toString(key.ranks()),
        Numbers.of(cell.value()),
        speedUp.map(ratio -> oneRank(ratio.baseline())).orElse(""),
        speedUp.map(ratio -> Numbers.of(ratio.estimate())).orElse(""));
  }

  private String oneRank(RunCell baseline) {
    return analysis.groups().stream()
        .flatMap(group -> group.views().stream())
        .flatMap(view -> view.cells().stream())
        .filter(cell -> cell.cell().key().equals(baseline.key()))
        .map(cell -> Numbers.of(cell.value()))
        .findFirst()
        .orElse("");
  }

  private static Dot dot(Ratio ratio) {
    CellKey key = ratio.subject().key();
    String network = ratio.subject().network();
    boolean both = ratio.subject().section() == Section.HARDWARE;
    return new Dot(
        Titles.joined(
            List.of(
                Titles.parameters(key.parameters()),
                key.via(),
                Titles.ranks(key.ranks()),
                ratio.view().title())),
        Titles.network(network),
        both ? Styles.ofNetwork(network, "mpi") : new Series.Style("#000000", "solid", "circle"),
        ratio.estimate());
  }
}
