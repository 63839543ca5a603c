package io.weft.results.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A moto server on loopback, with the pipeline's parts in it: a versioned bucket, a FIFO topic that
 * feeds a standard queue, a queue for the catalog, both with dead-letter queues, and the table.
 * Chosen because it judges {@code If-None-Match} of puts and of completed uploads, feeds standard
 * queues from FIFO topics and takes 1 MiB messages. It neither compares nor keeps checksums.
 */
public final class Moto implements AutoCloseable {
  static final String BUCKET = "weft-results";
  private static final String REGION = "eu-west-1";
  private static final String ACCOUNT = "111122223333";
  private static final int START_SECONDS = 120;
  private static final int INSTALL_MINUTES = 8;
  private static final Pattern LISTENS =
      Pattern.compile("Running on http://127\\.0\\.0\\.1:(\\d+)");
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  private final Process process;
  private final int port;
  private final Map<String, String> variables = new HashMap<>();

  private Moto(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server, empty.
   *
   * @param directory for its log
   * @return the server; to be closed
   * @throws IOException if it cannot be started
   * @throws InterruptedException if the thread is told to end
   */
  public static Moto start(Path directory) throws IOException, InterruptedException {
    Path log = Files.createTempFile(directory, "moto-", ".log");
    ProcessBuilder builder =
        // It chooses a port that is free and says which: nobody can take it meanwhile.
        new ProcessBuilder(
                environment(directory).resolve("bin/moto_server").toString(),
                "-H",
                "127.0.0.1",
                "-p",
                "0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("MOTO_ACCOUNT_ID", ACCOUNT);
    Process process = builder.start();
    Moto moto;
    try {
      moto = new Moto(process, port(process, log));
    } catch (Throwable failure) {
      process.destroyForcibly();
      throw failure;
    }
    moto.set("AWS_ENDPOINT_URL", moto.url());
    moto.set("AWS_REGION", REGION);
    moto.set("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    moto.set("AWS_SECRET_ACCESS_KEY", "secret");
    moto.set("AWS_EC2_METADATA_DISABLED", "true");
    return moto;
  }

  /** The Python environment of the lock file, made where it is not there yet. */
  private static Path environment(Path directory) throws IOException, InterruptedException {
    String script =
        """
        set -euo pipefail
        for lib in say python; do source scripts/lib/$lib.sh; done
        python_env "$WEFT_ROOT/parallelcluster-config/results-pipeline/moto"
        echo "$PYTHON_ENV"
        """;
    Path answer = directory.resolve("environment");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", script)
            .directory(ROOT.toFile())
            .redirectOutput(answer.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("WEFT_ROOT", ROOT.toString());
    Process process = builder.start();
    try {
      // Packages are fetched the first time, from servers that may not answer.
      assertTrue(
          process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES),
          "no Python environment for moto within " + INSTALL_MINUTES + " minutes");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), "no Python environment for moto; see the messages above");
    return Path.of(Files.readString(answer).strip());
  }

  /** Where it says that it listens, which is when it does. */
  private static int port(Process process, Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() - deadline < 0) {
      Matcher said = LISTENS.matcher(Files.readString(log));
      if (said.find()) {
        return Integer.parseInt(said.group(1));
      }
      if (!process.isAlive()) {
        fail("moto ended: " + Files.readString(log));
      }
      Thread.sleep(50);
    }
    return fail("moto does not listen: " + Files.readString(log));
  }

  int port() {
    return port;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  void set(String name, String value) {
    variables.put(name, value);
  }

  /** What a process needs in its environment to find all of it. */
  Map<String, String> variables() {
    return variables;
  }

  /** The SDK reads these as it reads its variables. */
  public void useInThisProcess() {
    System.setProperty("aws.endpointUrl", url());
    System.setProperty("aws.region", REGION);
    System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
    System.setProperty("aws.secretAccessKey", "secret");
  }

  AwsSettings settings() {
    return new AwsSettings(variables);
  }

  /** Makes topic, queues, bucket and table. */
  Moto furnish() {
    useInThisProcess();
    try (S3Client s3 = S3Client.create();
        SqsClient sqs = SqsClient.create();
        SnsClient sns = SnsClient.create();
        DynamoDbClient dynamo = DynamoDbClient.create()) {
      s3.createBucket(r -> r.bucket(BUCKET));
      s3.putBucketVersioning(
          r ->
              r.bucket(BUCKET)
                  .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
      String ship = queue(sqs, "ship");
      String topic =
          sns.createTopic(r -> r.name("runs.fifo").attributes(Map.of("FifoTopic", "true")))
              .topicArn();
      sns.subscribe(
          r ->
              r.topicArn(topic)
                  .protocol("sqs")
                  .endpoint(arn(sqs, ship))
                  .attributes(Map.of("RawMessageDelivery", "true")));
      dynamo.createTable(
          r ->
              r.tableName("catalog")
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(
                      AttributeDefinition.builder()
                          .attributeName("key")
                          .attributeType(ScalarAttributeType.S)
                          .build())
                  .keySchema(
                      KeySchemaElement.builder()
                          .attributeName("key")
                          .keyType(KeyType.HASH)
                          .build()));
      set(AwsSettings.TOPIC, topic);
      set(AwsSettings.BUCKET, BUCKET);
      set(AwsSettings.BUCKET_OWNER, ACCOUNT);
      set(AwsSettings.SHIP_QUEUE, ship);
      set(AwsSettings.CATALOG_QUEUE, queue(sqs, "catalog"));
      set(AwsSettings.TABLE, "catalog");
    }
    return this;
  }

  private static String queue(SqsClient sqs, String name) {
    String dead = sqs.createQueue(r -> r.queueName(name + "-dlq")).queueUrl();
    String policy =
        "{\"deadLetterTargetArn\": \"%s\", \"maxReceiveCount\": \"100\"}".formatted(arn(sqs, dead));
    return sqs.createQueue(
            r -> r.queueName(name).attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)))
        .queueUrl();
  }

  private static String arn(SqsClient sqs, String url) {
    return sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .get(QueueAttributeName.QUEUE_ARN);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
