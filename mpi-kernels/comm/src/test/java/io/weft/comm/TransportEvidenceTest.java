package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Evidence as text, of MPI's ranks whose messages do not go over MPI, and of those whose do. */
class TransportEvidenceTest {
  private static final String VADER =
      "shared\t00:1b:77 /dev/shm/vader_segment.host.0.1\nplugin\tbtl_vader\nplugin\tpml_ob1\n";
  private static final String OTHER = "shared\t00:1b:78 /dev/shm/other.logbuffer\n";

  private static String rank(int port, int peer, long bytes, String mapped) {
    return "host\tboot net:[1]\npayload\t0\n"
        + "tcp\t0100007F:%04X\t0100007F:%04X\tlo\tlo\t%d\t%d\n".formatted(port, peer, bytes, bytes)
        + mapped;
  }

  private static Transport conclude(boolean overMpi, long carried, String mapped) {
    return TransportEvidence.conclude(
        "lib",
        "A library 1",
        overMpi,
        List.of(rank(1, 2, 10, mapped), rank(2, 1, 10, mapped)),
        List.of(rank(1, 2, 10 + carried, mapped), rank(2, 1, 10 + carried, mapped)));
  }

  @Test
  void socketsThatCarriedTheProbe() {
    Transport found = conclude(false, 2L * TransportEvidence.PROBE_BYTES, VADER);
    assertEquals("tcp (lo)", found.network());
    assertEquals("lo (driver lo)", found.device());
    assertEquals("lib", found.via());
    assertEquals("A library 1", found.library());
    assertEquals(Transport.UNKNOWN, found.provider(), "MPI's plug-ins carried nothing");
  }

  @Test
  void sharedMemoryOfMpiCountsForMpiAlone() {
    assertEquals("shm", conclude(true, 0, VADER).network());
    assertEquals("btl_vader pml_ob1", conclude(true, 0, VADER).provider());
    assertEquals(Transport.UNKNOWN, conclude(false, 0, VADER).network());
    assertEquals("shm", conclude(false, 0, VADER + OTHER).network());
  }

  @Test
  void thisProcessIsAlone() {
    List<String> mine = List.of(TransportEvidence.ofThisProcess());
    Transport found = TransportEvidence.conclude("lib", "A library 1", false, mine, mine);
    assertEquals("self", found.network());
  }

  @Test
  void whatIsNoEvidenceIsRefused() {
    List<String> mine = List.of(TransportEvidence.ofThisProcess());
    IllegalArgumentException unequal =
        assertThrows(
            IllegalArgumentException.class,
            () -> TransportEvidence.conclude("lib", "", true, mine, List.of()));
    assertEquals("evidence of 1 ranks before and of 0 after", unequal.getMessage());
    IllegalArgumentException garbage =
        assertThrows(
            IllegalArgumentException.class,
            () -> TransportEvidence.conclude("lib", "", true, List.of("who\tme"), mine));
    assertTrue(garbage.getMessage().contains("who"), garbage::getMessage);
  }
}
