package io.weft.results.aws;

import io.weft.results.Digests;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueDepth;
import io.weft.results.port.Received;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A queue of SQS; its redrive policy says which is its dead-letter queue. */
final class SqsQueue implements MessageQueue {
  /** SQS takes ten, and a dead letter gets its reason. */
  private static final int MOST_ATTRIBUTES = 9;

  private static final String FIFO = ".fifo";
  private static final String GROUP = "again";
  private static final String TEXT = "String";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final SqsClient sqs;
  private final String url;

  /** Asked for once. */
  private String deadLetterUrl;

  SqsQueue(SqsClient sqs, String url) {
    this.sqs = sqs;
    this.url = url;
  }

  @Override
  public void send(String body, Map<String, String> attributes) throws IOException {
    send(url, body, attributes);
  }

  private void send(String to, String body, Map<String, String> attributes) throws IOException {
    Map<String, MessageAttributeValue> values = new HashMap<>();
    attributes.forEach(
        (name, value) ->
            values.put(
                name, MessageAttributeValue.builder().dataType(TEXT).stringValue(value).build()));
    AwsFailure.in(
        "SendMessage to " + to,
        () ->
            sqs.sendMessage(
                r -> {
                  r.queueUrl(to).messageBody(body).messageAttributes(values);
                  if (to.endsWith(FIFO)) {
                    // What comes back from dead letters has lost its place in any order.
                    r.messageGroupId(GROUP).messageDeduplicationId(Digests.hex(body));
                  }
                }));
  }

  @Override
  public List<Received> receive(int most, Duration patience, Duration visibility)
      throws IOException {
    ReceiveMessageResponse answer =
        AwsFailure.in(
            "ReceiveMessage from " + url,
            () ->
                sqs.receiveMessage(
                    r ->
                        r.queueUrl(url)
                            .maxNumberOfMessages(most)
                            .waitTimeSeconds((int) patience.toSeconds())
                            .visibilityTimeout((int) visibility.toSeconds())
                            .messageAttributeNames("All")
                            .messageSystemAttributeNames(
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)));
    return answer.messages().stream().map(SqsQueue::received).toList();
  }

  private static Received received(Message message) {
    Map<String, String> attributes = new HashMap<>();
    message
        .messageAttributes()
        .forEach(
            (name, value) -> {
              if (value.stringValue() != null && attributes.size() < MOST_ATTRIBUTES) {
                attributes.put(name, value.stringValue());
              }
            });
    return new Received(
        message.messageId(),
        message.receiptHandle(),
        message.body(),
        attributes,
        Integer.parseInt(
            message
                .attributes()
                .getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")));
  }

  @Override
  public void extend(Received message, Duration visibility) throws IOException {
    AwsFailure.in(
        "ChangeMessageVisibility in " + url,
        () ->
            sqs.changeMessageVisibility(
                r ->
                    r.queueUrl(url)
                        .receiptHandle(message.receipt())
                        .visibilityTimeout((int) visibility.toSeconds())));
  }

  @Override
  public void delete(Received message) throws IOException {
    AwsFailure.in(
        "DeleteMessage from " + url,
        () -> sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receipt())));
  }

  @Override
  public void deadLetter(Received message, String reason) throws IOException {
    Map<String, String> attributes = new HashMap<>(message.attributes());
    attributes.put(REASON, reason);
    send(deadLetterUrl(), message.body(), attributes);
    delete(message);
  }

  private synchronized String deadLetterUrl() throws IOException {
    if (deadLetterUrl == null) {
      String policy =
          AwsFailure.in(
              "GetQueueAttributes of " + url,
              () ->
                  sqs.getQueueAttributes(
                          r -> r.queueUrl(url).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                      .attributes()
                      .getOrDefault(QueueAttributeName.REDRIVE_POLICY, "{}"));
      String arn = arn(policy);
      // arn:PARTITION:sqs:REGION:ACCOUNT:NAME
      String[] parts = arn.split(":");
      if (parts.length != 6) {
        throw new IOException("the queue " + url + " has no dead-letter queue: mend its stack");
      }
      deadLetterUrl =
          AwsFailure.in(
              "GetQueueUrl of " + arn,
              () ->
                  sqs.getQueueUrl(r -> r.queueName(parts[5]).queueOwnerAWSAccountId(parts[4]))
                      .queueUrl());
    }
    return deadLetterUrl;
  }

  private static String arn(String policy) throws IOException {
    try {
      JsonNode arn = MAPPER.readTree(policy).path("deadLetterTargetArn");
      return arn.isString() ? arn.asString() : "";
    } catch (JacksonException malformed) {
      throw new IOException("a queue's redrive policy is no JSON: " + policy, malformed);
    }
  }

  @Override
  public QueueDepth depth() throws IOException {
    Map<QueueAttributeName, String> counts =
        AwsFailure.in(
            "GetQueueAttributes of " + url,
            () ->
                sqs.getQueueAttributes(
                        r ->
                            r.queueUrl(url)
                                .attributeNames(
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                    .attributes());
    return new QueueDepth(
        Long.parseLong(counts.getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0")),
        Long.parseLong(
            counts.getOrDefault(
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0")));
  }

  @Override
  public MessageQueue deadLetters() {
    return new DeadLetters(this);
  }

  /** Asks for its address only when it is used. */
  private static final class DeadLetters implements MessageQueue {
    private final SqsQueue source;

    DeadLetters(SqsQueue source) {
      this.source = source;
    }

    private SqsQueue queue() throws IOException {
      return new SqsQueue(source.sqs, source.deadLetterUrl());
    }

    @Override
    public void send(String body, Map<String, String> attributes) throws IOException {
      queue().send(body, attributes);
    }

    @Override
    public List<Received> receive(int most, Duration patience, Duration visibility)
        throws IOException {
      return queue().receive(most, patience, visibility);
    }

    @Override
    public void extend(Received message, Duration visibility) throws IOException {
      queue().extend(message, visibility);
    }

    @Override
    public void delete(Received message) throws IOException {
      queue().delete(message);
    }

    @Override
    public void deadLetter(Received message, String reason) throws IOException {
      throw new IOException("a dead letter has nowhere else to go");
    }

    @Override
    public QueueDepth depth() throws IOException {
      return queue().depth();
    }

    @Override
    public MessageQueue deadLetters() {
      return this;
    }
  }
}
