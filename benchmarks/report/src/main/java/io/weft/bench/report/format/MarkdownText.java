package io.weft.bench.report.format;

import io.weft.bench.report.document.Block;
import io.weft.bench.report.document.Chart;
import io.weft.bench.report.document.Document;
import io.weft.bench.report.document.Part;
import io.weft.bench.report.document.Table;
import java.util.List;
import java.util.stream.Collectors;

/** A report as Markdown: of a chart, its table. */
public final class MarkdownText {
  private final StringBuilder out = new StringBuilder();

  private MarkdownText() {}

  /**
   * Writes a report.
   *
   * @param document the report
   * @return its text
   */
  public static String of(Document document) {
    MarkdownText text = new MarkdownText();
    text.line("# " + document.title());
    text.line(escape(document.summary()));
    for (Part part : document.parts()) {
      text.line("#".repeat(part.level()) + " " + escape(part.title()));
      part.blocks().forEach(text::add);
    }
    return text.out.toString();
  }

  private void line(String text) {
    out.append(out.isEmpty() ? "" : "\n").append(text).append('\n');
  }

  private void add(Block block) {
    switch (block) {
      case Block.Prose prose -> line(escape(prose.text()));
      case Block.Warning warning -> line("> **Warning:** " + escape(warning.text()));
      case Block.Items items ->
          line(
              items.items().stream()
                  .map(item -> "* " + escape(item))
                  .collect(Collectors.joining("\n")));
      case Block.Code code -> line("```\n" + code.lines() + "```");
      case Table table -> add(table);
      case Chart chart -> add(chart.table());
    }
  }

  private void add(Table table) {
    line("**" + escape(table.caption()) + "**");
    StringBuilder text = new StringBuilder(row(table.columns()));
    text.append("\n|");
    for (int i = 0; i < table.columns().size(); i++) {
      text.append(i < table.words() ? "---|" : "---:|");
    }
    table.rows().forEach(row -> text.append('\n').append(row(row)));
    line(text.toString());
  }

  private static String row(List<String> cells) {
    return cells.stream().map(MarkdownText::escape).collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** Texts come from result files, and are no markup. */
  private static String escape(String text) {
    return text.replaceAll("([\\\\`*_|<>\\[\\]~])", "\\\\$1").replaceAll("\\s+", " ");
  }
}
