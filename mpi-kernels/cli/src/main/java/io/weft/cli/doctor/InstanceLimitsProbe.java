package io.weft.cli.doctor;

import java.util.List;
import java.util.Optional;

/**
 * What this instance's type allows its network at most, and whether all of its cards that take EFA
 * have an EFA device: each card without one is bandwidth that no rank reaches.
 *
 * @param here this host
 */
record InstanceLimitsProbe(Placement here) implements Probe {
  private static final String SUBJECT = "instance limits";

  @Override
  public List<Finding> look(Machine machine) {
    if (here.instanceType().isEmpty()) {
      // No instance, or its metadata is silent: the placement's finding says so.
      return List.of();
    }
    Optional<InstanceType> type = InstanceType.of(here.instanceType());
    if (type.isEmpty()) {
      return List.of(
          Finding.warning(
              SUBJECT,
              here.instanceType() + " is not in the table of instance types: limits unknown",
              "aws ec2 describe-instance-types --instance-types " + here.instanceType()));
    }
    String what = here.instanceType() + ": " + type.get().limits();
    int devices = EfaDeviceProbe.devices(machine).size();
    int cards = type.get().efaCards();
    if (devices < cards) {
      return List.of(
          Finding.warning(
              SUBJECT,
              "%s; %d of the %d card%s that can has an EFA device"
                  .formatted(what, devices, cards, cards == 1 ? "" : "s"),
              "for EFA give each card an interface of InterfaceType efa (launch template:"
                  + " NetworkCardIndex 0 to "
                  + (cards - 1)
                  + ")"));
    }
    return List.of(Finding.ok(SUBJECT, what));
  }
}
