package io.weft.results.aws;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import io.weft.results.port.AuditLog;
import io.weft.results.port.CatalogStore;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.ObjectStore;
import io.weft.results.port.QueueName;
import io.weft.results.port.SentStore;
import io.weft.results.port.Site;
import io.weft.results.port.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The pipeline on AWS. Clients are made when they are first needed, so that a hook needs no more
 * than the topic; they share one pool of connections. Region and credentials are found as the AWS
 * command line finds them.
 */
public final class AwsSite implements Site {
  /** More than the most parts that are on their way. */
  private static final int MOST_CONNECTIONS = 100;

  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** A long poll is silent for 20 s. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final AwsSettings settings;
  private final SdkHttpClient http;
  private final Region region;
  private final ClientOverrideConfiguration calls;
  private S3Client s3;
  private SqsClient sqs;
  private SnsClient sns;
  private DynamoDbClient dynamo;

  private AwsSite(AwsSettings settings, ClientOverrideConfiguration calls) {
    this.settings = settings;
    this.calls = calls;
    this.region = region(settings);
    this.http =
        ApacheHttpClient.builder()
            .maxConnections(MOST_CONNECTIONS)
            .connectionTimeout(CONNECT)
            .socketTimeout(SILENCE)
            // A part is not worth a round trip before it is sent.
            .expectContinueEnabled(false)
            .build();
  }

  /**
   * The site for workers, whose requests may take long.
   *
   * @param settings where its parts are
   * @return the site; to be closed
   */
  public static AwsSite forWorkers(AwsSettings settings) {
    return new AwsSite(settings, ClientOverrideConfiguration.builder().build());
  }

  /**
   * The site for hooks, at the end of a job: a request that has no answer within seconds fails.
   *
   * @param settings where its parts are
   * @param patience for each request, with all that the SDK tries
   * @return the site; to be closed
   */
  public static AwsSite forHooks(AwsSettings settings, Duration patience) {
    return new AwsSite(
        settings, ClientOverrideConfiguration.builder().apiCallTimeout(patience).build());
  }

  /** The topic's own, if it is known: a hook asks nobody for what its settings say. */
  private static Region region(AwsSettings settings) {
    Optional<String> ofTopic = settings.regionOfTopic();
    if (ofTopic.isPresent()) {
      return Region.of(ofTopic.get());
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkClientException none) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "no AWS region is set: set AWS_REGION, or run 'aws configure'; or give --local DIR for a"
              + " pipeline on this machine");
    }
  }

  private <B extends AwsClientBuilder<B, ?>> B with(B builder) {
    return builder.region(region).overrideConfiguration(calls);
  }

  @Override
  public Topic topic() {
    return new SnsTopic(sns(), settings.get(AwsSettings.TOPIC));
  }

  private synchronized SnsClient sns() {
    if (sns == null) {
      sns = with(SnsClient.builder()).httpClient(http).build();
    }
    return sns;
  }

  private static String variable(QueueName name) {
    return switch (name) {
      case SHIP -> AwsSettings.SHIP_QUEUE;
      case CATALOG -> AwsSettings.CATALOG_QUEUE;
      case ALERTS -> AwsSettings.ALERTS_QUEUE;
      case AUDIT -> AwsSettings.AUDIT_QUEUE;
      case WEBHOOK -> AwsSettings.WEBHOOK_QUEUE;
    };
  }

  @Override
  public List<QueueName> queues() {
    List<QueueName> known =
        Stream.of(QueueName.values()).filter(name -> settings.has(variable(name))).toList();
    if (known.isEmpty()) {
      // Says what to set.
      settings.get(AwsSettings.SHIP_QUEUE);
    }
    return known;
  }

  @Override
  public synchronized MessageQueue queue(QueueName name) {
    String url = settings.get(variable(name));
    if (sqs == null) {
      sqs = with(SqsClient.builder()).httpClient(http).build();
    }
    return new SqsQueue(sqs, url);
  }

  @Override
  public synchronized ObjectStore objects() {
    return new S3Bucket(
        s3(), settings.get(AwsSettings.BUCKET), settings.get(AwsSettings.BUCKET_OWNER));
  }

  private S3Client s3() {
    if (s3 == null) {
      s3 = with(S3Client.builder()).httpClient(http).build();
    }
    return s3;
  }

  @Override
  public synchronized CatalogStore catalog() {
    return new DynamoCatalog(dynamo(), settings.get(AwsSettings.TABLE));
  }

  @Override
  public synchronized SentStore sent() {
    return new DynamoSent(dynamo(), settings.get(AwsSettings.SENT_TABLE));
  }

  @Override
  public synchronized AuditLog audit() {
    return new LockedAudit(
        s3(),
        settings.get(AwsSettings.BUCKET),
        settings.get(AwsSettings.BUCKET_OWNER),
        settings.days(AwsSettings.AUDIT_DAYS));
  }

  /**
   * The topic by which people are told of failed runs.
   *
   * @return the topic, which is a standard one: it feeds mailboxes
   */
  public AlertTopic alerts() {
    return new AlertTopic(sns(), settings.get(AwsSettings.ALERT_TOPIC));
  }

  private DynamoDbClient dynamo() {
    if (dynamo == null) {
      dynamo = with(DynamoDbClient.builder()).httpClient(http).build();
    }
    return dynamo;
  }

  @Override
  public synchronized void close() {
    if (s3 != null) {
      s3.close();
    }
    if (sqs != null) {
      sqs.close();
    }
    if (sns != null) {
      sns.close();
    }
    if (dynamo != null) {
      dynamo.close();
    }
    http.close();
  }
}
