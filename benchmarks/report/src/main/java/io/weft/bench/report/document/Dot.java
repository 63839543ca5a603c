package io.weft.bench.report.document;

import io.weft.bench.report.statistics.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value beside words.
 *
 * @param row the words
 * @param series its name in the legend
 * @param style how it is drawn
 * @param value with its interval
 */
record Dot(String row, String series, Series.Style style, Estimate value) {
  /** A chart of values beside words, the first on top. */
  static Chart chart(
      String caption, String measure, double reference, List<Dot> dots, Table table) {
    List<String> rows = dots.stream().map(Dot::row).distinct().toList().reversed();
    Map<String, Series.Points> points = new LinkedHashMap<>();
    Map<String, Series.Style> styles = new LinkedHashMap<>();
    for (Dot dot : dots) {
      points
          .computeIfAbsent(dot.series, k -> new Series.Points())
          .add(rows.indexOf(dot.row), dot.value.value(), dot.value.low(), dot.value.high());
      styles.putIfAbsent(dot.series, dot.style);
    }
    double most = dots.stream().mapToDouble(dot -> dot.value.high()).max().orElseThrow();
    return new Chart(
        "dots",
        caption,
        "Dot chart of %s: %s.".formatted(measure, words(dots)),
        Axis.linear(measure, Math.max(most, reference)),
        Axis.categories("", rows),
        reference,
        points.entrySet().stream()
            .map(e -> e.getValue().series(e.getKey(), styles.get(e.getKey())))
            .toList(),
        table);
  }

  private static String words(List<Dot> dots) {
    return String.join(
        "; ",
        dots.stream()
            .map(dot -> "%s %s %s".formatted(dot.row, dot.series, Numbers.of(dot.value.value())))
            .toList());
  }
}
