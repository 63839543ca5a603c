package io.weft.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weft.bench.report.Found;
import io.weft.comm.Job;
import io.weft.comm.TransportEvidence;
import io.weft.launch.Network;
import io.weft.testing.Allocations;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import io.weft.testing.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;

/**
 * The Java libraries beside Weft, each over each of its networks. Variants are {@code
 * mpi/shm/shm/LIBRARY/NETWORK}: MPI shares memory for what ranks tell each other.
 */
abstract class PairPeersCase implements RankFixture {
  /** What Agrona reaches into. */
  static final String AGRONA = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

  /** One byte over what an Aeron frame takes, TCP's buffers, UCX's eager messages. */
  private static final int[] LENGTHS = {0, 1, 1000, 70_000, 1_500_000};

  private static final Set<Pattern> MESSAGES =
      EnumSet.of(Pattern.PING_PONG, Pattern.BANDWIDTH, Pattern.BIDIRECTIONAL, Pattern.MESSAGE_RATE);

  private String library;
  private Network network;
  private Job job;
  private Peer peer;

  /** Variants of their libraries and networks. */
  static List<Variant> variants(List<String> names) {
    return names.stream().map(name -> Variant.of("mpi/shm/shm/" + name)).toList();
  }

  @Override
  public void open(RankContext context) {
    String[] words = context.variant().split("/");
    library = words[3];
    network = Network.of(words[4]);
    job = Job.start();
    peer = open(network);
  }

  private Peer open(Network over) {
    return switch (library) {
      case "nio" -> NioPeer.open(job, over);
      case "jucx" -> JucxPeer.open(job, over);
      case "aeron" -> AeronPeer.open(job, over, AeronDriver.Work.INVOKED);
      case "aeron-dedicated" -> AeronPeer.open(job, over, AeronDriver.Work.DEDICATED);
      default -> throw new IllegalArgumentException(library);
    };
  }

  /** The files of this job's processes are gone with their peers. */
  @Override
  public void close() throws IOException {
    List<String> pids = new ArrayList<>();
    for (byte[] pid : job.allgather(PairPeer.bytes("-" + ProcessHandle.current().pid()))) {
      pids.add(new String(pid));
    }
    peer.close();
    try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
      List<String> left =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("weft-aeron") || name.startsWith("ucx"))
              .filter(name -> pids.stream().anyMatch(name::endsWith))
              .toList();
      assertEquals(List.of(), left);
    }
  }

  private Set<Pattern> patterns() {
    Set<Pattern> patterns = EnumSet.copyOf(MESSAGES);
    if (library.equals("jucx")) {
      patterns.add(Pattern.PUT);
      patterns.add(Pattern.GET);
    }
    return patterns;
  }

  @RankTest
  @Order(1)
  void everyPatternBringsWhatItsRuleSays() {
    for (Pattern pattern : patterns()) {
      for (int bytes : LENGTHS) {
        try (Operation operation = peer.open(pattern, bytes)) {
          operation.run(pattern.unit());
          operation.run(3 * pattern.unit());
          peer.barrier();
          String sum = Long.toHexString(peer.sum(operation.checksum()));
          assertEquals(ExpectedSum.hex(pattern, bytes, peer.size()), sum, pattern + " of " + bytes);
        }
      }
    }
  }

  @RankTest
  @Order(2)
  void singleRoundTripsAreTimedOneByOne() {
    try (Operation operation = peer.open(Pattern.PING_PONG, 8)) {
      long[] nanos = new long[50];
      assertTrue(operation.time(nanos));
      peer.barrier();
      if (peer.rank() == 0) {
        for (long each : nanos) {
          assertTrue(each > 0);
        }
      }
    }
    try (Operation operation = peer.open(Pattern.BANDWIDTH, 8)) {
      assertFalse(operation.time(new long[1]));
    }
  }

  @RankTest
  @Order(3)
  void whatItLacksIsAbsentOnEveryRank() {
    for (Pattern pattern : EnumSet.complementOf(EnumSet.copyOf(patterns()))) {
      String message =
          assertThrows(AbsentException.class, () -> peer.open(pattern, 0)).getMessage();
      assertTrue(message.endsWith(" has no " + pattern.word() + " of its own"), message);
    }
    peer.barrier();
  }

  @RankTest
  @Order(4)
  void foundSaysWhatTheKernelSaw() {
    try (Operation operation = peer.open(Pattern.MESSAGE_RATE, 8)) {
      operation.run(64);
      peer.barrier();
      Found found = peer.found();
      String expected =
          network == Network.SHM ? "shm" : library.startsWith("aeron") ? "udp (lo)" : "tcp (lo)";
      assertEquals(expected, found.network(), found::toString);
      assertEquals(network == Network.SHM ? "none" : "lo (driver lo)", found.device());
      assertEquals(1, found.hosts());
      String name =
          library.equals("nio")
              ? "java.nio of JDK 2"
              : library.startsWith("aeron") ? "Aeron 1." : "jucx 1.";
      assertTrue(found.library().startsWith(name), found::library);
      operation.run(64);
      peer.barrier();
      assertEquals(
          ExpectedSum.hex(Pattern.MESSAGE_RATE, 8, peer.size()),
          Long.toHexString(peer.sum(operation.checksum())));
    }
  }

  /** By the kernel's counters of TCP sockets, which headers of libraries add little to. */
  @RankTest
  @Order(5)
  void batchesAreHonoured() {
    assumeTrue(
        network == Network.ENA && !library.startsWith("aeron"), "only TCP sockets count bytes");
    int bytes = 10_000;
    try (Operation operation = peer.open(Pattern.MESSAGE_RATE, bytes)) {
      for (int count : new int[] {64, 640}) {
        peer.barrier();
        long before = sentOverTcp();
        operation.run(count);
        peer.barrier();
        double messages = (double) (sentOverTcp() - before) / bytes;
        if (Content.sends(Pattern.MESSAGE_RATE, peer.rank(), peer.size())) {
          assertTrue(messages >= 0.98 * count && messages < 1.05 * count, count + ": " + messages);
        } else {
          assertTrue(messages < 0.05 * count, "it sends empty ones only: " + messages);
        }
      }
    }
  }

  private static long sentOverTcp() {
    return TransportEvidence.ofThisProcess()
        .lines()
        .filter(line -> line.startsWith("tcp\t"))
        .mapToLong(line -> Long.parseLong(line.split("\t")[5]))
        .sum();
  }

  /** jucx makes an object for each operation, so that it is left out. */
  @RankTest
  @Order(6)
  void operationsAllocateNothing() {
    assumeTrue(!library.equals("jucx"), "jucx makes an object for each operation");
    assumeTrue(peer.size() == 2, "measured on 2 ranks");
    for (Pattern pattern : patterns()) {
      for (int bytes : new int[] {8, 70_000}) {
        try (Operation operation = peer.open(pattern, bytes)) {
          Runnable batch = () -> operation.run(pattern.unit());
          long most = Long.MAX_VALUE;
          for (int i = 0; i < 100 && most > 0; i++) {
            most = peer.largest(Allocations.total(0, 10, batch));
          }
          assertEquals(0, most, pattern + " of " + bytes + ": bytes in ten batches");
        }
      }
    }
  }

  @RankTest
  @Order(7)
  void otherNetworksAreAbsent() {
    Network other = library.equals("nio") ? Network.SHM : Network.EFA;
    assertThrows(AbsentException.class, () -> open(other));
    assertThrows(AbsentException.class, () -> open(Network.EFA));
  }
}
