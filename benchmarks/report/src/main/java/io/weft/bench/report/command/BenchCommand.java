package io.weft.bench.report.command;

import io.weft.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weft bench}. */
@Command(
    name = "bench",
    description = "Makes reports of what scripts/bench has measured, and compares them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ReportCommand.class, CompareCommand.class})
public final class BenchCommand implements Subcommand {
  @Spec private CommandSpec spec;

  /** Made by the service loader. */
  public BenchCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say which command: report or compare");
  }
}
