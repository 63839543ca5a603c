package io.weft.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.weft.bench.report.Found;
import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.lang.management.ManagementFactory;

/** Weft's own peers: every pattern brings what its rule says, over both libraries. */
@MultiRank(
    variants = {"mpi/shm", "mpi/ena/same", "libfabric/shm", "libfabric/ena/same"},
    sampled = {"MPICH", "ena"})
class CommunicatorPeerTest implements RankFixture {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Network network;
  private Peer peer;

  @Override
  public void open(RankContext context) {
    String[] words = context.variant().split("/");
    network = Network.of(words[1]);
    Intra intra = network == Network.SHM ? Intra.SHM : Intra.SAME;
    peer = new PeerWay(MeasuredVia.of(words[0]), network, intra, "").open();
  }

  @Override
  public void close() {
    peer.close();
  }

  private boolean has(Pattern pattern) {
    return peer.size() >= pattern.fewestRanks()
        && (pattern != Pattern.MESSAGE_RATE || peer.size() % 2 == 0);
  }

  @RankTest
  void everyPatternBringsItsBytes() {
    for (Pattern pattern : Pattern.values()) {
      for (int bytes : new int[] {8, 1000, 70_000}) {
        int length = pattern == Pattern.BARRIER ? 0 : bytes;
        if (!has(pattern)) {
          assertThrows(AbsentException.class, () -> peer.open(pattern, length));
          continue;
        }
        try (Operation operation = peer.open(pattern, length)) {
          operation.run(2 * pattern.unit());
          peer.barrier();
          String found = Long.toHexString(peer.sum(operation.checksum()));
          assertEquals(
              ExpectedSum.hex(pattern, length, peer.size()), found, pattern + " of " + length);
          peer.barrier();
        }
      }
    }
  }

  @RankTest
  void halfRoundTripsAreTimedSingly() {
    if (has(Pattern.PING_PONG)) {
      long[] nanos = new long[100];
      try (Operation operation = peer.open(Pattern.PING_PONG, 8)) {
        assertTrue(operation.time(nanos));
        for (long each : nanos) {
          assertEquals(peer.rank() == 0, each > 0);
        }
        peer.barrier();
      }
      try (Operation operation = peer.open(Pattern.BCAST, 8)) {
        assertFalse(operation.time(nanos));
      }
    }
  }

  /** JMH would count it as the operation's. */
  @RankTest
  void nothingIsAllocated() {
    for (Pattern pattern : Pattern.values()) {
      if (!has(pattern)) {
        continue;
      }
      try (Operation operation = peer.open(pattern, 8)) {
        int count = 20 * pattern.unit();
        long bytes = count;
        // What the JVM allocates while it compiles is not the operation's.
        for (int round = 0; round < 20 && bytes >= count; round++) {
          long before = THREADS.getCurrentThreadAllocatedBytes();
          operation.run(count);
          bytes = peer.largest(THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(bytes < count, pattern + ": " + bytes + " bytes in " + count + " operations");
        peer.barrier();
      }
    }
  }

  @RankTest
  void ranksAgree() {
    assertEquals(42, peer.tell(peer.rank() == 0 ? 42 : -1));
    assertEquals(peer.size() - 1, peer.largest(peer.rank()));
    assertEquals(peer.size(), peer.sum(1));
  }

  @RankTest
  void saysWhatCarriedTheMessages() {
    if (peer.size() == 1) {
      assertEquals("self", peer.found().network());
      return;
    }
    try (Operation operation = peer.open(Pattern.ALLTOALL, 70_000)) {
      operation.run(2);
      Found found = peer.found();
      assertEquals(network == Network.SHM ? "shm" : "tcp (lo)", found.network());
      assertEquals(1, found.hosts());
    }
  }
}
