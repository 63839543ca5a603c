package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import io.weft.results.port.Site;
import io.weft.results.webhook.Webhooks;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weft results webhooks}: tells those outside who wait for results. */
@Command(
    name = "webhooks",
    description = {
      "Tells subscribers of results that are whole in the bucket, and ends when there are no more"
          + " of them.",
      "Messages are signed as Standard Webhooks says; each subscriber is told once of each result."
          + " Subscribers are reached over https, at public addresses only, and are not followed"
          + " elsewhere."
    },
    mixinStandardHelpOptions = true)
public final class WebhooksCommand implements Callable<Integer> {
  private static final String SUBSCRIBERS = "WEFT_RESULTS_SUBSCRIBERS";

  @Option(names = "--serve", description = "Go on until interrupted, waiting for more.")
  private boolean serve;

  @Option(
      names = "--subscribers",
      paramLabel = "FILE",
      defaultValue = "${env:" + SUBSCRIBERS + "}",
      description = {
        "Who is told: {\"subscribers\": [{\"name\": \"ci\", \"url\": \"https://...\","
            + " \"secret\": \"file:/...\", \"perSecond\": 5}]} (default: "
            + SUBSCRIBERS
            + ").",
        "A secret is a file that others cannot read, of one line or two (whsec_...), or the ARN"
            + " of one in AWS Secrets Manager; two are live while one takes over."
      })
  private Path subscribers;

  @Mixin private SiteOptions site;

  /** Made by picocli. */
  public WebhooksCommand() {}

  @Override
  public Integer call() throws Exception {
    if (subscribers == null) {
      throw new WeftException(
          ExitStatus.USAGE, "nobody is told: give --subscribers FILE, or set " + SUBSCRIBERS);
    }
    return SiteOptions.told(
        () -> {
          try (Site open = site.open();
              Webhooks webhooks =
                  new Webhooks(open, subscribers, line -> System.err.println("weft: " + line))) {
            if (serve) {
              webhooks.serve();
            }
            return webhooks.untilEmpty() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
          }
        });
  }
}
