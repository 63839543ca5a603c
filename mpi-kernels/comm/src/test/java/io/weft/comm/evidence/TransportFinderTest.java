package io.weft.comm.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.comm.Transport;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is concluded from evidence of machines that no test has. */
class TransportFinderTest {
  private static final long PROBE = 1000;
  private static final String SEGMENT = "00:1b:77 /dev/shm/vader_segment.0";

  /** Lets evidence change between two looks and concludes. */
  private static Transport find(Ranks ranks, Consumer<Ranks> during) {
    List<RankEvidence> before = ranks.of();
    during.accept(ranks);
    return TransportFinder.find("mpi", "Some MPI 1.0", before, ranks.of(), PROBE);
  }

  private static void assertWay(String network, String intra, String device, Transport found) {
    assertEquals(network, found.network(), found.toString());
    assertEquals(intra, found.intra(), found.toString());
    assertEquals(device, found.device(), found.toString());
  }

  @Test
  void tcpOverVethBetweenTwoHosts() {
    Transport found =
        find(
            new Ranks("a", "b").tcp(0, 1, "v0", "veth", 50, 60),
            r -> r.tcp(0, 1, "v0", "veth", 50 + 2 * PROBE, 60 + 2 * PROBE));
    assertWay("tcp (veth)", "none", "v0 (driver veth)", found);
    assertEquals("mpi", found.via());
    assertEquals("Some MPI 1.0", found.library());
    assertTrue(
        found.evidence().getFirst().startsWith("rank 0 to 1: 2000 bytes of a 1000 byte probe"),
        found.toString());
  }

  @Test
  void onlyAnInterfaceOfTheEnaDriverIsCalledEna() {
    Transport ena =
        find(
            new Ranks("a", "b").tcp(0, 1, "ens5", "ena", 0, 0),
            r -> r.tcp(0, 1, "ens5", "ena", PROBE, PROBE));
    assertWay("ena", "none", "ens5 (driver ena)", ena);
    Transport other =
        find(
            new Ranks("a", "b").tcp(0, 1, "ena0", "virtio_net", 0, 0),
            r -> r.tcp(0, 1, "ena0", "virtio_net", PROBE, PROBE));
    assertWay("tcp (virtio_net)", "none", "ena0 (driver virtio_net)", other);
  }

  /** Between processes of one host the kernel uses the loopback, whatever the address. */
  @Test
  void tcpWithinAHostIsLoopback() {
    Transport found =
        find(
            new Ranks("a", "a").tcp(0, 1, "ens5", "ena", 0, 0),
            r -> r.tcp(0, 1, "ens5", "ena", PROBE, PROBE));
    assertWay("tcp (lo)", "tcp (lo)", "lo (driver lo)", found);
  }

  @Test
  void sharedMemoryWithinAndTcpBetween() {
    Transport found =
        find(
            new Ranks("a", "a", "b", "b")
                .shared(SEGMENT, 0, 1)
                .shared("00:1c:78 /dev/shm/vader_segment.2", 2, 3)
                .tcp(1, 2, "ens5", "ena", 10, 10)
                .tcp(3, 0, "ens5", "ena", 10, 10),
            r ->
                r.tcp(1, 2, "ens5", "ena", 10 + PROBE, 10 + PROBE)
                    .tcp(3, 0, "ens5", "ena", 10 + PROBE, 10 + PROBE));
    assertWay("ena", "shm", "ens5 (driver ena)", found);
    String all = String.join("\n", found.evidence());
    assertTrue(all.contains("rank 0 to 1: no socket carried the probe"), all);
    assertTrue(all.contains("/dev/shm/vader_segment.0"), all);
    assertTrue(all.contains("rank 1 to 2: 1000 bytes"), all);
  }

  @Test
  void connectionThatCarriedTooLittleIsNoEvidence() {
    Transport found =
        find(
            new Ranks("a", "b").tcp(0, 1, "v0", "veth", 5 * PROBE, 0),
            r -> r.tcp(0, 1, "v0", "veth", 6 * PROBE - 1, 0));
    assertWay("unknown", "none", "none", found);
  }

  @Test
  void openConnectionsDoNotHideSharedMemory() {
    Transport found =
        find(
            new Ranks("a", "a").tcp(0, 1, "lo", "lo", 5 * PROBE, 5 * PROBE).shared(SEGMENT, 0, 1),
            r -> r.tcp(0, 1, "lo", "lo", 5 * PROBE + 80, 5 * PROBE + 80));
    assertWay("shm", "shm", "none", found);
  }

  @Test
  void sharedMemoryDoesNotHideTcp() {
    Transport found =
        find(
            new Ranks("a", "a").tcp(0, 1, "lo", "lo", 0, 0).shared(SEGMENT, 0, 1),
            r -> r.tcp(0, 1, "lo", "lo", PROBE, PROBE));
    assertWay("tcp (lo)", "tcp (lo)", "lo (driver lo)", found);
  }

  @Test
  void probeOverSeveralConnections() {
    Ranks ranks = new Ranks("a", "b").tcp(0, 1, "v0", "veth", 7, 7).tcp(1, 0, "v0", "veth", 7, 7);
    Transport found =
        find(
            ranks,
            r ->
                r.tcp(0, 1, "v0", "veth", 7 + PROBE / 2, 7)
                    .tcp(1, 0, "v0", "veth", 7 + PROBE, 7 + PROBE / 2));
    assertWay("tcp (veth)", "none", "v0 (driver veth)", found);
  }

  @Test
  void connectionsToOthersAreNoEvidence() {
    Transport found =
        find(
            new Ranks("a", "a").foreignTcp(0, 0).shared(SEGMENT, 0, 1),
            r -> r.foreignTcp(0, 100 * PROBE));
    assertWay("shm", "shm", "none", found);
  }

  /** Private addresses mean something else in every network that uses them. */
  @Test
  void oneEqualAddressIsNotTheOtherEnd() {
    TcpConnection mine = new TcpConnection("A", "B", "v0", "veth", 9 * PROBE, 0);
    for (String[] ends : new String[][] {{"B", "C"}, {"C", "A"}}) {
      TcpConnection other = new TcpConnection(ends[0], ends[1], "v0", "veth", 0, 0);
      MappedFiles nothing = new MappedFiles(Set.of(), Set.of());
      List<RankEvidence> before =
          List.of(
              new RankEvidence("a", List.of(), nothing, Map.of(), 0),
              new RankEvidence("b", List.of(), nothing, Map.of(), 0));
      List<RankEvidence> after =
          List.of(
              new RankEvidence("a", List.of(mine), nothing, Map.of(), 0),
              new RankEvidence("b", List.of(other), nothing, Map.of(), 0));
      assertWay("unknown", "none", "none", TransportFinder.find("mpi", "x", before, after, PROBE));
    }
  }

  @Test
  void devicesCountersAreEvidenceForEfa() {
    Transport found =
        find(
            new Ranks("a", "b").efa("a", "rdmap0s6", 900).efa("b", "rdmap0s6", 12),
            r -> r.efa("a", "rdmap0s6", 900 + 2 * PROBE).efa("b", "rdmap0s6", 12 + 2 * PROBE));
    assertWay("efa", "none", "rdmap0s6 (driver efa)", found);
  }

  @Test
  void idleEfaDeviceIsNoEvidence() {
    Transport found =
        find(
            new Ranks("a", "b")
                .efa("a", "rdmap0s6", 10 * PROBE)
                .efa("b", "rdmap0s6", 10 * PROBE)
                .tcp(0, 1, "ens5", "ena", 0, 0),
            r ->
                r.tcp(0, 1, "ens5", "ena", 2 * PROBE, 2 * PROBE)
                    .efa("a", "rdmap0s6", 10 * PROBE + 90));
    assertWay("ena", "none", "ens5 (driver ena)", found);
  }

  /** The device counts for all processes of the host, and these talk over something else. */
  @Test
  void idleEfaDeviceDoesNotHideSharedMemory() {
    Transport found =
        find(
            new Ranks("a", "a").shared(SEGMENT, 0, 1).efa("a", "rdmap0s6", 5 * PROBE),
            r -> r.efa("a", "rdmap0s6", 6 * PROBE - 1));
    assertWay("shm", "shm", "none", found);
    assertWay(
        "unknown", "none", "none", find(new Ranks("a", "b").efa("a", "rdmap0s6", 7), r -> {}));
  }

  /** Ranks 0 and 1, 2 and 3 share a host: each sends to one rank here and to one there. */
  private static Ranks twoHostsOfTwo() {
    return new Ranks("a", "a", "b", "b")
        .shared(SEGMENT, 0, 1)
        .shared("00:1c:78 /dev/shm/efa_shm.2", 2, 3)
        .efa("a", "rdmap0s6", 70)
        .efa("b", "rdmap0s6", 80);
  }

  @Test
  void efaBetweenHostsDoesNotHideSharedMemoryWithin() {
    Transport found =
        find(
            twoHostsOfTwo(),
            r -> r.efa("a", "rdmap0s6", 70 + 2 * PROBE).efa("b", "rdmap0s6", 80 + 2 * PROBE));
    assertWay("efa", "shm", "rdmap0s6 (driver efa)", found);
    String all = String.join("\n", found.evidence());
    assertTrue(all.contains("rank 1's host: rdmap0s6 counted 2000 bytes sent, for 2 probes"), all);
  }

  @Test
  void efaWithinAHostIsSeenBesideEfaBetweenHosts() {
    Transport found =
        find(
            twoHostsOfTwo(),
            r -> r.efa("a", "rdmap0s6", 70 + 4 * PROBE).efa("b", "rdmap0s6", 80 + 4 * PROBE));
    assertWay("efa", "efa", "rdmap0s6 (driver efa)", found);
  }

  @Test
  void efaThatCountedTooLittleForItsHostIsNoEvidence() {
    Transport found =
        find(
            twoHostsOfTwo(),
            r -> r.efa("a", "rdmap0s6", 69 + 2 * PROBE).efa("b", "rdmap0s6", 79 + 2 * PROBE));
    assertWay("unknown", "shm", "none", found);
  }

  @Test
  void efaOverSeveralDevices() {
    Transport found =
        find(
            new Ranks("a", "b").efa("a", "x0", 0).efa("a", "x1", 0).efa("b", "y0", 0),
            r -> r.efa("a", "x0", PROBE / 2).efa("a", "x1", PROBE / 2).efa("b", "y0", PROBE));
    assertWay("efa", "none", "x0 (driver efa), x1 (driver efa), y0 (driver efa)", found);
  }

  @Test
  void waysThatDifferFromPairToPairAreAllNamed() {
    Transport found =
        find(
            new Ranks("a", "b", "c").tcp(0, 1, "ens5", "ena", 0, 0).tcp(1, 2, "v0", "veth", 0, 0),
            r -> r.tcp(0, 1, "ens5", "ena", PROBE, PROBE).tcp(1, 2, "v0", "veth", PROBE, PROBE));
    assertWay("ena+tcp (veth)+unknown", "none", "ens5 (driver ena), v0 (driver veth)", found);
  }

  @Test
  void nothingIsUnknown() {
    Transport found = find(new Ranks("a", "a", "a"), r -> {});
    assertWay("unknown", "unknown", "none", found);
    assertEquals("unknown", found.provider());
    assertEquals("unknown", found.protocol());
    String all = String.join("\n", found.evidence());
    assertTrue(all.contains("rank 2 to 0: no socket, device counter or shared memory"), all);
  }

  @Test
  void memoryThatOnlyOneOfTwoMapsIsNoEvidence() {
    Transport found =
        find(
            new Ranks("a", "a").shared(SEGMENT, 0).shared("00:1b:78 /dev/shm/vader_segment.0", 1),
            r -> {});
    assertWay("unknown", "unknown", "none", found);
  }

  /** Equal inodes of two hosts are two files. */
  @Test
  void sharedMemoryJoinsNoHosts() {
    Transport found = find(new Ranks("a", "b").shared(SEGMENT, 0, 1), r -> {});
    assertWay("unknown", "none", "none", found);
  }

  @Test
  void oneRankSendsNothing() {
    Transport found = find(new Ranks("a").foreignTcp(0, 7).plugin("pml_ob1"), r -> {});
    assertWay("self", "none", "none", found);
  }

  @Test
  void pluginsNameProviderAndProtocol() {
    Transport ob1 =
        find(new Ranks("a", "a").plugin("pml_ob1").plugin("btl_tcp").plugin("osc_rdma"), r -> {});
    assertEquals("btl_tcp pml_ob1", ob1.provider());
    assertEquals("ob1", ob1.protocol());
    Transport ucx = find(new Ranks("a", "a").plugin("ucp").plugin("uct_cma"), r -> {});
    assertEquals("ucp uct_cma", ucx.provider());
    assertEquals("ucp", ucx.protocol());
  }

  @Test
  void totalsOfTheWholeRunAreTold() {
    Transport found =
        find(
            new Ranks("a", "b").payload(0, 400).payload(1, 30).foreignTcp(0, 5000),
            r -> r.tcp(0, 1, "v0", "veth", 3000, 2000));
    assertEquals(
        "since the start: messages needed 430 bytes or more; TCP sockets between ranks carried"
            + " 5000",
        found.evidence().getLast());
  }
}
