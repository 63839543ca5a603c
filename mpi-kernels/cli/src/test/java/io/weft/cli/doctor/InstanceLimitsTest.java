package io.weft.cli.doctor;

import static io.weft.cli.doctor.Looks.assertOne;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;

/** What the table of instance types says of an instance; its numbers are of AWS's pages. */
class InstanceLimitsTest {
  @TempDir private Path root;

  private static Placement of(String type) {
    return new Placement("n1", true, "i-0abc", type, "us-east-2b", "weft", "sg-1", "");
  }

  private static List<Finding> look(Machine machine, Placement placement) {
    return new InstanceLimitsProbe(placement).look(machine);
  }

  @Test
  @DisplayName("each card that takes EFA should have a device; an unknown type is a warning")
  void cards() throws IOException {
    FabricatedMachine machine = new FabricatedMachine(root);
    Placement two = of("hpc7a.96xlarge");
    assertOne(Severity.WARNING, "0 of the 2 cards", look(machine, two));
    machine.efa("rdmap0s6", "4: ACTIVE");
    assertOne(Severity.WARNING, "1 of the 2 cards", look(machine, two));
    machine.efa("rdmap1s6", "4: ACTIVE");
    assertOne(
        Severity.OK,
        "hpc7a.96xlarge: 2 network cards, 2 of them with EFA, at most 300 Gb/s (150 each)",
        look(machine, two));
    assertOne(Severity.OK, "1 network card, no EFA, at most 12.5", look(machine, of("c7i.xlarge")));
    assertOne(Severity.WARNING, "limits unknown", look(machine, of("x99.huge")));
    assertTrue(look(machine, Placement.elsewhere("n1")).isEmpty());
  }

  @Test
  @DisplayName("a report names instance, type, zone, group and limits, and JSON holds the same")
  void report() {
    Instances all =
        new Instances(
            List.of(
                of("hpc7g.16xlarge"),
                of("x99.huge"),
                Placement.unknown("n3", "no answer"),
                Placement.elsewhere("n4")));
    assertEquals(
        List.of(
            "n1: i-0abc, hpc7g.16xlarge in us-east-2b, placement group weft; 1 network card, with"
                + " EFA, at most 200 Gb/s",
            "n1: i-0abc, x99.huge in us-east-2b, placement group weft; limits of the type unknown",
            "n3: unknown: no answer"),
        all.lines());
    ArrayNode json = all.json();
    assertEquals(4, json.size());
    assertEquals(1, json.get(0).at("/limits/efaCards").asInt());
    assertEquals(200, json.get(0).at("/limits/gigabitsPerSecond").asDouble());
    assertTrue(json.get(1).get("limits").isNull());
    assertEquals(all, Instances.of(json));
  }
}
