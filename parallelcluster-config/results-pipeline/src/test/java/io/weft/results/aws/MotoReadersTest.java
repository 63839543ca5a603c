package io.weft.results.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.port.SentStore.Claim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What alerts, webhooks and the audit need of AWS, against moto, which judges conditions of
 * DynamoDB and S3 and keeps locks.
 */
class MotoReadersTest {
  private static final String TABLE = "sent";
  private static final String LOCKED = "weft-audit";

  @TempDir private static Path folder;
  private static Moto moto;
  private static DynamoDbClient dynamo;
  private static S3Client s3;

  @BeforeAll
  static void start() throws Exception {
    moto = Moto.start(folder);
    moto.useInThisProcess();
    dynamo = DynamoDbClient.create();
    s3 = S3Client.create();
    dynamo.createTable(
        r ->
            r.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build()));
    s3.createBucket(r -> r.bucket(LOCKED).objectLockEnabledForBucket(true));
  }

  @AfterAll
  static void stop() throws Exception {
    if (dynamo != null) {
      dynamo.close();
      s3.close();
    }
    if (moto != null) {
      moto.close();
    }
  }

  @Test
  void aThingIsToldOnceForEver() throws IOException {
    DynamoSent sent = new DynamoSent(dynamo, TABLE);
    Duration lease = Duration.ofMinutes(5);
    assertEquals(Claim.MINE, sent.claim("a", lease));
    assertEquals(Claim.BUSY, sent.claim("a", lease));
    sent.release("a");
    assertEquals(Claim.MINE, sent.claim("a", lease));
    sent.sent("a");
    assertEquals(Claim.SENT, sent.claim("a", lease));
    // Somebody who was slow gives back a claim that is his no more.
    sent.release("a");
    assertEquals(Claim.SENT, sent.claim("a", lease));
    assertEquals(Claim.MINE, sent.claim("b", lease));
  }

  @Test
  void aLeaseEnds() throws IOException {
    DynamoSent sent = new DynamoSent(dynamo, TABLE);
    assertEquals(Claim.MINE, sent.claim("c", Duration.ZERO));
    assertEquals(Claim.MINE, sent.claim("c", Duration.ofMinutes(5)));
    assertEquals(Claim.BUSY, sent.claim("c", Duration.ofMinutes(5)));
  }

  @Test
  void ofManyOneGetsIt() throws Exception {
    DynamoSent sent = new DynamoSent(dynamo, TABLE);
    Callable<Claim> claim = () -> sent.claim("d", Duration.ofMinutes(5));
    int mine = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Claim> found : threads.invokeAll(java.util.Collections.nCopies(16, claim))) {
        mine += found.get() == Claim.MINE ? 1 : 0;
      }
    }
    assertEquals(1, mine);
  }

  @Test
  void theAuditIsLockedAndWrittenOnce() throws IOException {
    LockedAudit audit = new LockedAudit(s3, LOCKED, "111122223333", 365);
    byte[] line = "{}\n".getBytes(StandardCharsets.UTF_8);
    assertTrue(audit.append("audit/runs/x.jsonl", line));
    assertFalse(audit.append("audit/runs/x.jsonl", "[]\n".getBytes(StandardCharsets.UTF_8)));
    HeadObjectResponse head = s3.headObject(r -> r.bucket(LOCKED).key("audit/runs/x.jsonl"));
    assertEquals(3, head.contentLength());
    assertEquals(ObjectLockMode.GOVERNANCE, head.objectLockMode());
    // 365 whole days are left, as the bucket's policy on AWS wants it.
    Instant least = Instant.now().plus(365, ChronoUnit.DAYS);
    assertTrue(head.objectLockRetainUntilDate().isAfter(least));
    assertEquals(
        1,
        s3.listObjectVersions(r -> r.bucket(LOCKED).prefix("audit/runs/x.jsonl"))
            .versions()
            .size());
    LockedAudit nowhere = new LockedAudit(s3, "weft-nowhere", "111122223333", 365);
    assertThrows(IOException.class, () -> nowhere.append("audit/runs/x.jsonl", line));
  }

  @Test
  void peopleAreToldByATopic() throws Exception {
    try (SnsClient sns = SnsClient.create();
        SqsClient sqs = SqsClient.create()) {
      String topic = sns.createTopic(r -> r.name("alerts")).topicArn();
      String queue = sqs.createQueue(r -> r.queueName("mailbox")).queueUrl();
      String arn =
          sqs.getQueueAttributes(
                  r -> r.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
              .attributes()
              .get(QueueAttributeName.QUEUE_ARN);
      sns.subscribe(r -> r.topicArn(topic).protocol("sqs").endpoint(arn));
      new AlertTopic(sns, topic).publish("Weft: \u00e4 job failed " + "x".repeat(100), "why\nso");
      String envelope = sqs.receiveMessage(r -> r.queueUrl(queue)).messages().getFirst().body();
      var node = tools.jackson.databind.json.JsonMapper.builder().build().readTree(envelope);
      assertEquals("why\nso", node.path("Message").asString());
      assertEquals(
          ("Weft: ? job failed " + "x".repeat(100)).substring(0, 100),
          node.path("Subject").asString());
    }
  }

  @Test
  void deadLettersOfAFifoQueueCanGoBack() throws Exception {
    try (SqsClient sqs = SqsClient.create()) {
      String url =
          sqs.createQueue(
                  r ->
                      r.queueName("audit.fifo")
                          .attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
              .queueUrl();
      SqsQueue queue = new SqsQueue(sqs, url);
      queue.send("{\"a\": 1}", Map.of("status", "failed"));
      var found = queue.receive(10, Duration.ofSeconds(1), Duration.ofMinutes(1));
      assertEquals(List.of("{\"a\": 1}"), found.stream().map(m -> m.body()).toList());
      assertEquals("failed", found.getFirst().attributes().get("status"));
    }
  }
}
