package io.weft.comm.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Evidence as text and back. */
class RankEvidenceTest {
  @Test
  void everythingSurvivesTheWay() {
    RankEvidence evidence =
        new RankEvidence(
            "d1f5 net:[4026531840]",
            List.of(
                new TcpConnection("0100007F:1F90", "0200007F:1F91", "lo", "lo", 1, Long.MAX_VALUE),
                new TcpConnection("0100000A:0001", "0200000A:0002", "ens5", "ena", 3, 4)),
            new MappedFiles(
                Set.of("pml_ob1", "btl_tcp"), Set.of("00:1b:7 /dev/shm/a name", "00:01:9 /SYSV00")),
            Map.of("rdmap0s6", 5L, "rdmap1s6", 6L),
            1L << 60);
    assertEquals(evidence, RankEvidence.decode(evidence.encode()));
  }

  @Test
  void nothingSurvivesTheWay() {
    RankEvidence evidence =
        new RankEvidence("h", List.of(), new MappedFiles(Set.of(), Set.of()), Map.of(), 0);
    assertEquals(evidence, RankEvidence.decode(evidence.encode()));
  }

  @Test
  void thisProcessSurvivesTheWay() {
    RankEvidence evidence = RankEvidence.ofThisProcess(42);
    assertEquals(42, evidence.payloadBytes());
    assertEquals(Host.identity(), evidence.host());
    assertEquals(evidence, RankEvidence.decode(evidence.encode()));
  }

  @Test
  void unknownKindsAreRefused() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> RankEvidence.decode("smoke\t1\n"));
    assertTrue(refusal.getMessage().contains("smoke"), refusal.getMessage());
  }

  @Test
  void hostIsKernelAndNetwork() {
    assertTrue(Host.identity().matches("[0-9a-f-]{36} net:\\[\\d+\\]"), "host " + Host.identity());
    assertFalse(Host.identity().contains("\t"));
  }
}
