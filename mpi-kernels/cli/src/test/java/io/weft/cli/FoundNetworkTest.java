package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.comm.Transport;
import io.weft.launch.Intra;
import io.weft.launch.Network;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was found, held against what was asked for by name. */
class FoundNetworkTest {
  private static Transport found(String network, String intra) {
    return new Transport(
        "mpi", "Some MPI 1", network, intra, "some plug-in", "some", "none", List.of("seen"));
  }

  private static String mismatch(String asked, String askedIntra, String network, String intra) {
    return FoundNetwork.mismatch(
        new NetworkChoice(Network.of(asked), Intra.of(askedIntra), true, "as asked"),
        found(network, intra));
  }

  @ParameterizedTest(name = "asked {0} ({1}), found {2}; within a host {3}")
  @CsvSource({
    "ena, same, ena, ena",
    "ena, same, tcp (lo), tcp (lo)",
    "ena, same, tcp (veth), tcp (veth)",
    "ena, shm, ena, shm",
    "ena, shm, ena, none",
    "ena, shm, tcp (eth0)+ena, shm",
    "efa, shm, efa, shm",
    "efa, same, efa, efa",
    "shm, shm, shm, shm",
    "ena, shm, self, none",
    "efa, shm, self, none",
    "shm, shm, self, none"
  })
  @DisplayName("the same")
  void same(String asked, String askedIntra, String network, String intra) {
    assertNull(mismatch(asked, askedIntra, network, intra));
  }

  @ParameterizedTest(name = "asked {0} ({1}), found {2}; within a host {3}")
  @CsvSource({
    "ena, same, shm, shm",
    "ena, shm, shm, shm",
    "ena, shm, ena, tcp (lo)",
    "ena, same, ena, shm",
    "ena, same, ena+shm, shm",
    "ena, same, efa, efa",
    "ena, same, unknown, unknown",
    "ena, shm, tcp (veth)+unknown, shm",
    "efa, shm, ena, shm",
    "efa, shm, tcp (lo), shm",
    "efa, same, efa, shm",
    "efa, shm, unknown, shm",
    "shm, shm, tcp (lo), tcp (lo)",
    "shm, shm, unknown, unknown",
    "shm, shm, shm+tcp (lo), shm+tcp (lo)"
  })
  @DisplayName("not the same: no silent fall-back, and no evidence is not the same either")
  void different(String asked, String askedIntra, String network, String intra) {
    String message = mismatch(asked, askedIntra, network, intra);
    assertNotNull(message);
    for (String word : List.of("asked for network " + asked, "cross " + network, intra, "seen")) {
      assertTrue(message.contains(word), message);
    }
  }

  @Test
  @DisplayName("where none was named, whatever is found will do")
  void auto() {
    NetworkChoice auto = new NetworkChoice(Network.ENA, Intra.SHM, false, "auto: no EFA");
    assertNull(FoundNetwork.mismatch(auto, found("unknown", "unknown")));
    NetworkChoice undecided = new NetworkChoice(Network.AUTO, null, false, "as mpirun's flags say");
    assertEquals(null, FoundNetwork.mismatch(undecided, found("shm", "shm")));
  }
}
