package io.weft.cli.doctor;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether the hosts are near each other: one availability zone, one placement group.
 *
 * @param placements of all hosts
 */
record PlacementProbe(List<Placement> placements) implements Probe {
  private static final String SUBJECT = "placement";

  @Override
  public List<Finding> look(Machine machine) {
    List<Placement> instances = placements.stream().filter(Placement::onEc2).toList();
    if (instances.isEmpty()) {
      return List.of(Finding.ok(SUBJECT, "not on EC2"));
    }
    List<Placement> unknown = instances.stream().filter(one -> !one.failure().isEmpty()).toList();
    if (!unknown.isEmpty()) {
      return List.of(
          Finding.warning(
              SUBJECT,
              unknown.stream()
                  .map(one -> one.host() + ": " + one.failure())
                  .collect(Collectors.joining("; ")),
              "let this process reach the metadata service (a container: hop limit 2), or look with"
                  + " aws ec2 describe-instances"));
    }
    Set<String> zones = distinct(instances, Placement::zone);
    Set<String> groups = distinct(instances, Placement::group);
    Set<String> types = distinct(instances, Placement::instanceType);
    String what =
        "%d host%s: %s in %s, placement group %s"
            .formatted(
                instances.size(),
                instances.size() == 1 ? "" : "s",
                String.join(", ", types),
                String.join(", ", zones),
                groups.stream()
                    .map(group -> group.isEmpty() ? "none" : group)
                    .collect(Collectors.joining(", ")));
    if (zones.size() > 1) {
      return List.of(
          Finding.error(
              SUBJECT, what + ": EFA does not cross zones", "put all nodes into one subnet"));
    }
    if (groups.size() > 1 || groups.contains("")) {
      return List.of(
          Finding.warning(
              SUBJECT,
              what + ": hosts may be far apart",
              "start all nodes in one cluster placement group, by name"));
    }
    if (types.size() > 1) {
      return List.of(
          Finding.warning(SUBJECT, what + ": unlike hosts wait for the slowest", "take one type"));
    }
    return List.of(Finding.ok(SUBJECT, what));
  }

  private static Set<String> distinct(
      List<Placement> instances, Function<Placement, String> property) {
    return instances.stream().map(property).collect(Collectors.toCollection(TreeSet::new));
  }
}
