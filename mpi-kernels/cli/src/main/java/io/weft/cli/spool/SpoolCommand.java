package io.weft.cli.spool;

import io.weft.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weft spool}: what becomes of runs whose job has ended. */
@Command(
    name = "spool",
    description = "Works through notes of ended jobs, so that no run is lost that left no result.",
    mixinStandardHelpOptions = true,
    subcommands = {ServeCommand.class, SendCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class SpoolCommand implements Subcommand {
  @Spec private CommandSpec spec;

  /** Made by the service loader. */
  public SpoolCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say which: serve or send");
  }
}
