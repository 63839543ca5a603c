package io.weft.cli.doctor;

import java.util.List;

/** libfabric and its providers. */
record FabricProbe(Libraries libraries) implements Probe {
  private static final String SUBJECT = "libfabric";

  @Override
  public List<Finding> look(Machine machine) {
    if (libraries.fabric() == null) {
      return List.of(
          Finding.error(
              SUBJECT,
              libraries.fabricMissing(),
              "install it: scripts/setup run; on EC2 the EFA installer brings one in"
                  + " /opt/amazon/efa"));
    }
    String what = libraries.fabric() + ", providers " + String.join(", ", libraries.providers());
    String limit = machine.environment().get("FI_PROVIDER");
    if (limit != null) {
      return List.of(
          Finding.warning(
              SUBJECT,
              what + "; FI_PROVIDER=" + limit + " hides all others",
              "unset FI_PROVIDER unless you mean it; --network and --provider choose for a run"));
    }
    return List.of(Finding.ok(SUBJECT, what));
  }
}
