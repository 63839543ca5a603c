package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.results.alerts.Alarm;
import io.weft.results.alerts.AlertReader;
import io.weft.results.aws.AwsSite;
import io.weft.results.port.Site;
import io.weft.results.webhook.AlertWebhooks;
import java.nio.file.Path;
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
          + " standard output; with --subscribers by webhooks instead."
    },
    mixinStandardHelpOptions = true)
public final class AlertsCommand implements Callable<Integer> {
  private static final String SUBSCRIBERS = "WEFT_RESULTS_ALERT_SUBSCRIBERS";

  @Option(names = "--serve", description = "Go on until interrupted, waiting for more.")
  private boolean serve;

  @Option(
      names = "--subscribers",
      paramLabel = "FILE",
      defaultValue = "${env:" + SUBSCRIBERS + "}",
      description =
          "Who is told by webhooks, each once of each alert: a file as 'weft results webhooks' has"
              + " (default: "
              + SUBSCRIBERS
              + ").")
  private Path subscribers;

  @Mixin private SiteOptions site;

  /** Made by picocli. */
  public AlertsCommand() {}

  @Override
  public Integer call() throws Exception {
    return SiteOptions.told(
        () -> {
          try (Site open = site.open();
              AlertWebhooks webhooks =
                  subscribers == null ? null : new AlertWebhooks(open, subscribers)) {
            AlertReader reader =
                new AlertReader(
                    open,
                    webhooks == null ? alarm(open) : webhooks,
                    line -> System.err.println("weft: " + line));
            if (serve) {
              reader.serve();
            }
            return reader.untilEmpty() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
          }
        });
  }

  private static Alarm alarm(Site site) {
    if (site instanceof AwsSite aws) {
      return (id, subject, text) -> aws.alerts().publish(subject, text);
    }
    return (id, subject, text) ->
        System.out.println(subject + "\n" + text.indent(2).stripTrailing());
  }
}
