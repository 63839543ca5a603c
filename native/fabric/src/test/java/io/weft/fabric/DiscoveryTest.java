package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiscoveryTest {
  @Test
  void findsSomething() {
    try (Discovery found = Fabric.discover(FabricHints.ANY)) {
      assertFalse(found.infos().isEmpty());
      for (FabricInfo info : found.infos()) {
        assertFalse(info.provider().isEmpty());
        assertTrue(info.protocol().startsWith("FI_PROTO_"), info::toString);
        assertTrue(info.ordersMessages(), info::toString);
        assertTrue(info.maxMessageBytes() > 0, info::toString);
        assertTrue(info.toString().contains(info.provider()), info::toString);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void givesTheProviderThatWasAskedForAndNoOther(String provider) {
    try (Discovery found = Fabric.discover(Peer.hints(provider))) {
      for (FabricInfo info : found.infos()) {
        assertEquals(provider, info.provider());
      }
    }
  }

  @Test
  void bindsToTheAddressThatWasAskedFor() {
    String provider = Peer.providers().stream().filter(p -> !p.equals("shm")).findFirst().get();
    try (Discovery found = Fabric.discover(new FabricHints(provider, "127.0.0.1"))) {
      assertEquals("lo", found.first().domainName());
      assertEquals("FI_SOCKADDR_IN", found.first().addressFormat());
    }
  }

  @Test
  void aWrongProviderNameListsThoseThereAre() {
    FabricUnavailableException failure =
        assertThrows(
            FabricUnavailableException.class,
            () -> Fabric.discover(FabricHints.provider("no-such-provider")));
    assertTrue(failure.getMessage().contains("provider no-such-provider"), failure.getMessage());
    assertTrue(failure.getMessage().contains("shm"), failure.getMessage());
    assertTrue(failure.getMessage().contains("FI_PROVIDER is "), failure.getMessage());
  }

  @Test
  void aClosedDiscoveryOpensNothing() {
    Discovery found = Fabric.discover(FabricHints.provider("shm"));
    FabricInfo info = found.first();
    found.close();
    found.close();
    assertEquals("shm", info.provider());
    assertThrows(IllegalStateException.class, () -> Fabric.open(info));
  }

  @Test
  void theLibrarySaysWhatItIs() {
    assertTrue(Fabric.libraryVersion().matches("libfabric \\d+\\.\\d+ \\(/.*\\)"));
  }
}
