package io.weft.bench.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.SyntheticPage;
import io.weft.bench.report.analysis.Analysis;
import io.weft.bench.report.analysis.Analyst;
import io.weft.bench.report.analysis.Runs;
import io.weft.bench.report.document.Documents;
import io.weft.bench.report.document.Numbers;
import io.weft.bench.report.statistics.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All formats hold the same numbers. */
class SameNumbersTest {
  private static JsonNode run;
  private static String markdown;
  private static String html;
  private static List<Map<String, String>> rows;

  @BeforeAll
  static void write() {
    List<Analysis> analyses =
        List.of(new Analyst(300).analyse(Runs.of(Map.of("f", SyntheticPage.result())).getFirst()));
    run = JsonMapper.builder().build().readTree(Statistics.json(analyses)).at("/runs/0");
    markdown = MarkdownText.of(Documents.of(analyses));
    html = HtmlPage.of(Documents.of(analyses));
    rows = parse(CsvText.of(analyses));
  }

  /** Splits CSV by the letter, as RFC 4180 defines it. */
  static List<Map<String, String>> parse(String csv) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && (c == ',' || c == '\n')) {
        line.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          lines.add(line);
          line = new ArrayList<>();
        }
      } else if (quoted || c != '\r') {
        field.append(c);
      }
    }
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<String> values : lines.subList(1, lines.size())) {
      Map<String, String> row = new LinkedHashMap<>();
      assertEquals(lines.getFirst().size(), values.size());
      for (int i = 0; i < values.size(); i++) {
        row.put(lines.getFirst().get(i), values.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<Map<String, String>> rows(String table, JsonNode key) {
    return rows.stream()
        .filter(row -> row.get("table").equals(table))
        .filter(row -> row.get("benchmark").equals(key.get("benchmark").asString()))
        .filter(row -> row.get("via").equals(key.get("via").asString()))
        .filter(row -> row.get("network_asked").equals(key.get("network").asString()))
        .filter(row -> row.get("bytes").equals(key.get("bytes").asString()))
        .filter(row -> row.get("ranks").equals(key.get("ranks").asString()))
        .filter(row -> row.get("parameters").equals(parameters(key)))
        .toList();
  }

  private static String parameters(JsonNode key) {
    return key.get("parameters").properties().stream()
        .map(e -> e.getKey() + "=" + e.getValue().asString())
        .collect(Collectors.joining(" "));
  }

  private static Estimate estimate(JsonNode value) {
    return new Estimate(
        value.get("value").asDouble(),
        value.get("low").asDouble(),
        value.get("high").asDouble(),
        10);
  }

  private static void assertSame(JsonNode value, Map<String, String> row) {
    for (String name : List.of("value", "low", "high")) {
      assertEquals(value.get(name).asDouble(), Double.parseDouble(row.get(name)), row.toString());
    }
  }

  @Test
  @DisplayName(
      "each median stands in CSV to the last digit, and in Markdown and HTML to the fourth")
  void medians() {
    assertEquals(SyntheticPage.result().cells().size(), run.get("cells").size());
    for (JsonNode cell : run.get("cells")) {
      List<Map<String, String>> found = rows("median", cell.get("key"));
      assertEquals(1, found.size(), cell::toString);
      assertSame(cell.get("value"), found.getFirst());
      assertEquals(cell.get("unit").asString(), found.getFirst().get("unit"));
      assertEquals(cell.get("found").asString(), found.getFirst().get("network_found"));
      String text = Numbers.of(estimate(cell.get("value")));
      assertTrue(markdown.contains(" " + text.replace("*", "\\*") + " |"), text);
      assertTrue(html.contains(">" + text + "</td>"), text);
    }
  }

  @Test
  @DisplayName("each ratio stands in all of them")
  void ratios() {
    assertTrue(run.get("ratios").size() > 100);
    for (JsonNode ratio : run.get("ratios")) {
      List<Map<String, String>> found = rows(ratio.get("kind").asString(), ratio.get("subject"));
      assertEquals(1, found.size(), ratio::toString);
      assertSame(ratio.get("ratio"), found.getFirst());
      String text = Numbers.of(estimate(ratio.get("ratio")));
      assertTrue(markdown.contains(" " + text.replace("*", "\\*") + " "), ratio::toString);
      assertTrue(html.contains(">" + text), ratio::toString);
    }
  }

  @Test
  @DisplayName("each crossover, percentile and absent cell stands in CSV and Markdown")
  void others() {
    for (JsonNode crossover : run.get("crossovers")) {
      for (JsonNode bytes : crossover.get("bytes")) {
        assertEquals(
            1,
            rows.stream()
                .filter(row -> row.get("table").equals("crossover"))
                .filter(row -> row.get("value").equals(bytes.asString()))
                .count());
        assertTrue(markdown.contains("| " + Numbers.bytes(bytes.asDouble()) + " |"));
      }
    }
    JsonNode cell = run.at("/cells/0");
    List<Map<String, String>> percentiles = rows("percentile", cell.get("key"));
    assertEquals(5, percentiles.size());
    assertEquals(
        cell.at("/percentileNanos/p99").asDouble() / 1000,
        Double.parseDouble(percentiles.get(2).get("value")),
        1e-9);
    assertEquals(14, rows.stream().filter(row -> row.get("table").equals("absent")).count());
    assertEquals(14, run.get("absent").size());
    assertTrue(markdown.contains("libjucx.so: cannot open shared object file"));
  }

  @Test
  @DisplayName("a field with quotes, commas and line ends comes back whole")
  void quoting() {
    String text = "a \"quoted\", and\r\nbroken field";
    String csv = "note\r\n" + CsvText.quoted(text) + "\r\n";
    assertEquals(text, parse(csv).getFirst().get("note"));
  }
}
