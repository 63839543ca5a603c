package io.weft.bench.report.command;

import io.weft.bench.report.ResultFile;
import io.weft.bench.report.ResultFileException;
import io.weft.bench.report.ResultFiles;
import io.weft.bench.report.compare.Comparer;
import io.weft.bench.report.compare.Comparison;
import io.weft.bench.report.compare.ComparisonJson;
import io.weft.bench.report.compare.ComparisonText;
import io.weft.bench.report.statistics.ClusterBootstrap;
import io.weft.cli.ExitStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weft bench compare}. */
@Command(
    name = "compare",
    description = {
      "Says which cells of a result file changed against an older one beyond noise, and ends with 1"
          + " if one became slower by more than a threshold.",
      "Beyond noise: a Mann-Whitney test of the rounds' medians, corrected by Holm for the number"
          + " of cells, so that two measurements of the same thing differ in one comparison of"
          + " twenty at most. Ten rounds in each file can show a change among up to 4,600 cells,"
          + " five among 6. Files that cannot show any change are refused."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:no cell became slower beyond noise and past the threshold",
      "1:a cell did",
      "2:wrong arguments, a file that is no complete result, or files that cannot show a change",
    })
public final class CompareCommand implements Callable<Integer> {
  private static final int REGRESSION = 1;

  @Parameters(index = "0", paramLabel = "OLD", description = "The result file from before.")
  private Path older;

  @Parameters(index = "1", paramLabel = "NEW", description = "The result file from after.")
  private Path newer;

  @Option(
      names = "--threshold",
      paramLabel = "PERCENT",
      defaultValue = "5",
      description = "Changes of the median time up to this are no regression (default: 5).")
  private double threshold;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public CompareCommand() {}

  @Override
  public Integer call() {
    if (!(threshold >= 0) || Double.isInfinite(threshold)) {
      throw new ParameterException(
          spec.commandLine(), "--threshold " + threshold + " is no percentage of 0 or more");
    }
    Comparison comparison =
        new Comparer(threshold, ClusterBootstrap.REPLICATES).compare(read(older), read(newer));
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? ComparisonJson.of(comparison) : ComparisonText.of(comparison));
    out.flush();
    if (!comparison.canTell()) {
      throw new ParameterException(spec.commandLine(), whyNot(comparison));
    }
    return comparison.hasRegression() ? REGRESSION : ExitStatus.OK;
  }

  private ResultFile read(Path file) {
    try {
      return ResultFiles.read(file);
    } catch (ResultFileException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static String whyNot(Comparison comparison) {
    int cells = comparison.changes().size();
    return cells == 0
        ? "the files have no cell in common that could be compared: measure the same cells again"
        : "no change could stand out of noise, for the rounds are too few: with %d cells each file needs %d"
            .formatted(cells, Comparer.roundsNeeded(cells));
  }
}
