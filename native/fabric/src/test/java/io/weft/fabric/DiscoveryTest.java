package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
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
  void aProviderOfOtherEndpointsSaysSo() {
    String connected = Fabric.libraryVersion().contains(" 1.") ? "tcp" : "udp";
    FabricUnavailableException failure =
        assertThrows(
            FabricUnavailableException.class,
            () -> Fabric.discover(FabricHints.provider(connected)));
    assertTrue(
        failure.getMessage().contains(connected + " has no endpoints of type FI_EP_RDM"),
        failure.getMessage());
  }

  @Test
  void everyRefusalHasItsReason() {
    FabricHints events = FabricHints.ANY.with(Capability.RMA_EVENTS);
    String rxm = Fabric.refusals(events).get("tcp;ofi_rxm");
    assertEquals("offers no FI_RMA_EVENT", rxm);
    assertFalse(Fabric.refusals(events).containsKey("shm"), Fabric.refusals(events)::toString);
    assertEquals(
        "is not the one asked for", Fabric.refusals(FabricHints.provider("shm")).get("udp"));
    assertFalse(Fabric.refusals(FabricHints.provider("shm")).containsKey("shm"));
    FabricHints elsewhere = new FabricHints("tcp;ofi_rxm", "not.an.address");
    assertEquals(
        "has nothing at source address not.an.address",
        Fabric.refusals(elsewhere).get("tcp;ofi_rxm"));
    FabricHints datagrams = FabricHints.provider("shm").with(EndpointType.DATAGRAM);
    assertEquals(
        "has no endpoints of type FI_EP_DGRAM of its own", Fabric.refusals(datagrams).get("shm"));
  }

  @Test
  void whatMattersCanBeRead() {
    try (Peer peer = Peer.open("shm", Capability.RMA)) {
      assertTrue(peer.endpoint.toString().startsWith("Endpoint (open"), peer.endpoint::toString);
      assertTrue(peer.endpoint.toString().contains("FI_PROTO_SHM"), peer.endpoint::toString);
      MemorySegment memory = Arena.ofAuto().allocate(64);
      MemoryRegion region = peer.domain.register(memory, EnumSet.allOf(Access.class), 0x4711);
      assertTrue(region.toString().contains("64 bytes"), region::toString);
      assertTrue(region.toString().contains("key 0x4711"), region::toString);
      region.close();
      assertTrue(region.toString().contains("(closed)"), region::toString);
    }
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
