package io.weft.results.lambda;

import io.weft.results.Refused;
import io.weft.results.aws.AwsSettings;
import io.weft.results.aws.AwsSite;
import io.weft.results.catalog.BucketSummaries;
import io.weft.results.catalog.CatalogKeeper;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueName;
import io.weft.results.port.Site;

/** The function that keeps the catalog. */
public final class CatalogHandler extends BatchHandler {
  /** Made by Lambda, with settings from the function's variables. */
  public CatalogHandler() {
    this(AwsSite.forWorkers(new AwsSettings(System.getenv())));
  }

  CatalogHandler(Site site) {
    super(site.queue(QueueName.CATALOG), work(site));
  }

  private static Work work(Site site) {
    MessageQueue queue = site.queue(QueueName.CATALOG);
    CatalogKeeper keeper =
        new CatalogKeeper(site.catalog(), new BucketSummaries(site.objects()), site.objects());
    return message -> {
      try {
        keeper.apply(message.body());
      } catch (Refused refused) {
        System.err.println(
            "message " + message.id() + " is a dead letter: " + refused.getMessage());
        queue.deadLetter(message, refused.getMessage());
      }
      return true;
    };
  }
}
