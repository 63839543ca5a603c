package io.weft.results.aws;

import java.io.IOException;
import software.amazon.awssdk.services.sns.SnsClient;

/** A standard topic of SNS, whose subscribers are people. */
public final class AlertTopic {
  /** What SNS takes as the subject of an e-mail. */
  private static final int MOST_SUBJECT = 100;

  private final SnsClient sns;
  private final String arn;

  AlertTopic(SnsClient sns, String arn) {
    this.sns = sns;
    this.arn = arn;
  }

  /**
   * Tells its subscribers.
   *
   * @param subject of an e-mail; what SNS does not take of it is left out
   * @param text the message
   * @throws IOException if the topic cannot be reached or refuses
   */
  public void publish(String subject, String text) throws IOException {
    String line = subject.replaceAll("[^ -~]", "?").strip();
    String fits = line.length() <= MOST_SUBJECT ? line : line.substring(0, MOST_SUBJECT);
    AwsFailure.in(
        "Publish to " + arn, () -> sns.publish(r -> r.topicArn(arn).subject(fits).message(text)));
  }
}
