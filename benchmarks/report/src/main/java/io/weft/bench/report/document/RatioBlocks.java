package io.weft.bench.report.document;

import io.weft.bench.report.CellKey;
import io.weft.bench.report.analysis.Analysis;
import io.weft.bench.report.analysis.Ratio;
import io.weft.bench.report.analysis.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Ratios of times: EFA over ENA, and Java over C. */
final class RatioBlocks {
  private RatioBlocks() {}

  /** A chart for each pattern with sizes, and one table of all others. */
  static List<Block> networks(Analysis analysis) {
    Map<String, List<Ratio>> groups =
        analysis.ratios(Ratio.Kind.EFA_OVER_ENA).stream()
            .collect(
                Collectors.groupingBy(
                    r -> Titles.of(r.subject().key(), r.view()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Block> blocks = new ArrayList<>();
    List<Ratio> others = new ArrayList<>();
    groups.forEach(
        (title, ratios) -> {
          if (ratios.stream().map(r -> r.subject().key().bytes()).distinct().count() > 1) {
            blocks.add(chart(title + ": time over EFA by time over ENA", ratios));
          } else {
            others.addAll(ratios);
          }
        });
    if (!others.isEmpty()) {
      blocks.add(
          table(
              "Of one size or none: time over EFA by time over ENA",
              others,
              ratio -> ratio.subject().key().via()));
    }
    return blocks;
  }

  private static Chart chart(String title, List<Ratio> ratios) {
    Map<String, Series.Points> curves = new LinkedHashMap<>();
    for (Ratio ratio : ratios) {
      CellKey key = ratio.subject().key();
      Series.Points points = curves.computeIfAbsent(key.via(), k -> new Series.Points());
      if (key.bytes() > 0) {
        points.add(
            key.bytes(), ratio.estimate().value(), ratio.estimate().low(), ratio.estimate().high());
      }
    }
    DoubleStream ends =
        ratios.stream()
            .flatMapToDouble(r -> DoubleStream.of(1, r.estimate().low(), r.estimate().high()));
    return new Chart(
        "lines",
        title,
        "Curves of the ratio of times against message size, both axes logarithmic; below 1 EFA is"
            + " faster. The table has the numbers.",
        Axis.sizes(ratios.stream().mapToDouble(r -> r.subject().key().bytes()).filter(b -> b > 0)),
        Axis.log("time over EFA / time over ENA", ends),
        1,
        curves.entrySet().stream()
            .map(e -> e.getValue().series(e.getKey(), Styles.ofVia(e.getKey())))
            .toList(),
        table(title, ratios, ratio -> ratio.subject().key().via()));
  }

  /** One table for each network of a section. */
  static List<Block> languages(Analysis analysis, Predicate<Ratio> shown) {
    Map<String, List<Ratio>> networks =
        analysis.ratios(Ratio.Kind.JAVA_OVER_C).stream()
            .filter(shown)
            .collect(
                Collectors.groupingBy(
                    ratio -> ratio.subject().network(), TreeMap::new, Collectors.toList()));
    List<Block> blocks = new ArrayList<>();
    networks.forEach(
        (network, ratios) ->
            blocks.add(
                table(
                    "Over %s: time in Java by time in C".formatted(Titles.network(network)),
                    ratios,
                    r -> r.subject().key().via() + " / " + r.baseline().key().via())));
    return blocks;
  }

  /** A row for each pattern and size, a column for each way. */
  private static Table table(String caption, List<Ratio> ratios, Function<Ratio, String> columnOf) {
    Set<String> ways = new LinkedHashSet<>();
    Map<List<String>, Map<String, String>> rows = new LinkedHashMap<>();
    for (Ratio ratio : ratios) {
      CellKey key = ratio.subject().key();
      List<String> head =
          List.of(
              Titles.what(key),
              Integer.toString(key.ranks()),
              ratio.view().title(),
              Titles.size(key.bytes()));
      ways.add(columnOf.apply(ratio));
      rows.computeIfAbsent(head, k -> new LinkedHashMap<>())
          .putIfAbsent(columnOf.apply(ratio), text(ratio));
    }
    List<String> columns = new ArrayList<>(List.of("pattern", "ranks", "cores", "size"));
    columns.addAll(ways);
    List<List<String>> texts = new ArrayList<>();
    rows.forEach(
        (head, values) -> {
          List<String> row = new ArrayList<>(head);
          ways.forEach(way -> row.add(values.getOrDefault(way, "-")));
          texts.add(row);
        });
    return new Table(caption, columns, 4, texts).withoutEmptyColumns();
  }

  private static String text(Ratio ratio) {
    return Numbers.of(ratio.estimate()) + (ratio.isOpen() ? " ~" : "");
  }

  /** Whether a ratio is of a section, and there of a network if one is given. */
  static Predicate<Ratio> of(Section section, String network) {
    return ratio ->
        ratio.subject().section() == section
            && (network.isEmpty() || ratio.subject().network().equals(network));
  }
}
