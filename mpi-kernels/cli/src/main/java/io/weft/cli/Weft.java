package io.weft.cli;

import io.weft.launch.RankEnvironment;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main class of {@code weft}. */
@Command(
    name = "weft",
    description = "Runs tightly coupled Java programs on MPI and libfabric.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Weft implements Runnable {
  @Spec private CommandSpec spec;

  /** Made by {@link #main} and by picocli. */
  public Weft() {}

  /**
   * Runs the command and ends the JVM with its exit status.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    ProcessArguments.set(arguments);
    System.exit(RankFailure.ownStatus(commandLine().execute(arguments)));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Weft());
    List<Subcommand> found =
        ServiceLoader.load(Subcommand.class, Weft.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(c -> c.getClass().getName()))
            .toList();
    found.forEach(line::addSubcommand);
    describe(line);
    line.setExecutionExceptionHandler((exception, at, parsed) -> explain(exception));
    line.setParameterExceptionHandler(Weft::explainUsage);
    return line;
  }

  /** What is the same for all commands, but for those that end with statuses of their own. */
  private static void describe(CommandLine line) {
    line.getCommandSpec().versionProvider(new Version());
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    if (usage.exitCodeList().isEmpty()) {
      usage.exitCodeListHeading("%nExit status:%n");
      usage.exitCodeList(ExitStatus.MEANINGS);
    }
    line.getSubcommands().values().forEach(Weft::describe);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which command");
  }

  private static int explain(Exception exception) {
    return endJob(RankFailure.report(exception));
  }

  private static int explainUsage(ParameterException exception, String[] arguments) {
    CommandLine line = exception.getCommandLine();
    if (RankEnvironment.isRank(System.getenv())) {
      return endJob(RankFailure.report(ExitStatus.USAGE, exception.getMessage(), null));
    }
    line.getErr().println("weft: " + exception.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(exception, line.getErr());
    line.getErr().println("See '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return ExitStatus.USAGE;
  }

  /** A rank that gives up before it has joined the others keeps none of them waiting. */
  private static int endJob(int status) {
    HydraAbort.endJob(RankFailure.ownStatus(status), System.getenv());
    return status;
  }
}
