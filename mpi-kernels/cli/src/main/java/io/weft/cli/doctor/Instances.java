package io.weft.cli.doctor;

import io.weft.cli.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The machines of a run, so that its figures can be held against what these could do at most.
 *
 * @param placements one for each host, in the order of the ranks
 */
public record Instances(List<Placement> placements) {
  private static final byte[] SAID_BY_ANOTHER = {};

  /**
   * Asks on each host, by one rank of it: collective, and not for the time that is measured.
   *
   * @param hosts of all ranks, which all call this
   * @param rank of this one
   * @param allgather gives each rank's bytes to all, in the order of the ranks
   * @return the same on all ranks
   */
  public static Instances of(List<String> hosts, int rank, Function<byte[], byte[][]> allgather) {
    boolean firstOfHost = hosts.indexOf(hosts.get(rank)) == rank;
    byte[] mine = SAID_BY_ANOTHER;
    if (firstOfHost) {
      Placement here = InstanceMetadata.ofEc2().placement(HostMachine.here());
      mine = Json.MAPPER.writeValueAsString(here.json()).getBytes(StandardCharsets.UTF_8);
    }
    List<Placement> all = new ArrayList<>();
    for (byte[] text : allgather.apply(mine)) {
      if (text.length > 0) {
        all.add(Placement.of(Json.MAPPER.readTree(text)));
      }
    }
    return new Instances(List.copyOf(all));
  }

  /**
   * Reads what {@link #json} gave.
   *
   * @param array of {@code result.json}
   * @return the same instances
   */
  public static Instances of(ArrayNode array) {
    List<Placement> all = new ArrayList<>();
    array.forEach(node -> all.add(Placement.of(node)));
    return new Instances(List.copyOf(all));
  }

  /**
   * Their form in {@code result.json}: what each host's metadata says, with {@code limits} of its
   * type, null where these are unknown.
   *
   * @return an array with an object for each host
   */
  public ArrayNode json() {
    ArrayNode array = Json.MAPPER.createArrayNode();
    for (Placement placement : placements) {
      ObjectNode node = placement.json();
      node.putNull("limits");
      InstanceType.of(placement.instanceType())
          .ifPresent(
              type ->
                  node.putObject("limits")
                      .put("cards", type.cards())
                      .put("efaCards", type.efaCards())
                      .put("gigabitsPerSecond", type.gigabitsPerSecond()));
      array.add(node);
    }
    return array;
  }

  /**
   * A line for each instance of EC2.
   *
   * @return no lines outside of EC2
   */
  public List<String> lines() {
    return placements.stream().filter(Placement::onEc2).map(Instances::line).toList();
  }

  private static String line(Placement placement) {
    if (!placement.failure().isEmpty()) {
      return placement.host() + ": unknown: " + placement.failure();
    }
    return "%s: %s, %s in %s, placement group %s; %s"
        .formatted(
            placement.host(),
            placement.instanceId(),
            placement.instanceType(),
            placement.zone(),
            placement.group().isEmpty() ? "none" : placement.group(),
            InstanceType.of(placement.instanceType())
                .map(InstanceType::limits)
                .orElse("limits of the type unknown"));
  }
}
