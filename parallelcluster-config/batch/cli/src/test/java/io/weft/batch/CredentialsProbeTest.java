package io.weft.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.cli.doctor.Finding;
import io.weft.cli.doctor.Machine;
import io.weft.cli.doctor.Severity;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Credentials that are there or not, and a topic that is there, forbidden or gone. */
class CredentialsProbeTest {
  private static final String TOPIC = "arn:aws:sns:eu-west-1:111122223333:results";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final AwsCredentialsProvider SOME =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", SECRET));
  private static final AwsCredentialsProvider NONE =
      () -> {
        throw SdkClientException.create("Unable to load credentials");
      };

  private AwsStub aws;

  @BeforeEach
  void start() throws IOException {
    aws = new AwsStub();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private static Machine machine(Map<String, String> environment) {
    return (Machine)
        Proxy.newProxyInstance(
            Machine.class.getClassLoader(),
            new Class<?>[] {Machine.class},
            (proxy, method, arguments) -> {
              assertEquals("environment", method.getName(), "it looks at nothing else");
              return environment;
            });
  }

  private List<Finding> look(AwsCredentialsProvider provider, Map<String, String> environment) {
    List<Finding> found =
        new CredentialsProbe(provider, URI.create(aws.url())).look(machine(environment));
    assertFalse(found.toString().contains(SECRET), "a secret was told");
    assertFalse(found.toString().contains("AKIDEXAMPLE"), "a whole key was told");
    return found;
  }

  private Finding topic(Severity severity, String says) {
    Finding found = look(SOME, Map.of(CredentialsProbe.TOPIC, TOPIC)).getLast();
    assertEquals(severity, found.severity(), found::toString);
    assertTrue(found.why().contains(says), found::toString);
    return found;
  }

  @Test
  @DisplayName("none: no matter until something is to be published")
  void none() {
    assertEquals(Severity.OK, look(NONE, Map.of()).getFirst().severity());
    assertEquals(
        Severity.ERROR, look(NONE, Map.of(CredentialsProbe.TOPIC, TOPIC)).getFirst().severity());
  }

  @Test
  @DisplayName("there, and no topic: nothing is asked of AWS")
  void there() {
    List<Finding> found = look(SOME, Map.of());
    assertEquals(Severity.OK, found.getFirst().severity());
    assertTrue(found.getFirst().why().contains("...MPLE"), found::toString);
    assertEquals(Severity.OK, found.getLast().severity());
    assertTrue(aws.requests("GetTopicAttributes").isEmpty());
  }

  @Test
  @DisplayName("the topic answers")
  void topicThere() {
    aws.answer(
        "GetTopicAttributes",
        "<GetTopicAttributesResponse xmlns='http://sns.amazonaws.com/doc/2010-03-31/'>"
            + "<GetTopicAttributesResult><Attributes/></GetTopicAttributesResult>"
            + "</GetTopicAttributesResponse>");
    topic(Severity.OK, TOPIC + " is there");
    assertEquals(1, aws.requests("GetTopicAttributes").size());
    assertTrue(aws.requests("Publish").isEmpty(), "a look publishes nothing");
  }

  private static String error(String code, String message) {
    return "<ErrorResponse"
        + " xmlns='http://sns.amazonaws.com/doc/2010-03-31/'><Error><Type>Sender</Type>"
        + "<Code>"
        + code
        + "</Code><Message>"
        + message
        + "</Message></Error></ErrorResponse>";
  }

  @Test
  @DisplayName("the topic is gone")
  void topicGone() {
    aws.failure("GetTopicAttributes", 404, error("NotFound", "Topic does not exist"));
    topic(Severity.ERROR, "Topic does not exist");
  }

  @Test
  @DisplayName("the topic may not be looked at: no proof that publishing is forbidden")
  void topicForbidden() {
    aws.failure("GetTopicAttributes", 403, error("AuthorizationError", "not authorized"));
    assertTrue(topic(Severity.WARNING, "not authorized").toDo().contains("sns:Publish"));
  }

  @Test
  @DisplayName("what is no topic is told without a call")
  void noTopic() {
    Finding found = look(SOME, Map.of(CredentialsProbe.TOPIC, "results")).getLast();
    assertEquals(Severity.ERROR, found.severity());
    assertTrue(found.why().contains("no ARN"), found::why);
  }
}
