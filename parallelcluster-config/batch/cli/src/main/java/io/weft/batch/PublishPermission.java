package io.weft.batch;

import io.weft.cli.Json;
import io.weft.cli.doctor.Finding;
import io.weft.cli.doctor.Machine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Whether IAM's policies let these credentials publish to a topic: IAM is asked to simulate it,
 * through the AWS command line, since SNS has no dry run of Publish. The simulation knows the
 * caller's policies and not the topic's own.
 *
 * @param machine where the command is started
 * @param topic the topic's ARN
 */
record PublishPermission(Machine machine, String topic) {
  private static final String SUBJECT = "publishing";

  /** A session of a role: {@code arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION}. */
  private static final Pattern SESSION =
      Pattern.compile("arn:([^:]+):sts::(\\d+):assumed-role/([^/]+)/.*");

  Finding look() {
    JsonNode caller = ask(List.of("aws", "sts", "get-caller-identity", "--output", "json"));
    if (caller == null) {
      return unknown("the aws command is not there, or does not say who it is", "PRINCIPAL");
    }
    String principal = principal(caller.path("Arn").asString(""));
    JsonNode answer =
        ask(
            List.of(
                "aws",
                "iam",
                "simulate-principal-policy",
                "--policy-source-arn",
                principal,
                "--action-names",
                "sns:Publish",
                "--resource-arns",
                topic,
                "--output",
                "json"));
    if (answer == null) {
      return unknown(principal + " may not ask IAM, or is not found by it", principal);
    }
    String decision = answer.at("/EvaluationResults/0/EvalDecision").asString("");
    return switch (decision) {
      case "allowed" ->
          Finding.ok(SUBJECT, principal + " may publish to " + topic + ", as IAM simulates it");
      case "implicitDeny", "explicitDeny" ->
          Finding.error(
              SUBJECT,
              "%s may not publish to %s: IAM simulates %s".formatted(principal, topic, decision),
              "attach the results pipeline's publish-only policy to the role or user");
      default -> unknown("IAM's answer is not understood: '" + decision + "'", principal);
    };
  }

  private static String principal(String arn) {
    Matcher session = SESSION.matcher(arn);
    return session.matches()
        ? "arn:%s:iam::%s:role/%s".formatted(session.group(1), session.group(2), session.group(3))
        : arn;
  }

  /** The command's JSON; null if it is not there, fails, or prints something else. */
  private JsonNode ask(List<String> command) {
    Machine.Output said = machine.run(command);
    if (said == null || said.status() != 0) {
      return null;
    }
    try {
      return Json.MAPPER.readTree(said.out());
    } catch (JacksonException noJson) {
      return null;
    }
  }

  private Finding unknown(String why, String principal) {
    return Finding.warning(
        SUBJECT,
        "not proved that these credentials may publish: " + why,
        "with rights to ask: aws iam simulate-principal-policy --policy-source-arn "
            + principal
            + " --action-names sns:Publish --resource-arns "
            + topic);
  }
}
