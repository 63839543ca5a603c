package io.weft.results.command;

import io.weft.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weft results}: what becomes of the bundles that runs leave. */
@Command(
    name = "results",
    description = "Carries result bundles to a bucket and keeps a catalog of them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AnnounceCommand.class,
      ShipCommand.class,
      WebhooksCommand.class,
      AlertsCommand.class,
      AuditCommand.class,
      CatalogCommand.class,
      ListCommand.class,
      ShowCommand.class,
      GetCommand.class,
      StatusCommand.class,
      ReconcileCommand.class,
      PruneCommand.class,
      DlqCommand.class,
      FunctionsCommand.class,
    })
public final class ResultsCommand implements Subcommand {
  @Spec private CommandSpec spec;

  /** Made by the service loader. */
  public ResultsCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "say which: " + String.join(", ", spec.commandLine().getSubcommands().keySet()));
  }
}
