package io.weft.batch;

import io.weft.cli.doctor.Finding;
import io.weft.cli.doctor.Machine;
import io.weft.cli.doctor.Probe;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsClientBuilder;

/**
 * Credentials of AWS: whether there are any, whether the topic of results is there for them, and
 * whether they may publish to it. Nothing is published.
 */
public final class CredentialsProbe implements Probe {
  /** Names the topic on which results are announced. */
  public static final String TOPIC = "WEFT_RESULTS_TOPIC";

  private static final String SUBJECT = "credentials";
  private static final String PUBLISHING = "publishing";
  private static final int ARN_PARTS = 6;
  private static final int REGION_PART = 3;
  private static final int SHOWN = 4;

  private final AwsCredentialsProvider provider;
  private final URI endpoint;

  /** Made by the service loader: looks where every AWS program looks. */
  public CredentialsProbe() {
    this(DefaultCredentialsProvider.builder().build(), null);
  }

  /** With a chain of a test's, and its server; null for AWS. */
  CredentialsProbe(AwsCredentialsProvider provider, URI endpoint) {
    this.provider = provider;
    this.endpoint = endpoint;
  }

  @Override
  public List<Finding> look(Machine machine) {
    String topic = machine.environment().getOrDefault(TOPIC, "");
    AwsCredentials credentials;
    try {
      credentials = provider.resolveCredentials();
    } catch (SdkClientException none) {
      String toDo = "aws configure, AWS_PROFILE, or a role for the instance or the job";
      return List.of(
          topic.isEmpty()
              ? Finding.ok(SUBJECT, "none, and none are needed: " + TOPIC + " is not set", toDo)
              : Finding.error(SUBJECT, "none, and " + TOPIC + " wants results published", toDo));
    }
    List<Finding> result = new ArrayList<>();
    String key = credentials.accessKeyId();
    result.add(
        Finding.ok(
            SUBJECT,
            "found: access key ..."
                + key.substring(Math.max(0, key.length() - SHOWN))
                + credentials.providerName().map(name -> ", by " + name).orElse("")));
    if (topic.isEmpty()) {
      result.add(Finding.ok(PUBLISHING, TOPIC + " is not set"));
      return result;
    }
    String[] parts = topic.split(":");
    if (parts.length != ARN_PARTS || !parts[0].equals("arn") || !parts[2].equals("sns")) {
      result.add(
          Finding.error(
              PUBLISHING,
              TOPIC + "=" + topic + " is no ARN of a topic",
              "set it to what the results pipeline's stack says, arn:aws:sns:REGION:ACCOUNT:NAME"));
      return result;
    }
    result.add(topic(topic, parts));
    result.add(new PublishPermission(machine, topic).look());
    return result;
  }

  private Finding topic(String topic, String[] parts) {
    String subject = PUBLISHING;
    SnsClientBuilder builder =
        SnsClient.builder()
            .region(Region.of(parts[REGION_PART]))
            .credentialsProvider(provider)
            .httpClient(ApacheHttpClient.create());
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    try (SnsClient sns = builder.build()) {
      sns.getTopicAttributes(request -> request.topicArn(topic));
      return Finding.ok(subject, topic + " is there for these credentials");
    } catch (AwsServiceException refused) {
      return refused(subject, topic, refused);
    } catch (SdkClientException unreachable) {
      return Finding.error(
          subject,
          "SNS in " + parts[REGION_PART] + " cannot be reached: " + unreachable.getMessage(),
          "a private subnet needs a NAT or an endpoint for SNS");
    }
  }

  private static Finding refused(String subject, String topic, AwsServiceException refused) {
    // What stands between may answer in words of its own, without a code.
    String code = String.valueOf(refused.awsErrorDetails().errorCode());
    String said = code + ": " + refused.awsErrorDetails().errorMessage();
    if (code.startsWith("AuthorizationError") || code.startsWith("AccessDenied")) {
      return Finding.warning(
          subject,
          topic + " may not be looked at (" + said + "), which says nothing of publishing",
          "allow sns:GetTopicAttributes too, which the results pipeline's publish-only policy"
              + " does");
    }
    return Finding.error(
        subject,
        topic + ": " + said,
        code.startsWith("NotFound")
            ? "create the results pipeline's stack, or mend " + TOPIC
            : "renew the credentials: aws configure, or for single sign-on aws sso login and aws"
                + " configure export-credentials");
  }
}
