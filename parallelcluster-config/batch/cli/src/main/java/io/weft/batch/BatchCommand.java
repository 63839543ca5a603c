package io.weft.batch;

import io.weft.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weft batch}. */
@Command(
    name = "batch",
    description = "Runs kernels as multi-node parallel jobs of AWS Batch.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SubmitCommand.class, WatchCommand.class, LogsCommand.class, CancelCommand.class})
public final class BatchCommand implements Subcommand {
  @Spec private CommandSpec spec;

  /** Made by the service loader. */
  public BatchCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "say which command: submit, watch, logs or cancel");
  }
}
