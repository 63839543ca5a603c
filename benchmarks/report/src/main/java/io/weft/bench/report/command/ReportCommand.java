package io.weft.bench.report.command;

import io.weft.bench.report.ReportFormat;
import io.weft.bench.report.Reports;
import io.weft.bench.report.ResultFileException;
import io.weft.cli.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weft bench report}. */
@Command(
    name = "report",
    description = {
      "Makes a report of result files: medians with intervals, EFA against ENA, Java against C.",
      "Files of one machine, software and method are taken together; any other is a run of its own"
          + " in the report, and compared with nothing."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:the report is written",
      "2:wrong arguments, or a file that is no complete result, or no place to write to",
    })
public final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "What scripts/bench has written.")
  private List<Path> files;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description =
          "Where to; its suffix (.html, .md, .csv, .json) tells the format. Without it html goes to"
              + " a file named as the first result file, in this folder; others are printed.")
  private Path out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; all hold the same numbers (default: html).")
  private ReportFormat format;

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public ReportCommand() {}

  @Override
  public Integer call() {
    ReportFormat wanted = format();
    try {
      if (out == null && wanted != ReportFormat.HTML) {
        spec.commandLine().getOut().print(Reports.render(files, wanted));
        spec.commandLine().getOut().flush();
        return ExitStatus.OK;
      }
      Path target = out == null ? nameOfPage() : out;
      Reports.write(files, wanted, target);
      spec.commandLine().getErr().println("weft: wrote " + target);
      return ExitStatus.OK;
    } catch (ResultFileException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "the report cannot be written (" + e + "); name another --out", e);
    }
  }

  private ReportFormat format() {
    ReportFormat named = out == null ? null : ReportFormat.ofName(out);
    if (format != null) {
      return format;
    }
    if (out != null && named == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--out " + out + ": the suffix tells no format; add --format html, md, csv or json");
    }
    return named == null ? ReportFormat.HTML : named;
  }

  private Path nameOfPage() {
    String name = files.getFirst().getFileName().toString();
    return Path.of(name.replaceFirst("\\.json$", "") + ".html");
  }
}
