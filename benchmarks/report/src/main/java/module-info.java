import io.weft.bench.report.command.BenchCommand;
import io.weft.cli.Subcommand;

/** Result files of benchmarks, their statistics, and the page made of them. */
module io.weft.bench.report {
  requires info.picocli;
  requires io.weft.cli;
  requires org.apache.commons.statistics.distribution;
  requires org.apache.commons.statistics.inference;
  requires tools.jackson.databind;

  exports io.weft.bench.report;

  opens io.weft.bench.report to
      tools.jackson.databind;
  opens io.weft.bench.report.analysis to
      tools.jackson.databind;
  opens io.weft.bench.report.command to
      info.picocli;
  opens io.weft.bench.report.compare to
      tools.jackson.databind;
  opens io.weft.bench.report.document to
      tools.jackson.databind;
  opens io.weft.bench.report.format to
      tools.jackson.databind;

  provides Subcommand with
      BenchCommand;
}
