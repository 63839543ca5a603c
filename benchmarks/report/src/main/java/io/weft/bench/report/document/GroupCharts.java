package io.weft.bench.report.document;

import io.weft.bench.report.CellKey;
import io.weft.bench.report.analysis.CellStatistics;
import io.weft.bench.report.analysis.Group;
import io.weft.bench.report.analysis.RunCell;
import io.weft.bench.report.analysis.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The charts of a group: curves against size, or dots where there is one size or none. */
final class GroupCharts {
  private GroupCharts() {}

  static List<Chart> of(Group group) {
    List<Chart> charts = new ArrayList<>();
    for (Group.View view : group.views()) {
      byUnit(view.cells()).values().forEach(ofUnit -> charts.addAll(ofUnit(group, view, ofUnit)));
    }
    return charts;
  }

  private static Map<String, List<CellStatistics>> byUnit(List<CellStatistics> cells) {
    return cells.stream()
        .collect(
            Collectors.groupingBy(CellStatistics::unit, LinkedHashMap::new, Collectors.toList()));
  }

  private static List<Chart> ofUnit(Group group, Group.View view, List<CellStatistics> cells) {
    CellKey key = cells.getFirst().cell().key();
    String title = Titles.of(key, view.mode());
    long sizes =
        cells.stream().map(c -> c.cell().key().bytes()).filter(b -> b > 0).distinct().count();
    if (sizes < 2) {
      return List.of(dots(title, cells));
    }
    // In one section both networks are side by side: families of ways have charts of their own.
    Map<Integer, List<CellStatistics>> families =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    c ->
                        group.section() == Section.HARDWARE
                            ? Styles.family(c.cell().key().via())
                            : 0,
                    TreeMap::new,
                    Collectors.toList()));
    Axis vertical = Axis.log(Titles.measure(cells.getFirst()), ends(cells));
    Axis horizontal =
        Axis.sizes(
            cells.stream().mapToDouble(c -> c.cell().key().bytes()).filter(bytes -> bytes > 0));
    List<Chart> charts = new ArrayList<>();
    families.forEach(
        (family, members) ->
            charts.add(
                lines(
                    group.section() == Section.HARDWARE
                        ? title + ", " + Styles.familyTitle(family)
                        : title,
                    horizontal,
                    vertical,
                    members)));
    return charts;
  }

  private static DoubleStream ends(List<CellStatistics> cells) {
    return cells.stream()
        .map(CellStatistics::value)
        .flatMapToDouble(value -> DoubleStream.of(value.low(), value.high()));
  }

  private static Map<String, List<CellStatistics>> curves(List<CellStatistics> cells) {
    List<RunCell> all = cells.stream().map(CellStatistics::cell).toList();
    return cells.stream()
        .collect(
            Collectors.groupingBy(
                cell -> Titles.curve(cell.cell(), all), LinkedHashMap::new, Collectors.toList()));
  }

  private static Chart lines(
      String title, Axis horizontal, Axis vertical, List<CellStatistics> cells) {
    Map<String, List<CellStatistics>> curves = curves(cells);
    List<Series> series = new ArrayList<>();
    List<String> words = new ArrayList<>();
    curves.forEach(
        (name, of) -> {
          Series.Points points = new Series.Points();
          for (CellStatistics cell : of) {
            if (cell.cell().key().bytes() > 0) {
              points.add(
                  cell.cell().key().bytes(),
                  cell.value().value(),
                  cell.value().low(),
                  cell.value().high());
            }
          }
          series.add(points.series(name, Styles.of(of.getFirst().cell())));
          words.add(
              "%s from %s at %s to %s at %s"
                  .formatted(
                      name,
                      Numbers.of(of.getFirst().value().value()),
                      Numbers.bytes(of.getFirst().cell().key().bytes()),
                      Numbers.of(of.getLast().value().value()),
                      Numbers.bytes(of.getLast().cell().key().bytes())));
        });
    boolean zero = cells.stream().anyMatch(cell -> cell.cell().key().bytes() == 0);
    return new Chart(
        "lines",
        title + (zero ? " (0 bytes: in the table alone)" : ""),
        "Curves of %s against message size, both axes logarithmic: %s."
            .formatted(vertical.title(), String.join("; ", words)),
        horizontal,
        vertical,
        0,
        series,
        sizeTable(title + ": " + vertical.title(), curves));
  }

  private static Table sizeTable(String caption, Map<String, List<CellStatistics>> curves) {
    Map<Long, Map<String, String>> rows = new TreeMap<>();
    curves.forEach(
        (name, cells) ->
            cells.forEach(
                cell ->
                    rows.computeIfAbsent(cell.cell().key().bytes(), k -> new LinkedHashMap<>())
                        .put(name, Numbers.of(cell.value()))));
    List<String> columns = new ArrayList<>(List.of("size"));
    columns.addAll(curves.keySet());
    List<List<String>> texts = new ArrayList<>();
    rows.forEach(
        (bytes, values) -> {
          List<String> row = new ArrayList<>(List.of(Numbers.bytes(bytes)));
          curves.keySet().forEach(name -> row.add(values.getOrDefault(name, "-")));
          texts.add(row);
        });
    return new Table(caption, columns, 1, texts);
  }

  /** One row for each way; of one size, or none. */
  private static Chart dots(String title, List<CellStatistics> cells) {
    List<RunCell> all = cells.stream().map(CellStatistics::cell).toList();
    List<Dot> dots = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (CellStatistics cell : cells) {
      boolean both = cell.cell().section() == Section.HARDWARE;
      String curve = Titles.curve(cell.cell(), all);
      String network = Titles.network(cell.cell().network());
      String way = both ? curve.substring(network.length() + 2) : curve;
      long bytes = cell.cell().key().bytes();
      String row = Titles.joined(List.of(way, bytes == 0 ? "" : Numbers.bytes(bytes)));
      dots.add(
          new Dot(
              row,
              network,
              both
                  ? Styles.ofNetwork(cell.cell().network(), "mpi")
                  : new Series.Style("#000000", "solid", "circle"),
              cell.value()));
      rows.add(List.of(row, network, Numbers.of(cell.value())));
    }
    String measure = Titles.measure(cells.getFirst());
    return Dot.chart(
        title, measure, 0, dots, new Table(title, List.of("via", "network", measure), 2, rows));
  }
}
