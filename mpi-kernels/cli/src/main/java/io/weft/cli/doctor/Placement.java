package io.weft.cli.doctor;

import io.weft.cli.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where an instance is, as its metadata says.
 *
 * @param host the host's name
 * @param onEc2 whether the host is an instance of EC2 at all
 * @param instanceId such as {@code i-0123456789abcdef0}; empty if unknown
 * @param instanceType such as {@code hpc7a.96xlarge}; empty if unknown
 * @param zone the availability zone; empty if unknown
 * @param group the placement group; empty if in none
 * @param securityGroups ids with commas between; empty if unknown
 * @param failure why the metadata could not be read; empty if they could, or on no EC2
 */
public record Placement(
    String host,
    boolean onEc2,
    String instanceId,
    String instanceType,
    String zone,
    String group,
    String securityGroups,
    String failure) {

  static Placement elsewhere(String host) {
    return new Placement(host, false, "", "", "", "", "", "");
  }

  static Placement unknown(String host, String failure) {
    return new Placement(host, true, "", "", "", "", "", failure);
  }

  /**
   * Its form in {@code result.json} and between ranks.
   *
   * @return an object with a field for each component
   */
  public ObjectNode json() {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("host", host);
    node.put("onEc2", onEc2);
    node.put("instanceId", instanceId);
    node.put("instanceType", instanceType);
    node.put("zone", zone);
    node.put("group", group);
    node.put("securityGroups", securityGroups);
    node.put("failure", failure);
    return node;
  }

  /**
   * Reads what {@link #json} gave.
   *
   * @param node an object
   * @return the same placement
   */
  public static Placement of(JsonNode node) {
    return new Placement(
        node.get("host").asString(),
        node.get("onEc2").asBoolean(),
        node.get("instanceId").asString(),
        node.get("instanceType").asString(),
        node.get("zone").asString(),
        node.get("group").asString(),
        node.get("securityGroups").asString(),
        node.get("failure").asString());
  }
}
