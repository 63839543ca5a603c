package io.weft.results.aws;

import io.weft.results.port.Topic;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** A FIFO topic of SNS. */
final class SnsTopic implements Topic {
  private final SnsClient sns;
  private final String arn;

  SnsTopic(SnsClient sns, String arn) {
    this.sns = sns;
    this.arn = arn;
  }

  @Override
  public void publish(
      String body, Map<String, String> attributes, String group, String deduplicationId)
      throws IOException {
    Map<String, MessageAttributeValue> values = new HashMap<>();
    attributes.forEach(
        (name, value) ->
            values.put(
                name,
                MessageAttributeValue.builder().dataType("String").stringValue(value).build()));
    AwsFailure.in(
        "Publish to " + arn,
        () ->
            sns.publish(
                r ->
                    r.topicArn(arn)
                        .message(body)
                        .messageAttributes(values)
                        .messageGroupId(group)
                        .messageDeduplicationId(deduplicationId)));
  }
}
