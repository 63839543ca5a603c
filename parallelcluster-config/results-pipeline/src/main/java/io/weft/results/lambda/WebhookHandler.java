package io.weft.results.lambda;

import io.weft.results.aws.AwsSettings;
import io.weft.results.aws.AwsSite;
import io.weft.results.port.QueueName;
import io.weft.results.port.Site;
import io.weft.results.webhook.Webhooks;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The function that tells subscribers. Their file is part of the function's archive, and its
 * secrets are of AWS Secrets Manager.
 */
public final class WebhookHandler extends BatchHandler {
  private static final Path SUBSCRIBERS = Path.of("/var/task/subscribers.json");

  /**
   * Made by Lambda, with settings from the function's variables.
   *
   * @throws IOException if the archive names no subscribers
   */
  public WebhookHandler() throws IOException {
    this(AwsSite.forWorkers(new AwsSettings(System.getenv())), SUBSCRIBERS);
  }

  WebhookHandler(Site site, Path subscribers) throws IOException {
    super(
        site.queue(QueueName.WEBHOOK), new Webhooks(site, subscribers, System.err::println)::work);
  }
}
