package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.Intra;
import io.weft.launch.Network;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What auto and the default of --intra come to. */
class NetworkChoiceTest {
  @ParameterizedTest(name = "{0}, one host {1}: {2}, {3}, named {4}")
  @CsvSource({
    "cg -n 2,                             true,  shm, shm,  false",
    "cg -n 2 --network shm,               true,  shm, shm,  true",
    "cg -n 2 --network ena,               true,  ena, same, true",
    "cg -n 2 --network ena --intra same,  true,  ena, same, true",
    "cg -n 1 --network ena,               true,  ena, shm,  true",
    "cg -n 1 --network ena --intra shm,   true,  ena, shm,  true",
    "cg -n 2 --network ena,               false, ena, shm,  true",
    "cg -n 2 --network ena --intra same,  false, ena, same, true",
    "cg -n 4 --network ena --via libfabric, false, ena, same, true"
  })
  @DisplayName("is decided by the words and the hosts")
  void decided(String options, boolean oneHost, String network, String intra, boolean named) {
    NetworkChoice choice = NetworkChoice.of(Options.of(options), oneHost);
    assertEquals(Network.of(network), choice.network());
    assertEquals(Intra.of(intra), choice.intra());
    assertEquals(named, choice.named());
    assertFalse(choice.reason().isBlank());
  }

  @Test
  @DisplayName("auto on several hosts is efa, else ena, and says why")
  void auto() {
    NetworkChoice choice = NetworkChoice.of(Options.of("cg -n 2"), false);
    assertTrue(choice.network() == Network.EFA || choice.network() == Network.ENA);
    String why = choice.network() == Network.EFA ? "there is an EFA device" : "auto: no EFA (";
    assertTrue(choice.reason().contains(why), choice::toString);
    assertEquals(Intra.SHM, choice.intra());
  }

  @Test
  @DisplayName("auto with --intra same on one host looks for a network all the same")
  void autoSame() {
    NetworkChoice choice = NetworkChoice.of(Options.of("cg -n 2 --intra same"), true);
    assertTrue(choice.network() == Network.EFA || choice.network() == Network.ENA);
    assertEquals(Intra.SAME, choice.intra());
  }

  @ParameterizedTest
  @CsvSource({
    "cg -n 2 --network shm, false, 3, several hosts",
    "cg -n 2 --network ena --intra shm, true, 2, nothing would cross ena",
    "cg -n 4 --via libfabric --network ena --intra shm, false, 2, one endpoint for all ranks"
  })
  @DisplayName("what cannot be is refused")
  void refused(String options, boolean oneHost, int status, String words) {
    WeftException refused =
        assertThrows(WeftException.class, () -> NetworkChoice.of(Options.of(options), oneHost));
    assertEquals(status, refused.status());
    assertTrue(refused.getMessage().contains(words), refused::getMessage);
  }
}
