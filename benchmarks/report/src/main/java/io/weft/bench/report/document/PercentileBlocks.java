package io.weft.bench.report.document;

import io.weft.bench.report.Percentiles;
import io.weft.bench.report.analysis.PercentileStatistics;
import io.weft.bench.report.analysis.RunCell;
import io.weft.bench.report.analysis.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** How single operations were distributed: a chart for the smallest and for the largest size. */
final class PercentileBlocks {
  private static final List<String> NAMES = List.of("50%", "90%", "99%", "99.9%", "longest");
  private static final double MICROS = 1e-3;

  private PercentileBlocks() {}

  /** Charts of each benchmark that timed single operations, in one section and network. */
  static List<Block> of(List<PercentileStatistics> all) {
    Map<String, List<PercentileStatistics>> groups =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    p -> Titles.of(p.cell().key(), p.view()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Block> blocks = new ArrayList<>();
    groups.forEach((title, of) -> blocks.addAll(charts(title, of)));
    return blocks;
  }

  private static List<Chart> charts(String title, List<PercentileStatistics> all) {
    TreeSet<Long> sizes =
        all.stream()
            .map(p -> p.cell().key().bytes())
            .collect(Collectors.toCollection(TreeSet::new));
    List<Chart> charts = new ArrayList<>();
    for (long bytes : new TreeSet<>(List.of(sizes.first(), sizes.last()))) {
      List<PercentileStatistics> ofSize =
          all.stream().filter(p -> p.cell().key().bytes() == bytes).toList();
      Axis vertical =
          Axis.log("single operations, µs", ofSize.stream().flatMapToDouble(p -> micros(p)));
      Map<Integer, List<PercentileStatistics>> families =
          ofSize.stream()
              .collect(
                  Collectors.groupingBy(
                      p ->
                          p.cell().section() == Section.HARDWARE
                              ? Styles.family(p.cell().key().via())
                              : 0,
                      TreeMap::new,
                      Collectors.toList()));
      families.forEach(
          (family, members) ->
              charts.add(
                  chart(
                      "%s of %s%s"
                          .formatted(
                              title,
                              Numbers.bytes(bytes),
                              members.getFirst().cell().section() == Section.HARDWARE
                                  ? ", " + Styles.familyTitle(family)
                                  : ""),
                      vertical,
                      members)));
    }
    return charts;
  }

  /** The numbers of all sizes, in one table. */
  static Table table(List<PercentileStatistics> all) {
    List<RunCell> cells = all.stream().map(PercentileStatistics::cell).toList();
    List<String> columns = new ArrayList<>(List.of("pattern", "way", "size", "rounds"));
    NAMES.forEach(name -> columns.add(name + ", µs"));
    List<List<String>> rows = new ArrayList<>();
    for (PercentileStatistics of : all) {
      List<String> row = new ArrayList<>();
      row.add(Titles.of(of.cell().key(), of.view()));
      row.add(Titles.curve(of.cell(), cells));
      row.add(Titles.size(of.cell().key().bytes()));
      row.add(Integer.toString(of.rounds()));
      micros(of).forEach(value -> row.add(Numbers.of(value)));
      rows.add(row);
    }
    return new Table("Percentiles of single operations", columns, 2, rows);
  }

  private static DoubleStream micros(PercentileStatistics of) {
    Percentiles p = of.nanos();
    return DoubleStream.of(p.p50(), p.p90(), p.p99(), p.p999(), p.max()).map(v -> v * MICROS);
  }

  private static Chart chart(String title, Axis vertical, List<PercentileStatistics> members) {
    List<RunCell> cells = members.stream().map(PercentileStatistics::cell).toList();
    List<Series> series = new ArrayList<>();
    for (PercentileStatistics of : members) {
      Series.Points points = new Series.Points();
      double[] values = micros(of).toArray();
      for (int i = 0; i < values.length; i++) {
        points.add(i, values[i]);
      }
      series.add(points.series(Titles.curve(of.cell(), cells), Styles.of(of.cell())));
    }
    return new Chart(
        "lines",
        title,
        "Curves of percentiles of the times of single operations, on a logarithmic axis. The table"
            + " has the numbers.",
        Axis.categories("share of operations, at most", NAMES),
        vertical,
        0,
        series,
        table(members));
  }
}
