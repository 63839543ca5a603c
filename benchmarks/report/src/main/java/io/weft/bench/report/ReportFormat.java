package io.weft.bench.report;

import java.nio.file.Path;
import java.util.Locale;

/** What a report is written as; all hold the same numbers. */
public enum ReportFormat {
  /** One self-contained page with charts. */
  HTML,
  /** Markdown: the page's words and tables. */
  MD,
  /** One row for each number with its interval. */
  CSV,
  /** The statistics of each cell. */
  JSON;

  /**
   * Tells the format by a file's name.
   *
   * @param file such as {@code page.html}
   * @return null where the name says nothing
   */
  public static ReportFormat ofName(Path file) {
    String name = file.getFileName().toString();
    String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (suffix) {
      case "html", "htm" -> HTML;
      case "md", "markdown" -> MD;
      case "csv" -> CSV;
      case "json" -> JSON;
      default -> null;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
