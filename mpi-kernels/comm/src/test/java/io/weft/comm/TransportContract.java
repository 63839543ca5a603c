package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.fabric.EmulatedEfa;
import io.weft.launch.Network;
import io.weft.launch.Via;
import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** What is found on one host is what the cell was started for. */
interface TransportContract extends CommunicatorCase {
  @RankTest
  default void transportIsThatOfTheCell() {
    Transport found = comm().transport();
    String text = found.toString();
    assertEquals(way().via().toString(), found.via(), text);
    String library = way().via() == Via.LIBFABRIC ? "libfabric" : context().mpi().title();
    library = way().usesRings() ? "Weft's rings" : library;
    assertTrue(found.library().replace("MPICH Version", "MPICH").startsWith(library), text);
    assertFalse(found.evidence().isEmpty(), text);
    if (size() == 1) {
      assertEquals("self", found.network(), text);
      assertEquals("none", found.intra(), text);
      return;
    }
    String expected = way().isTcp() ? "tcp (lo)" : "shm";
    if (way().network() == Network.EFA) {
      expected = EmulatedEfa.isThere() ? "efa (emulated)" : "efa";
      assertEquals(EmulatedEfa.isThere(), found.isEmulated(), text);
      assertEquals(EmulatedEfa.isThere(), found.device().startsWith("emulated"), text);
    }
    assertEquals(expected, found.network(), text);
    assertEquals(expected, found.intra(), text);
    assertEquals(way().isTcp(), found.device().contains("lo (driver lo)"), text);
    assertFalse(found.provider().equals(Transport.UNKNOWN), text);
    if (way().provider() != null) {
      assertEquals(way().provider(), found.provider(), text);
    }
    if (way().via() == Via.LIBFABRIC) {
      String protocol = way().usesRings() ? "rings" : "FI_PROTO_";
      assertTrue(found.protocol().startsWith(protocol), text);
    }
    String evidence = way().network() == Network.EFA ? "rank 0's host: " : "rank 0 to 1: ";
    assertTrue(String.join("\n", found.evidence()).contains(evidence), text);
  }

  @RankTest
  default void everyRankFindsTheSame() {
    byte[] text = comm().transport().toString().getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mine = arena.allocate(8192);
      MemorySegment first = arena.allocate(8192);
      MemorySegment.copy(MemorySegment.ofArray(text), 0, mine, 0, Math.min(text.length, 8192));
      first.copyFrom(mine);
      comm().bcast(first, 0, 8192, 0);
      assertEquals(first.getString(0), mine.getString(0));
    }
  }

  @RankTest
  default void lookingDisturbsNoMessages() {
    MemorySegment buffer = comm().allocate(16);
    Request receive = comm().newRequest();
    comm().irecv(buffer, 0, 8, Communicator.ANY_SOURCE, Communicator.ANY_TAG, receive);
    comm().transport();
    assertFalse(receive.test(), "the probe's message met a receive of the caller");
    comm().barrier();
    comm().send(buffer, 8, 8, next(), 1);
    receive.await();
    comm().barrier();
  }
}
