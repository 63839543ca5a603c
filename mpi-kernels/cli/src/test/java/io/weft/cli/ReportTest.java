package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.cli.doctor.Instances;
import io.weft.cli.doctor.Placement;
import io.weft.comm.Transport;
import io.weft.kernels.Check;
import io.weft.kernels.KernelResult;
import io.weft.kernels.PhaseTime;
import io.weft.kernels.Verification;
import io.weft.launch.Intra;
import io.weft.launch.Network;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A run as text and as JSON. */
class ReportTest {
  private static RunRecord run(double found) {
    return new RunRecord(
        Options.of("cg -n 3 --network ena"),
        new RankPlan(3, 128 << 20, 2, "Parallel", "none", true, List.of("-Xmx1g")),
        new NetworkChoice(Network.ENA, Intra.SAME, true, "as asked"),
        new KernelResult(
            "cg",
            "S",
            3,
            new Verification(
                "a paper",
                List.of(new Check("zeta", 8.5, found, 1e-10), new Check("keys", 64, 64, 0))),
            2,
            33.4,
            List.of(
                new PhaseTime("product", false, 0.5, 1, 1.5),
                new PhaseTime("row sums", true, 0.25, 0.5, 0.75)),
            0.5,
            17),
        new Transport(
            "mpi",
            "Some MPI 1",
            "tcp (lo)",
            "tcp (lo)",
            "plug",
            "ob1",
            "lo (driver lo)",
            List.of("seen")),
        List.of("a", "a", "b"),
        new Instances(
            List.of(
                Placement.of(
                    Json.MAPPER.readTree(
                        """
                        {"host":"a","onEc2":true,"instanceId":"i-0abc","instanceType":"hpc7g.16xlarge",
                         "zone":"us-east-1a","group":"g","securityGroups":"sg-1","failure":""}
                        """)),
                Placement.of(
                    Json.MAPPER.readTree(
                        """
                        {"host":"b","onEc2":false,"instanceId":"","instanceType":"",
                         "zone":"","group":"","securityGroups":"","failure":""}
                        """)))),
        "Some MPI 1 in /lib/mpi.so",
        new TrafficTotals(1234, 3 << 19, 56, 1 << 20, 7, 1 << 21),
        Instant.parse("2026-01-02T03:04:05Z"));
  }

  @Test
  @DisplayName("the report")
  void text() {
    assertEquals(
        """
        run           cg class S on 3 ranks, a, b
        verified      zeta = 8.500000000000, expected 8.500000000000: relative error 0.0e+00, allowed 1e-10 (a paper)
        verified      keys = 64, to be exactly 64 (a paper)
        resumed       after step 17; time and rate are of the steps after it alone
        time          2.000 s
        rate          33 Mop/s
        communicating 25.0% of the time
        imbalance     50.0%: the rank that computes longest, over the mean of all
        phases        seconds over ranks       min      mean       max
                      product                0.500     1.000     1.500
                      row sums               0.250     0.500     0.750
        sent          1,234 messages, 1.5 MiB; 56 collectives, 1.0 MiB; 7 one-sided, 2.0 MiB
        via           mpi (Some MPI 1)
        network       tcp (lo); within a host: tcp (lo)
        provider      plug, protocol ob1
        device        lo (driver lo)
        ranks         heap 128 MiB, 2 processors, ParallelGC, bound to none, yielding
        instance      a: i-0abc, hpc7g.16xlarge in us-east-1a, placement group g; 1 network card, with EFA, at most 200 Gb/s
        """,
        new Report(run(8.5)).text());
  }

  @Test
  @DisplayName("a wrong result leaps to the eye")
  void wrong() {
    assertEquals(
        "WRONG RESULT  zeta = 17.00000000000, expected 8.500000000000: relative error 1.0e+00,"
            + " allowed 1e-10 (a paper)\n"
            + "verified      keys = 64, to be exactly 64 (a paper)",
        new Report(run(17)).verification());
  }

  @Test
  @DisplayName("the record says the same to a program, what was asked for and what was found")
  void json() {
    JsonNode json = Json.MAPPER.readTree(Json.text(run(8.5).json()));
    assertEquals(2, json.get("format").asInt());
    assertEquals("verified", json.get("status").asString());
    JsonNode checks = json.get("verification").get("checks");
    assertEquals(8.5, checks.get(0).get("found").asDouble());
    assertEquals(1e-10, checks.get(0).get("relativeTolerance").asDouble());
    assertEquals("keys", checks.get(1).get("quantity").asString());
    assertEquals("a paper", json.get("verification").get("source").asString());
    assertEquals(2, json.get("seconds").asDouble());
    assertEquals(0.25, json.get("communicationShare").asDouble());
    assertEquals("ena", json.get("asked").get("network").asString());
    assertEquals("tcp (lo)", json.get("found").get("network").asString());
    assertEquals("seen", json.get("found").get("evidence").get(0).asString());
    assertEquals(1234, json.get("traffic").get("messages").asLong());
    assertEquals(7, json.get("traffic").get("oneSided").asLong());
    assertEquals(0.5, json.get("loadImbalance").asDouble());
    assertEquals(17, json.get("resumedAfter").asLong());
    assertEquals("-Xmx1g", json.get("jvm").get("flags").get(0).asString());
    assertEquals(3, json.get("hosts").size());
    assertEquals("i-0abc", json.get("instances").get(0).get("instanceId").asString());
    assertEquals(200, json.get("instances").get(0).at("/limits/gigabitsPerSecond").asInt());
    assertTrue(json.get("instances").get(1).get("limits").isNull());
    assertEquals("2026-01-02T03:04:05Z", json.get("started").asString());
    assertEquals(0.75, json.get("phases").get(1).get("maxSeconds").asDouble());
  }

  @Test
  @DisplayName("a result that is no number is still JSON, and failed")
  void notANumber() {
    JsonNode json = Json.MAPPER.readTree(Json.text(run(Double.NaN).json()));
    assertEquals("failed", json.get("status").asString());
    JsonNode checks = json.get("verification").get("checks");
    assertEquals("NaN", checks.get(0).get("found").asString());
    assertFalse(checks.get(0).get("passed").asBoolean());
    assertTrue(checks.get(1).get("passed").asBoolean());
  }
}
