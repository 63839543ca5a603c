package io.weft.bench.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weft.bench.peer.ExpectedSum;
import io.weft.bench.peer.Pattern;
import io.weft.bench.report.Percentiles;
import io.weft.launch.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The programs in C bring what the rule of patterns says, do what they are told, and say what is
 * wrong.
 */
class CPeerTest {
  private static final int BYTES = 1000;

  /** An iteration ends with its first batch. */
  private static final double AT_ONCE = 1e-9;

  private static final Set<Pattern> OF_PAIRS =
      EnumSet.of(
          Pattern.PING_PONG,
          Pattern.BANDWIDTH,
          Pattern.BIDIRECTIONAL,
          Pattern.MESSAGE_RATE,
          Pattern.PUT,
          Pattern.GET);

  private static CPeer overMpi;
  private static CPeer overFabric;

  @TempDir private Path directory;

  @BeforeAll
  static void build() throws IOException {
    overMpi = CPeer.build(CPeer.Library.MPI, "mpicc");
    overFabric = CPeer.build(CPeer.Library.LIBFABRIC, "mpicc");
  }

  @AfterAll
  static void remove() throws IOException {
    overMpi.close();
    overFabric.close();
  }

  private MpiJob.Ended start(int ranks, Network network, List<String> program)
      throws IOException, InterruptedException {
    return new MpiJob(directory).run(ranks, network, program);
  }

  private CPeerOutput run(
      CPeer.Library library,
      int ranks,
      Network network,
      String provider,
      Pattern pattern,
      int bytes)
      throws IOException, InterruptedException {
    CPeer peer = library == CPeer.Library.MPI ? overMpi : overFabric;
    CPeer.Plan plan = new CPeer.Plan(pattern.unit(), 1, 2, AT_ONCE);
    MpiJob.Ended ended = start(ranks, network, peer.command(pattern, bytes, plan, provider));
    assertEquals(0, ended.status(), () -> ended.out() + ended.err());
    return CPeerOutput.parse(library, ended.out());
  }

  private static void assertBrings(Pattern pattern, int bytes, int ranks, CPeerOutput output) {
    assertNull(output.absent());
    assertEquals(ExpectedSum.hex(pattern, bytes, ranks), output.checksum());
    assertEquals(2, output.nanos().size(), "the warm-up does not count");
    output.nanos().forEach(nanos -> assertTrue(nanos > 0, output::toString));
    Percentiles p = output.percentiles();
    assertEquals(pattern == Pattern.PING_PONG, p != null);
    if (p != null) {
      double[] sorted = {0, p.p50(), p.p90(), p.p99(), p.p999(), p.max()};
      double[] given = sorted.clone();
      Arrays.sort(sorted);
      assertEquals(Arrays.toString(sorted), Arrays.toString(given));
      assertTrue(p.p50() > 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Pattern.class)
  void everyPatternOverMpi(Pattern pattern) throws Exception {
    int bytes = pattern == Pattern.BARRIER ? 0 : BYTES;
    CPeerOutput output = run(CPeer.Library.MPI, 2, Network.SHM, null, pattern, bytes);
    assertBrings(pattern, bytes, 2, output);
    assertEquals("shm", output.found().network());
    assertTrue(output.found().library().startsWith("Open MPI v4."), output.found().library());
    assertTrue(output.found().provider().contains("btl_vader"), output.found().provider());
    assertEquals("ob1", output.found().protocol());
    assertEquals(1, output.found().hosts());
  }

  @ParameterizedTest
  @EnumSource(Pattern.class)
  void everyPatternOverMpiOnMoreRanks(Pattern pattern) throws Exception {
    if (!Boolean.getBoolean("weft.long")
        && pattern != Pattern.HALO_3D
        && pattern != Pattern.MESSAGE_RATE) {
      skip(pattern + " on 3 and 4 ranks: with -Dweft.long=true; of all patterns two run");
    }
    for (int ranks = 3; ranks <= 4; ranks++) {
      if (pattern != Pattern.MESSAGE_RATE || ranks == 4) {
        int bytes = pattern == Pattern.BARRIER ? 0 : 40;
        CPeerOutput output = run(CPeer.Library.MPI, ranks, Network.SHM, null, pattern, bytes);
        assertBrings(pattern, bytes, ranks, output);
      }
    }
  }

  private static void skip(String reason) {
    System.out.println("[skipped] CPeerTest: " + reason);
    assumeTrue(false, reason);
  }

  @ParameterizedTest
  @EnumSource(
      value = Pattern.class,
      names = {"PING_PONG", "BANDWIDTH", "BIDIRECTIONAL", "MESSAGE_RATE", "PUT", "GET"})
  void pairsOverLibfabric(Pattern pattern) throws Exception {
    CPeerOutput shm = run(CPeer.Library.LIBFABRIC, 2, Network.SHM, "shm", pattern, BYTES);
    assertBrings(pattern, BYTES, 2, shm);
    assertEquals("shm", shm.found().network());
    assertEquals("shm", shm.found().provider());
    assertEquals("FI_PROTO_SHM", shm.found().protocol());
    CPeerOutput tcp = run(CPeer.Library.LIBFABRIC, 2, Network.SHM, "net", pattern, 70_000);
    assertBrings(pattern, 70_000, 2, tcp);
    assertEquals("tcp (lo)", tcp.found().network());
    assertEquals("lo (driver lo)", tcp.found().device());
    assertEquals("FI_PROTO_XNET", tcp.found().protocol());
    assertTrue(tcp.found().library().matches("libfabric [0-9]+[.][0-9]+"), tcp.found().library());
  }

  /** A single byte, none, and one that is longer than eager messages are. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3_000_000})
  void lengths(int bytes) throws Exception {
    assertBrings(
        Pattern.PING_PONG,
        bytes,
        2,
        run(CPeer.Library.MPI, 2, Network.ENA, null, Pattern.PING_PONG, bytes));
    assertBrings(
        Pattern.PING_PONG,
        bytes,
        2,
        run(CPeer.Library.LIBFABRIC, 2, Network.SHM, "tcp;ofi_rxm", Pattern.PING_PONG, bytes));
  }

  /** MPI over TCP: in its evidence stands how much its sockets have carried. */
  @Test
  void batchesAreHonoured() throws Exception {
    int bytes = 10_000;
    long few = carried(64, 1, 2, bytes);
    long more = carried(256, 1, 2, bytes);
    long most = carried(256, 2, 4, bytes);
    assertNear(3L * (256 - 64) * bytes, more - few);
    assertNear(3L * 256 * bytes, most - more);
  }

  /** Headers and acknowledged windows add a little. */
  private static void assertNear(long expected, long found) {
    assertTrue(
        found >= 0.95 * expected && found <= 1.15 * expected,
        () -> found + " is not about " + expected);
  }

  private long carried(int batch, int warmups, int iterations, int bytes) throws Exception {
    CPeer.Plan plan = new CPeer.Plan(batch, warmups, iterations, AT_ONCE);
    MpiJob.Ended ended =
        start(2, Network.ENA, overMpi.command(Pattern.BANDWIDTH, bytes, plan, null));
    CPeerOutput output = CPeerOutput.parse(CPeer.Library.MPI, ended.out());
    assertEquals(iterations, output.nanos().size());
    assertEquals("tcp (lo)", output.found().network());
    return ended
        .out()
        .lines()
        .filter(line -> line.startsWith("before 0 tcp\t"))
        .mapToLong(line -> Long.parseLong(line.split("\t")[5]))
        .sum();
  }

  @Test
  void iterationsLastSeconds() throws Exception {
    CPeer.Plan plan = new CPeer.Plan(2, 0, 2, 0.4);
    long start = System.nanoTime();
    MpiJob.Ended ended = start(2, Network.SHM, overMpi.command(Pattern.PING_PONG, 8, plan, null));
    assertEquals(0, ended.status(), ended::err);
    assertTrue(System.nanoTime() - start >= 800_000_000L, "two of 0.4 s cannot take less");
  }

  @Test
  void whatLibfabricLacksIsAbsent() throws Exception {
    for (Pattern pattern : EnumSet.complementOf(EnumSet.copyOf(OF_PAIRS))) {
      CPeerOutput output = run(CPeer.Library.LIBFABRIC, 2, Network.SHM, "shm", pattern, 0);
      assertEquals("libfabric has no " + pattern.word() + " of its own", output.absent());
      assertEquals(List.of(), output.nanos());
    }
    CPeerOutput nobody = run(CPeer.Library.LIBFABRIC, 2, Network.SHM, "nobody", Pattern.GET, 8);
    assertTrue(
        nobody.absent().matches("libfabric .* has no provider nobody with .* and FI_RMA"),
        nobody::absent);
  }

  private void assertRefused(String expected, CPeer peer, int ranks, String... arguments)
      throws Exception {
    List<String> program = new ArrayList<>(List.of(peer.path().toString()));
    program.addAll(List.of(arguments));
    MpiJob.Ended ended = start(ranks, Network.SHM, program);
    assertEquals(2, ended.status(), ended::out);
    List<String> said =
        Stream.concat(ended.out().lines(), ended.err().lines()).filter(expected::equals).toList();
    assertEquals(List.of(expected), said, () -> "not once, by rank 0 alone: " + ended.err());
  }

  @Test
  void wrongArgumentsAreRefused() throws Exception {
    String path = overMpi.path().toString();
    assertRefused(
        "usage: " + path + " PATTERN BYTES BATCH WARMUPS ITERATIONS SECONDS",
        overMpi,
        2,
        "ping-pong",
        "8");
    assertRefused(
        "usage: " + overFabric.path() + " PATTERN BYTES BATCH WARMUPS ITERATIONS SECONDS PROVIDER",
        overFabric,
        2,
        "ping-pong",
        "8",
        "2",
        "0",
        "1",
        "0.1");
    String[][] wrong = {
      {"PATTERN pingpong is none of:", "pingpong", "8", "2", "0", "1", "0.1"},
      {"BYTES 8x is not 0 to 2147483647", "ping-pong", "8x", "2", "0", "1", "0.1"},
      {"BYTES -1 is not 0 to 2147483647", "ping-pong", "-1", "2", "0", "1", "0.1"},
      {
        "BATCH 3 is no multiple of 2, of which a batch of ping-pong is",
        "ping-pong",
        "8",
        "3",
        "0",
        "1",
        "1"
      },
      {
        "BATCH 100 is no multiple of 64, of which a batch of bandwidth is",
        "bandwidth",
        "8",
        "100",
        "0",
        "1",
        "1"
      },
      {"WARMUPS -1 is not 0 or more", "ping-pong", "8", "2", "-1", "1", "0.1"},
      {"ITERATIONS 0 is not 1 or more", "ping-pong", "8", "2", "0", "0", "0.1"},
      {"SECONDS 0 is no time above 0", "ping-pong", "8", "2", "0", "1", "0"},
      {"SECONDS nan is no time above 0", "ping-pong", "8", "2", "0", "1", "nan"},
      {"BYTES 12 are no doubles, which allreduce sums", "allreduce", "12", "1", "0", "1", "0.1"},
      {"BYTES 8: a barrier has none", "barrier", "8", "1", "0", "1", "0.1"}
    };
    for (String[] each : wrong) {
      assertRefused(each[0], overMpi, 2, Arrays.copyOfRange(each, 1, each.length));
    }
    assertRefused(
        "message-rate needs an even number of ranks, not 3",
        overMpi,
        3,
        "message-rate",
        "8",
        "64",
        "0",
        "1",
        "0.1");
    assertRefused(
        "ping-pong needs 2 ranks or more", overMpi, 1, "ping-pong", "8", "2", "0", "1", "0.1");
  }

  @Test
  void outputThatIsNoneIsAnError() {
    CPeer.Library library = CPeer.Library.MPI;
    IOException alien =
        assertThrows(IOException.class, () -> CPeerOutput.parse(library, "iteration 5\nhello\n"));
    assertEquals("c-mpi printed: hello", alien.getMessage());
    IOException number =
        assertThrows(IOException.class, () -> CPeerOutput.parse(library, "iteration fast\n"));
    assertEquals("c-mpi printed: iteration fast", number.getMessage());
    IOException early =
        assertThrows(IOException.class, () -> CPeerOutput.parse(library, "iteration 5\n"));
    assertTrue(
        early.getMessage().startsWith("c-mpi ended without its checksum"), early::getMessage);
  }

  @Test
  void nothingIsLeftInSharedMemory() throws Exception {
    Set<String> before = sharedMemory();
    run(CPeer.Library.MPI, 2, Network.SHM, null, Pattern.PUT, BYTES);
    run(CPeer.Library.LIBFABRIC, 2, Network.SHM, "shm", Pattern.GET, BYTES);
    assertEquals(before, sharedMemory());
  }

  private static Set<String> sharedMemory() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
      return Set.copyOf(files.map(Path::toString).toList());
    }
  }
}
