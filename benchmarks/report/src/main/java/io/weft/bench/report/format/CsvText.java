package io.weft.bench.report.format;

import io.weft.bench.report.AbsentCell;
import io.weft.bench.report.CellKey;
import io.weft.bench.report.Percentiles;
import io.weft.bench.report.analysis.Analysis;
import io.weft.bench.report.format.Statistics.OfCell;
import io.weft.bench.report.format.Statistics.OfCrossover;
import io.weft.bench.report.format.Statistics.OfRatio;
import io.weft.bench.report.format.Statistics.OfRun;
import io.weft.bench.report.format.Statistics.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A report's numbers as CSV (RFC 4180): one row for each number with its interval, the column
 * {@code table} telling medians, percentiles, ratios, crossovers and absent cells apart.
 */
public final class CsvText {
  private static final List<String> COLUMNS =
      List.of(
          "run",
          "table",
          "section",
          "benchmark",
          "parameters",
          "ranks",
          "bytes",
          "via",
          "network_asked",
          "network_found",
          "baseline",
          "cores",
          "rounds",
          "iterations",
          "unit",
          "value",
          "low",
          "high",
          "marks",
          "note");

  private final List<Map<String, String>> rows = new ArrayList<>();

  private CsvText() {}

  /**
   * Writes a report.
   *
   * @param analyses of each run
   * @return its text
   */
  public static String of(List<Analysis> analyses) {
    CsvText text = new CsvText();
    List<OfRun> runs = Statistics.of(analyses).runs();
    for (int i = 0; i < runs.size(); i++) {
      text.add(Integer.toString(i + 1), runs.get(i));
    }
    StringBuilder out = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
    for (Map<String, String> row : text.rows) {
      out.append(
              COLUMNS.stream()
                  .map(column -> quoted(row.getOrDefault(column, "")))
                  .collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return out.toString();
  }

  /** A field, in quotes where it needs them. */
  static String quoted(String text) {
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private void add(String run, OfRun of) {
    int first = rows.size();
    of.cells().forEach(this::add);
    of.ratios().forEach(this::add);
    of.crossovers().forEach(this::add);
    of.absent().forEach(this::add);
    rows.subList(first, rows.size()).forEach(row -> row.put("run", run));
  }

  private Map<String, String> row(String table, CellKey key) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("table", table);
    row.put("benchmark", key.benchmark());
    row.put("parameters", parameters(key.parameters()));
    row.put("ranks", Integer.toString(key.ranks()));
    row.put("bytes", Long.toString(key.bytes()));
    row.put("via", key.via());
    row.put("network_asked", key.network());
    rows.add(row);
    return row;
  }

  private static String parameters(Map<String, String> of) {
    return of.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  private static void put(Map<String, String> row, String unit, Value value) {
    row.put("unit", unit);
    row.put("value", Double.toString(value.value()));
    row.put("low", Double.toString(value.low()));
    row.put("high", Double.toString(value.high()));
  }

  private static String marks(boolean wide, boolean fewRounds, boolean mixed) {
    List<String> marks = new ArrayList<>();
    if (wide) {
      marks.add("wide");
    }
    if (fewRounds) {
      marks.add("few-rounds");
    }
    if (mixed) {
      marks.add("core-modes-mixed");
    }
    return String.join(" ", marks);
  }

  private void add(OfCell of) {
    Map<String, String> row = row("median", of.key());
    describe(row, of);
    row.put("iterations", Integer.toString(of.iterations()));
    row.put("marks", marks(of.wide(), of.fewRounds(), of.mixed()));
    row.put("note", of.operation());
    put(row, of.unit(), of.value());
    if (of.percentileNanos() != null) {
      Percentiles p = of.percentileNanos();
      Map<String, Double> all = new LinkedHashMap<>();
      all.put("50%", p.p50());
      all.put("90%", p.p90());
      all.put("99%", p.p99());
      all.put("99.9%", p.p999());
      all.put("longest", p.max());
      all.forEach(
          (name, nanos) -> {
            Map<String, String> one = row("percentile", of.key());
            describe(one, of);
            one.put("unit", "µs");
            one.put("value", Double.toString(nanos * 1e-3));
            one.put("note", name);
          });
    }
  }

  private static void describe(Map<String, String> row, OfCell of) {
    row.put("section", of.section().name().toLowerCase(Locale.ROOT));
    row.put("network_found", of.found());
    row.put("cores", of.cores());
    row.put("rounds", Integer.toString(of.rounds()));
  }

  private void add(OfRatio of) {
    Map<String, String> row = row(of.kind(), of.subject());
    row.put("network_found", of.subjectFound());
    row.put(
        "baseline",
        "%s over %s on %d"
            .formatted(of.baseline().via(), of.baselineFound(), of.baseline().ranks()));
    row.put("cores", of.cores());
    row.put("rounds", Integer.toString(of.rounds()));
    row.put("marks", marks(of.wide(), false, of.mixed()));
    row.put("note", of.paired() ? "paired by round" : "not paired");
    put(row, "1", of.ratio());
  }

  private void add(OfCrossover of) {
    List<Double> places = new ArrayList<>(of.bytes());
    if (places.isEmpty()) {
      places.add(null);
    }
    for (Double place : places) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put("table", "crossover");
      row.put("benchmark", of.benchmark());
      row.put("parameters", parameters(of.parameters()));
      row.put("ranks", Integer.toString(of.ranks()));
      row.put("via", of.via());
      row.put("cores", of.cores());
      row.put("unit", "B");
      row.put("value", place == null ? "" : place.toString());
      row.put("low", of.low() == null ? "" : of.low().toString());
      row.put("high", of.high() == null ? "" : of.high().toString());
      row.put(
          "note",
          "%s is faster at %d B; %.4f of the draws agree; measured to %d B"
              .formatted(of.fasterAtFirst(), of.smallest(), of.agreement(), of.largest()));
      rows.add(row);
    }
  }

  private void add(AbsentCell of) {
    row("absent", of.key()).put("note", of.reason());
  }
}
