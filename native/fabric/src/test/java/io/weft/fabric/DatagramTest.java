package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Unreliable datagrams over the loopback, where none is lost that has a receive waiting. */
class DatagramTest {
  private static final FabricHints HINTS =
      new FabricHints("udp", "127.0.0.1").with(EndpointType.DATAGRAM);

  @Test
  void datagramsArrive() {
    assumeTrue(Fabric.providers().contains("udp"), "libfabric has no provider udp");
    try (Pair pair = Pair.of(Peer.open(HINTS, setup -> {}), Peer.open(HINTS, setup -> {}))) {
      assertEquals("udp", pair.left.info.provider());
      assertFalse(pair.left.info.hasTags(), pair.left.info::toString);
      Messages left = pair.left.endpoint.messages();
      Messages right = pair.right.endpoint.messages();
      int longest = (int) pair.left.info.maxMessageBytes();
      for (int size : new int[] {1, 100, longest}) {
        byte[] data = new byte[size];
        new Random(size).nextBytes(data);
        MemorySegment.copy(data, 0, pair.leftBuffer, ValueLayout.JAVA_BYTE, 0, size);
        Peer.until(() -> right.receive(pair.rightBuffer, 0, size, 0, pair.rightReceive));
        Peer.until(() -> left.send(pair.leftBuffer, 0, size, 0, pair.toRight, pair.leftSend));
        Peer.awaitBoth(pair.left, pair.right);
        assertEquals(size, pair.right.completions.lengthBytes(0));
        byte[] found = pair.rightBuffer.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
        assertArrayEquals(data, found);
      }
    }
  }

  @Test
  void whatDatagramsHaveNotIsAnException() {
    assumeTrue(Fabric.providers().contains("udp"), "libfabric has no provider udp");
    try (Pair pair = Pair.of(Peer.open(HINTS, setup -> {}), Peer.open(HINTS, setup -> {}))) {
      FabricException none =
          assertThrows(
              FabricException.class,
              () ->
                  pair.left.endpoint.send(
                      pair.leftBuffer, 0, 8, 0, pair.toRight, 1, pair.leftSend));
      assertTrue(none.getMessage().contains("fi_tsend"), none.getMessage());
      assertThrows(
          FabricException.class,
          () -> pair.left.endpoint.inject(pair.leftBuffer, 0, 8, pair.toRight, 1));
      assertThrows(
          FabricException.class,
          () -> pair.left.endpoint.receive(pair.leftBuffer, 0, 8, 0, 1, 0, pair.leftReceive));
      assertThrows(UnsupportedOperationException.class, pair.left.endpoint::taggedProbe);
      assertThrows(UnsupportedOperationException.class, pair.left.endpoint::oneSided);
    }
  }

  @Test
  void aProviderWithoutDatagramsSaysSo() {
    FabricHints hints = FabricHints.provider("shm").with(EndpointType.DATAGRAM);
    FabricUnavailableException none =
        assertThrows(FabricUnavailableException.class, () -> Fabric.discover(hints));
    assertTrue(none.getMessage().contains("no datagram endpoints"), none.getMessage());
    assertTrue(none.getMessage().contains("FI_EP_DGRAM"), none.getMessage());
  }
}
