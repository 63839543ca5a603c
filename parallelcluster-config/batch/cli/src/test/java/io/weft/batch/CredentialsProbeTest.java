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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  private static final String ROLE = "arn:aws:iam::111122223333:role/weft-node";

  /** What the aws command answers, by its words; a command that is not here is not installed. */
  private final Map<String, Machine.Output> commands = new HashMap<>();

  private Machine machine(Map<String, String> environment) {
    return (Machine)
        Proxy.newProxyInstance(
            Machine.class.getClassLoader(),
            new Class<?>[] {Machine.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "environment" -> environment;
                  case "run" ->
                      commands.get(
                          ((List<?>) arguments[0])
                              .stream().map(Object::toString).collect(Collectors.joining(" ")));
                  default -> throw new AssertionError("it looks at " + method.getName());
                });
  }

  /** As the command prints it: the CLI reference's examples of both. */
  private void simulates(String caller, String principal, int status, String decision) {
    commands.put(
        "aws sts get-caller-identity --output json",
        new Machine.Output(
            0,
            "{\"UserId\":\"AROA\",\"Account\":\"111122223333\",\"Arn\":\"" + caller + "\"}",
            ""));
    commands.put(
        "aws iam simulate-principal-policy --policy-source-arn "
            + principal
            + " --action-names sns:Publish --resource-arns "
            + TOPIC
            + " --output json",
        new Machine.Output(
            status,
            "{\"EvaluationResults\":[{\"EvalActionName\":\"sns:Publish\",\"EvalResourceName\":\"%s\",\"EvalDecision\":\"%s\"}]}"
                .formatted(TOPIC, decision),
            status == 0 ? "" : "An error occurred (AccessDenied)"));
  }

  private Finding permission() {
    return look(SOME, Map.of(CredentialsProbe.TOPIC, TOPIC)).getLast();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "allowed, OK, as IAM simulates it",
    "implicitDeny, ERROR, may not publish",
    "explicitDeny, ERROR, may not publish",
    "whatever, WARNING, not understood"
  })
  @DisplayName("a role's session is asked for as its role")
  void permission(String decision, Severity severity, String says) {
    simulates("arn:aws:sts::111122223333:assumed-role/weft-node/i-0abc", ROLE, 0, decision);
    Finding found = permission();
    assertEquals(severity, found.severity(), found::toString);
    assertTrue(found.why().contains(says), found::toString);
  }

  @Test
  @DisplayName("who may not ask IAM gets a warning with the command for who may")
  void permissionUnknown() {
    Finding found = permission();
    assertEquals(Severity.WARNING, found.severity());
    assertTrue(found.why().contains("aws command"), found::toString);
    String user = "arn:aws:iam::111122223333:user/ann";
    simulates(user, user, 254, "allowed");
    found = permission();
    assertEquals(Severity.WARNING, found.severity());
    assertTrue(found.toDo().contains("--policy-source-arn " + user), found::toString);
  }

  private List<Finding> look(AwsCredentialsProvider provider, Map<String, String> environment) {
    List<Finding> found =
        new CredentialsProbe(provider, URI.create(aws.url())).look(machine(environment));
    assertFalse(found.toString().contains(SECRET), "a secret was told");
    assertFalse(found.toString().contains("AKIDEXAMPLE"), "a whole key was told");
    return found;
  }

  private Finding topic(Severity severity, String says) {
    // The credentials come first, then the topic, then whether IAM lets them publish.
    Finding found = look(SOME, Map.of(CredentialsProbe.TOPIC, TOPIC)).get(1);
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
    assertTrue(topic(Severity.WARNING, "not authorized").toDo().contains("GetTopicAttributes"));
  }

  @Test
  @DisplayName("what is no topic is told without a call")
  void noTopic() {
    Finding found = look(SOME, Map.of(CredentialsProbe.TOPIC, "results")).getLast();
    assertEquals(Severity.ERROR, found.severity());
    assertTrue(found.why().contains("no ARN"), found::why);
  }
}
