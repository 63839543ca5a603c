package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Event queues, and settings of endpoints. */
class EventAndOptionTest {
  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void eventsComeInTheOrderOfWriting(String provider) {
    try (Peer peer = Peer.open(provider)) {
      EventQueue events = peer.fabric.openEventQueue();
      assertNull(events.read());
      assertNull(events.readError());
      events.write(17, 0x1234_5678_9abc_def0L);
      events.write(18, -1);
      assertEquals(new Event("FI_NOTIFY", 17, 0x1234_5678_9abc_def0L), events.read());
      assertEquals(new Event("FI_NOTIFY", 18, -1), events.read());
      assertNull(events.read());
      events.close();
      assertThrows(IllegalStateException.class, events::read);
      assertThrows(IllegalStateException.class, events::readError);
      assertThrows(IllegalStateException.class, () -> events.write(1, 1));
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void anEndpointReportsToAnEventQueue(String provider) {
    EventQueue[] events = new EventQueue[1];
    try (Peer peer =
        Peer.open(
            Peer.hints(provider),
            setup -> {
              events[0] = setup.domain().fabric().openEventQueue();
              setup.report(events[0]);
            })) {
      assertNull(events[0].read());
      assertThrows(IllegalStateException.class, events[0]::close);
      peer.endpoint.close();
      events[0].close();
    } catch (UnsupportedOperationException none) {
      System.out.println("[skipped] " + none.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void aSettingIsReadBack(String provider) {
    try (Peer peer = Peer.open(provider)) {
      for (EndpointOption option : EndpointOption.values()) {
        try {
          System.out.println(
              "[found] " + provider + " " + option + " " + peer.endpoint.option(option));
        } catch (UnsupportedOperationException none) {
          assertTrue(none.getMessage().contains("provider " + provider), none.getMessage());
          assertTrue(none.getMessage().contains(option.libraryName()), none.getMessage());
        }
      }
      peer.endpoint.setOption(EndpointOption.MIN_MULTI_RECEIVE, 12_345);
      assertEquals(12_345, peer.endpoint.option(EndpointOption.MIN_MULTI_RECEIVE), provider);
      assertThrows(
          UnsupportedOperationException.class,
          () -> peer.endpoint.setOption(EndpointOption.EFA_RETRIES, 7));
      peer.endpoint.close();
      assertThrows(
          IllegalStateException.class,
          () -> peer.endpoint.option(EndpointOption.MIN_MULTI_RECEIVE));
    }
  }

  @Test
  void aSettingMayComeBeforeTheEndpointIsEnabled() {
    try (Peer peer =
        Peer.open(
            Peer.hints("shm"), setup -> setup.option(EndpointOption.MIN_MULTI_RECEIVE, 4711))) {
      assertEquals(4711, peer.endpoint.option(EndpointOption.MIN_MULTI_RECEIVE));
    }
    assertThrows(
        UnsupportedOperationException.class,
        () -> Peer.open(Peer.hints("shm"), setup -> setup.option(EndpointOption.EFA_RETRIES, 7)));
  }
}
