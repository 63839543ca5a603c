package io.weft.bench.report.format;

import io.weft.bench.report.document.Axis;
import io.weft.bench.report.document.Block;
import io.weft.bench.report.document.Chart;
import io.weft.bench.report.document.Document;
import io.weft.bench.report.document.Part;
import io.weft.bench.report.document.Series;
import io.weft.bench.report.document.Table;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A report as one HTML file that needs nothing else: style, script, data and the plotting library
 * are in it, and its own security policy forbids it to fetch anything.
 */
public final class HtmlPage {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final StringBuilder out = new StringBuilder();
  private final List<ChartData> charts = new ArrayList<>();
  private int parts;

  private HtmlPage() {}

  /** What the script draws a chart from. */
  record ChartData(
      String id,
      String kind,
      Axis horizontal,
      Axis vertical,
      double reference,
      List<Series> series) {}

  /**
   * Writes a report.
   *
   * @param document the report
   * @return its text
   */
  public static String of(Document document) {
    return new HtmlPage().write(document);
  }

  private String write(Document document) {
    String script = PageResources.script();
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(PageResources.policy())
        .append("\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    // A page without this asks a server for its icon.
    out.append("<link rel=\"icon\" href=\"data:,\">\n");
    element("title", document.title());
    out.append("<style>\n").append(PageResources.style()).append("</style>\n</head>\n<body>\n");
    out.append("<header>\n");
    element("h1", document.title());
    element("p", document.summary());
    out.append("</header>\n");
    addContents(document);
    out.append("<main>\n");
    document.parts().forEach(this::add);
    out.append("</main>\n");
    addFooter();
    data("charts", "application/json", MAPPER.writeValueAsString(charts).replace("<", "\\u003c"));
    data("plotly", "application/gzip;base64", PageResources.packedLibrary());
    out.append("<script>").append(script).append("</script>\n</body>\n</html>\n");
    return out.toString();
  }

  private void data(String id, String type, String content) {
    out.append("<script id=\"%s\" type=\"%s\">".formatted(id, type))
        .append(content)
        .append("</script>\n");
  }

  private void element(String name, String text) {
    out.append('<').append(name).append('>').append(escape(text));
    out.append("</").append(name).append(">\n");
  }

  private void addContents(Document document) {
    out.append("<nav aria-label=\"Contents\">\n<details>\n<summary>Contents</summary>\n<ul>\n");
    int number = 0;
    for (Part part : document.parts()) {
      number++;
      if (part.level() <= 3) {
        out.append(
            "<li class=\"level%d\"><a href=\"#part%d\">%s</a></li>%n"
                .formatted(part.level(), number, escape(part.title())));
      }
    }
    out.append("</ul>\n</details>\n</nav>\n");
  }

  private void add(Part part) {
    parts++;
    out.append(
        "<h%d id=\"part%d\">%s</h%d>%n"
            .formatted(part.level(), parts, escape(part.title()), part.level()));
    boolean inCharts = false;
    for (Block block : part.blocks()) {
      if (block instanceof Chart != inCharts) {
        inCharts = !inCharts;
        out.append(inCharts ? "<div class=\"charts\">\n" : "</div>\n");
      }
      add(block);
    }
    out.append(inCharts ? "</div>\n" : "");
  }

  private void add(Block block) {
    switch (block) {
      case Block.Prose prose -> element("p", prose.text());
      case Block.Warning warning ->
          out.append("<p class=\"warning\"><strong>Warning:</strong> ")
              .append(escape(warning.text()))
              .append("</p>\n");
      case Block.Items items -> {
        out.append("<ul>\n");
        items.items().forEach(item -> element("li", item));
        out.append("</ul>\n");
      }
      case Block.Code code ->
          out.append("<pre tabindex=\"0\"><code>")
              .append(escape(code.lines()))
              .append("</code></pre>\n");
      case Table table -> add(table, true);
      case Chart chart -> add(chart);
    }
  }

  private void add(Chart chart) {
    String id = "chart" + (charts.size() + 1);
    charts.add(
        new ChartData(
            id,
            chart.kind(),
            chart.horizontal(),
            chart.vertical(),
            chart.reference(),
            chart.series()));
    out.append("<figure>\n");
    element("figcaption", chart.caption());
    out.append(
        "<div class=\"chart\" id=\"%s\" role=\"img\" aria-label=\"%s\"></div>%n"
            .formatted(id, escape(chart.alternative())));
    out.append("<details>\n<summary>Table of these numbers</summary>\n");
    add(chart.table(), false);
    out.append("</details>\n</figure>\n");
  }

  private void add(Table table, boolean captioned) {
    out.append(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">%n<table>%n"
            .formatted(escape(table.caption())));
    if (captioned) {
      element("caption", table.caption());
    }
    out.append("<thead><tr>");
    for (int i = 0; i < table.columns().size(); i++) {
      cell("th scope=\"col\"", i < table.words(), table.columns().get(i));
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : table.rows()) {
      out.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        cell(i == 0 ? "th scope=\"row\"" : "td", i < table.words(), row.get(i));
      }
      out.append("</tr>\n");
    }
    out.append("</tbody>\n</table>\n</div>\n");
  }

  private void cell(String element, boolean words, String text) {
    out.append('<').append(element).append(words ? " class=\"words\">" : ">");
    out.append(escape(text)).append("</").append(element.split(" ", 2)[0]).append('>');
  }

  private void addFooter() {
    out.append("<footer>\n");
    element(
        "p", "Made by weft bench report. Charts are drawn by plotly.js, which is in this file.");
    out.append("<details>\n<summary>Licence of plotly.js</summary>\n");
    element("pre", PageResources.licence());
    out.append("</details>\n</footer>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
