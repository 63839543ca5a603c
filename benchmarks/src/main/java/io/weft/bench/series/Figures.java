package io.weft.bench.series;

import io.weft.bench.CoreMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a series found: tables of columns, each with samples by length. */
final class Figures {
  private final Map<String, Map<String, TreeMap<Long, List<Sample>>>> tables =
      new LinkedHashMap<>();

  private final Spread spread;

  /** With the least and the most of each figure. */
  Figures() {
    this(Spread.RANGE);
  }

  Figures(Spread spread) {
    this.spread = spread;
  }

  /** Adds a sample; the first column of a table is what the others are compared with. */
  void add(String table, String column, long length, Sample sample) throws IOException {
    var columns = tables.computeIfAbsent(table, key -> new LinkedHashMap<>());
    for (var other : columns.entrySet()) {
      List<Sample> there = other.getValue().getOrDefault(length, List.of());
      if (!there.isEmpty() && !there.getFirst().checksum().equals(sample.checksum())) {
        throw new IOException(
            "%s, %d bytes: %s brought other bytes (checksum %s) than %s (%s)"
                .formatted(
                    table,
                    length,
                    column,
                    sample.checksum(),
                    other.getKey(),
                    there.getFirst().checksum()));
      }
    }
    columns
        .computeIfAbsent(column, key -> new TreeMap<>())
        .computeIfAbsent(length, key -> new ArrayList<>())
        .add(sample);
  }

  Map<String, Map<String, TreeMap<Long, List<Sample>>>> tables() {
    return tables;
  }

  /** All tables: of all samples, and of those of a pairing of cores where every cell has one. */
  String print(Unit unit) {
    StringBuilder text = new StringBuilder();
    tables.forEach(
        (title, columns) -> {
          text.append("\n## ").append(title).append("\n\n");
          text.append(print(columns, unit, sample -> true));
          for (CoreMode.Pairing mode : CoreMode.Pairing.values()) {
            Predicate<Sample> ofMode = sample -> sample.mode() == mode;
            if (mode != CoreMode.Pairing.CHANGED
                && isFull(columns, ofMode)
                && isThere(columns, ofMode.negate())) {
              text.append("\nCores ").append(mode).append(" alone:\n\n");
              text.append(print(columns, unit, ofMode));
            }
          }
        });
    return text.toString();
  }

  /** Whether every cell has such a sample. */
  private static boolean isFull(
      Map<String, TreeMap<Long, List<Sample>>> columns, Predicate<Sample> which) {
    return columns.values().stream()
        .flatMap(column -> column.values().stream())
        .allMatch(samples -> samples.stream().anyMatch(which));
  }

  /** Whether some cell has such a sample. */
  private static boolean isThere(
      Map<String, TreeMap<Long, List<Sample>>> columns, Predicate<Sample> which) {
    return columns.values().stream()
        .flatMap(column -> column.values().stream())
        .anyMatch(samples -> samples.stream().anyMatch(which));
  }

  private String print(
      Map<String, TreeMap<Long, List<Sample>>> columns, Unit unit, Predicate<Sample> which) {
    StringBuilder text = new StringBuilder(unit == Unit.PER_ITEM ? "| items |" : "| bytes |");
    columns.keySet().forEach(column -> text.append(' ').append(column).append(" |"));
    text.append("\n|---|");
    columns.keySet().forEach(column -> text.append("---|"));
    TreeMap<Long, List<Sample>> base = columns.values().iterator().next();
    for (long length : base.keySet()) {
      text.append("\n| ").append(length).append(" |");
      List<Sample> compared = base.get(length).stream().filter(which).toList();
      for (TreeMap<Long, List<Sample>> column : columns.values()) {
        List<Sample> samples =
            column.getOrDefault(length, List.of()).stream().filter(which).toList();
        text.append(' ').append(cell(samples, column == base ? null : compared, length, unit));
        text.append(" |");
      }
    }
    return text.append('\n').toString();
  }

  private String cell(List<Sample> samples, List<Sample> base, long length, Unit unit) {
    if (samples.isEmpty()) {
      return "-";
    }
    List<Double> values = new ArrayList<>();
    samples.forEach(sample -> values.add(unit.of(sample.nanos(), length)));
    String text = unit.format(median(values), spread.least(values), spread.most(values));
    if (base != null) {
      List<Double> ratios = ratios(samples, base);
      if (ratios.isEmpty() && !base.isEmpty()) {
        // No turn met this pairing of cores with both.
        double typical = median(base.stream().map(Sample::nanos).toList());
        samples.forEach(sample -> ratios.add(sample.nanos() / typical));
      }
      if (!ratios.isEmpty()) {
        text +=
            "; time / C %.2f (%.2f to %.2f)"
                .formatted(median(ratios), spread.least(ratios), spread.most(ratios));
      }
    }
    List<Double> bytes = samples.stream().map(Sample::allocatedBytes).toList();
    double allocated = spread == Spread.RANGE ? Collections.max(bytes) : median(bytes);
    return allocated == 0 ? text : text + "; allocates %.1f B".formatted(allocated);
  }

  /** Times of a turn over the other's in the same turn. */
  static List<Double> ratios(List<Sample> samples, List<Sample> base) {
    List<Double> ratios = new ArrayList<>();
    for (Sample sample : samples) {
      for (Sample other : base) {
        if (other.turn() == sample.turn()) {
          ratios.add(sample.nanos() / other.nanos());
        }
      }
    }
    return ratios;
  }

  static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
