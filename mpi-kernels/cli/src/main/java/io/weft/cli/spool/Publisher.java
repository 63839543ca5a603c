package io.weft.cli.spool;

import io.weft.launch.JobIdentity;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** Hands whole bundles to the results pipeline, if one is there and set up. */
public final class Publisher {
  /** Settings of the pipeline begin so; without any there is nowhere to publish to. */
  static final String SETTINGS = "WEFT_RESULTS_";

  private static final String GROUP = "results";
  private static final String COMMAND = "announce";

  private final CommandLine announce;
  private final String lack;

  private Publisher(CommandLine announce, String lack) {
    this.announce = announce;
    this.lack = lack;
  }

  /**
   * Looks among the commands that modules have brought.
   *
   * @param root the command {@code weft}
   * @param environment the process's variables
   * @return the publisher, which may lack something
   */
  public static Publisher among(CommandLine root, Map<String, String> environment) {
    CommandLine group = root.getSubcommands().get(GROUP);
    CommandLine announce = group == null ? null : group.getSubcommands().get(COMMAND);
    if (announce == null) {
      return new Publisher(null, "this build has no command 'weft " + GROUP + " " + COMMAND + "'");
    }
    if (environment.keySet().stream().noneMatch(name -> name.startsWith(SETTINGS))) {
      return new Publisher(null, "no variable " + SETTINGS + "... is set");
    }
    return new Publisher(announce, null);
  }

  /**
   * Why nothing is published.
   *
   * @return what is missing; null if nothing is
   */
  public String lack() {
    return lack;
  }

  /**
   * Hands a bundle on.
   *
   * @param bundle its folder
   * @param job whose run it is
   * @return false if that failed, which the command has said
   */
  public boolean announce(Path bundle, JobIdentity job) {
    // A command line of its own: picocli starts a subcommand only through its root, which is busy.
    return new CommandLine(announce.getCommandSpec().userObject())
            .setExecutionExceptionHandler(announce.getExecutionExceptionHandler())
            .setParameterExceptionHandler(announce.getParameterExceptionHandler())
            .execute(bundle.toString(), "--job", job.argument())
        == 0;
  }
}
