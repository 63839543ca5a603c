package io.weft.results.lambda;

import io.weft.results.alerts.Alarm;
import io.weft.results.alerts.AlertReader;
import io.weft.results.aws.AwsSettings;
import io.weft.results.aws.AwsSite;
import io.weft.results.port.QueueName;
import io.weft.results.port.Site;
import java.util.List;

/** The function that tells people of failed runs. */
public final class AlertsHandler extends BatchHandler {
  /** Made by Lambda, with settings from the function's variables. */
  public AlertsHandler() {
    this(AwsSite.forWorkers(new AwsSettings(System.getenv())));
  }

  private AlertsHandler(AwsSite site) {
    this(site, (id, subject, text) -> site.alerts().publish(subject, text));
  }

  AlertsHandler(Site site, Alarm alarm) {
    super(site.queue(QueueName.ALERTS), work(new AlertReader(site, alarm, System.err::println)));
  }

  private static Work work(AlertReader reader) {
    return message -> reader.work(List.of(message)).again().isEmpty();
  }
}
