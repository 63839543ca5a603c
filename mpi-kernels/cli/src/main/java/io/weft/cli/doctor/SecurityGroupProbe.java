package io.weft.cli.doctor;

import io.weft.cli.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * EFA's security group must let all traffic in from itself and out to itself; a rule that names
 * addresses does not do (Open MPI #6795). The AWS command line is asked, if it is there and may.
 *
 * @param here where this instance is
 */
record SecurityGroupProbe(Placement here) implements Probe {
  private static final String SUBJECT = "security group";

  @Override
  public List<Finding> look(Machine machine) {
    if (!here.onEc2() || EfaDeviceProbe.devices(machine).isEmpty()) {
      return List.of(Finding.ok(SUBJECT, "no EFA of EC2 here: there is no rule to look for"));
    }
    if (here.securityGroups().isEmpty()) {
      return List.of(unknown("the metadata name no group", "sg-..."));
    }
    List<String> command =
        new ArrayList<>(List.of("aws", "ec2", "describe-security-groups", "--output", "json"));
    if (here.zone().length() > 1) {
      command.addAll(List.of("--region", here.zone().substring(0, here.zone().length() - 1)));
    }
    command.add("--group-ids");
    command.addAll(List.of(here.securityGroups().split(",")));
    Machine.Output said = machine.run(command);
    String by = String.join(" ", command);
    if (said == null || said.status() != 0) {
      String why = said == null ? "the aws command is not there" : said.err().strip();
      return List.of(unknown(why.isEmpty() ? "the aws command failed" : why, by));
    }
    try {
      return List.of(judge(Json.MAPPER.readTree(said.out())));
    } catch (JacksonException noJson) {
      return List.of(unknown("the aws command printed no JSON", by));
    }
  }

  private static Finding unknown(String why, String command) {
    return Finding.warning(
        SUBJECT,
        "not looked at: " + why,
        "check that it lets everything in from itself and out to itself: " + command);
  }

  private static Finding judge(JsonNode answer) {
    List<String> lacking = new ArrayList<>();
    for (JsonNode group : answer.path("SecurityGroups")) {
      String id = group.path("GroupId").asString();
      boolean in = hasSelfRule(group.path("IpPermissions"), id);
      boolean out = hasSelfRule(group.path("IpPermissionsEgress"), id);
      if (in && out) {
        return Finding.ok(SUBJECT, id + " lets everything in from itself and out to itself");
      }
      lacking.add(
          id
              + " lacks "
              + (in ? "" : "ingress")
              + (in || out ? "" : " and ")
              + (out ? "" : "egress"));
    }
    return Finding.error(
        SUBJECT,
        "no group lets all traffic through to itself, which EFA needs: "
            + String.join("; ", lacking),
        "add both rules with protocol -1 and the group itself as peer");
  }

  private static boolean hasSelfRule(JsonNode rules, String id) {
    for (JsonNode rule : rules) {
      if (rule.path("IpProtocol").asString().equals("-1")) {
        for (JsonNode pair : rule.path("UserIdGroupPairs")) {
          if (pair.path("GroupId").asString().equals(id)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
