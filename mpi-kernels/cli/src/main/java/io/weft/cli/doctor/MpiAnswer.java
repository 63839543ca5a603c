package io.weft.cli.doctor;

import io.weft.cli.Json;
import io.weft.comm.Transport;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What ranks said who were started to find out which network MPI takes.
 *
 * @param asked how they were started, in words
 * @param transport what carried their messages; null if they did not get so far
 * @param placements of their hosts
 * @param failure why there is no transport; null if there is
 */
record MpiAnswer(String asked, Transport transport, List<Placement> placements, String failure) {
  /** In front of the line in which rank 0 answers: launchers print lines of their own. */
  static final String MARK = "weft-doctor-answer ";

  static MpiAnswer failed(String asked, String failure) {
    return new MpiAnswer(asked, null, List.of(), failure);
  }

  /** What rank 0 prints. */
  static String line(Transport transport, List<Placement> placements) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.set("transport", json(transport));
    placements.forEach(each -> node.withArray("placements").add(each.json()));
    return MARK + Json.MAPPER.writeValueAsString(node);
  }

  static MpiAnswer ofLine(String asked, String line) {
    JsonNode node = Json.MAPPER.readTree(line.substring(MARK.length()));
    List<Placement> placements = new ArrayList<>();
    node.get("placements").forEach(each -> placements.add(Placement.of(each)));
    JsonNode found = node.get("transport");
    List<String> evidence = new ArrayList<>();
    found.get("evidence").forEach(each -> evidence.add(each.asString()));
    return new MpiAnswer(
        asked,
        new Transport(
            found.get("via").asString(),
            found.get("library").asString(),
            found.get("network").asString(),
            found.get("intra").asString(),
            found.get("provider").asString(),
            found.get("protocol").asString(),
            found.get("device").asString(),
            evidence),
        placements,
        null);
  }

  /** For {@code --json}. */
  ObjectNode json() {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("asked", asked);
    if (failure != null) {
      node.put("failure", failure);
    } else {
      node.setAll(json(transport));
    }
    placements.forEach(each -> node.withArray("hosts").add(each.json()));
    return node;
  }

  private static ObjectNode json(Transport transport) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("via", transport.via());
    node.put("library", transport.library());
    node.put("network", transport.network());
    node.put("intra", transport.intra());
    node.put("provider", transport.provider());
    node.put("protocol", transport.protocol());
    node.put("device", transport.device());
    transport.evidence().forEach(node.putArray("evidence")::add);
    return node;
  }
}
