package io.weft.bench.report;

import io.weft.bench.report.analysis.Analysis;
import io.weft.bench.report.analysis.Analyst;
import io.weft.bench.report.analysis.Runs;
import io.weft.bench.report.document.Documents;
import io.weft.bench.report.format.CsvText;
import io.weft.bench.report.format.HtmlPage;
import io.weft.bench.report.format.MarkdownText;
import io.weft.bench.report.format.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes reports of result files. */
public final class Reports {
  private Reports() {}

  /**
   * Makes a report.
   *
   * @param files at least one result file; those of one machine and method are taken together
   * @param format what to write
   * @return the whole report
   * @throws ResultFileException if a file cannot be used
   * @throws IllegalArgumentException if two files are one and the same measurement
   */
  public static String render(List<Path> files, ReportFormat format) {
    Map<String, ResultFile> results = new LinkedHashMap<>();
    for (Path file : files) {
      if (results.put(file.toString(), ResultFiles.read(file)) != null) {
        throw new ResultFileException(file, "is named twice", "name it once");
      }
    }
    List<Analysis> analyses = Runs.of(results).stream().map(new Analyst()::analyse).toList();
    return switch (format) {
      case HTML -> HtmlPage.of(Documents.of(analyses));
      case MD -> MarkdownText.of(Documents.of(analyses));
      case CSV -> CsvText.of(analyses);
      case JSON -> Statistics.json(analyses);
    };
  }

  /**
   * Makes a report and writes it, whole or not at all.
   *
   * @param files at least one result file
   * @param format what to write
   * @param out where to; replaced if it is there, unless it is one of the result files
   * @throws ResultFileException if a file cannot be used, or the report would replace it
   * @throws IllegalArgumentException if two files are one and the same measurement
   * @throws IOException if the report cannot be written there
   */
  public static void write(List<Path> files, ReportFormat format, Path out) throws IOException {
    for (Path file : files) {
      if (Files.exists(out) && Files.exists(file) && Files.isSameFile(file, out)) {
        throw new ResultFileException(
            file, "is to be read, and would be replaced", "name another file for the report");
      }
    }
    if (Files.isDirectory(out)) {
      throw new ResultFileException(out, "is a folder", "name a file in it for the report");
    }
    WholeFile.write(out, render(files, format));
  }
}
