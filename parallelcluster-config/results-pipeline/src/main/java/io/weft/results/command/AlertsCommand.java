package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.results.alerts.Alarm;
import io.weft.results.alerts.AlertReader;
import io.weft.results.aws.AwsSite;
import io.weft.results.port.Site;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weft results alerts}: tells people of runs that failed. */
@Command(
    name = "alerts",
    description = {
      "Tells people of runs that failed, once for each job and attempt, and ends when there are no"
          + " more of them.",
      "On AWS by the topic WEFT_RESULTS_ALERT_TOPIC, to which mailboxes subscribe; with --local on"
          + " standard output."
    },
    mixinStandardHelpOptions = true)
public final class AlertsCommand implements Callable<Integer> {
  @Option(names = "--serve", description = "Go on until interrupted, waiting for more.")
  private boolean serve;

  @Mixin private SiteOptions site;

  /** Made by picocli. */
  public AlertsCommand() {}

  @Override
  public Integer call() throws Exception {
    return SiteOptions.told(
        () -> {
          try (Site open = site.open()) {
            AlertReader reader =
                new AlertReader(open, alarm(open), line -> System.err.println("weft: " + line));
            if (serve) {
              reader.serve();
            }
            return reader.untilEmpty() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
          }
        });
  }

  private static Alarm alarm(Site site) {
    if (site instanceof AwsSite aws) {
      return aws.alerts()::publish;
    }
    return (subject, text) -> System.out.println(subject + "\n" + text.indent(2).stripTrailing());
  }
}
