package io.weft.bench.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.bench.report.AbsentCell;
import io.weft.bench.report.Cell;
import io.weft.bench.report.CellKey;
import io.weft.bench.report.Percentiles;
import io.weft.bench.report.Quantity;
import io.weft.bench.report.ReportFormat;
import io.weft.bench.report.Reports;
import io.weft.bench.report.ResultFile;
import io.weft.bench.report.Round;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole runs, in processes of their own: what they measure. No figure is judged. */
class BenchMainTest {
  @TempDir private Path directory;

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("--quick fills every cell of its choice, and all libraries bring the same bytes")
  void quick() throws Exception {
    Path page = directory.resolve("page.html");
    BenchProcess run = BenchProcess.run(directory, "--quick", "--report", page.toString());
    ResultFile result = run.result();
    String html = Files.readString(page);
    assertTrue(html.contains("no measure of ENA"), "the caveat of a loopback");
    assertRepeats(result, run.file());
    assertEquals(ResultFile.FORMAT, result.format());
    assertEquals(List.of(), result.absent());
    Set<CellKey> keys = result.cells().stream().map(Cell::key).collect(Collectors.toSet());
    Set<CellKey> expected = new HashSet<>();
    for (String via : List.of("mpi", "libfabric", "c-mpi")) {
      for (String network : List.of("ena", "shm")) {
        for (long bytes : new long[] {8, 65536}) {
          expected.add(new CellKey("PingPong", Map.of(), via, network, bytes, 2));
        }
      }
    }
    assertEquals(expected, keys);
    for (Cell cell : result.cells()) {
      assertEquals(2, cell.rounds().size(), cell.key().toString());
      String network = cell.key().network().equals("shm") ? "shm" : "tcp (lo)";
      // A baseline in C does not look for evidence of its own.
      if (!cell.key().via().startsWith("c-")) {
        assertEquals(network, cell.found().network(), cell.key().toString());
      }
      for (Round round : cell.rounds()) {
        assertEquals(result.method().iterations(), round.nanos().size());
        assertTrue(round.nanos().stream().allMatch(nanos -> nanos > 0), round.toString());
        assertEquals(checksum(result, cell.key().bytes()), round.checksum());
        Percentiles p = round.percentiles();
        assertTrue(
            0 < p.p50()
                && p.p50() <= p.p90()
                && p.p90() <= p.p99()
                && p.p99() <= p.p999()
                && p.p999() <= p.max(),
            p.toString());
      }
    }
    assertEquals(
        2, result.cells().stream().map(c -> checksum(result, c.key().bytes())).distinct().count());
  }

  /** What a report says measures the same again names the same cells. */
  private void assertRepeats(ResultFile result, Path file) throws Exception {
    String words =
        Reports.render(List.of(file), ReportFormat.MD)
            .lines()
            .dropWhile(line -> !line.startsWith("scripts/bench "))
            .takeWhile(line -> !line.contains("--out "))
            .collect(Collectors.joining(" "))
            .replaceAll("['\\\\]", "");
    List<String> arguments = new ArrayList<>(List.of(words.strip().split(" +")));
    arguments.set(0, "--dry-run");
    BenchProcess again = BenchProcess.run(directory, arguments.toArray(String[]::new));
    assertEquals(
        result.cells().stream().map(BenchMainTest::line).collect(Collectors.toSet()),
        again.output().lines().collect(Collectors.toSet()));
  }

  private static String line(Cell cell) {
    CellKey key = cell.key();
    return "%s %s %s %d B %d ranks"
        .formatted(key.benchmark(), key.via(), key.network(), key.bytes(), key.ranks());
  }

  private static String checksum(ResultFile result, long bytes) {
    return result.cells().stream()
        .filter(cell -> cell.key().bytes() == bytes)
        .findFirst()
        .orElseThrow()
        .rounds()
        .getFirst()
        .checksum();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("each other library fills its cell over its own network, or says why it does not")
  void others() throws Exception {
    ResultFile result =
        BenchProcess.run(
                directory,
                BenchProcess.shortly(
                    "PingPong",
                    "-p",
                    "via=openmpi-java,aeron,nio,jucx,fi_pingpong,c-libfabric",
                    "-p",
                    "network=ena",
                    "-p",
                    "bytes=8"))
            .result();
    for (Cell cell : result.cells()) {
      assertEquals("tcp (lo)".replace("tcp", carrier(cell)), cell.found().network());
    }
    Map<String, String> absent = new HashMap<>();
    result.absent().forEach(cell -> absent.put(cell.key().via(), cell.reason()));
    Set<String> there =
        result.cells().stream().map(cell -> cell.key().via()).collect(Collectors.toSet());
    assertTrue(there.containsAll(Set.of("nio", "aeron", "fi_pingpong", "c-libfabric")), there + "");
    // What a machine may lack, and what only a start by scripts/bench can make.
    assertEquals(
        absent.get("openmpi-java"), "scripts/bench makes the bindings, and did not start this");
    if (!there.contains("jucx")) {
      System.out.println("[skipped] BenchMainTest, jucx: " + absent.get("jucx"));
      assertTrue(absent.get("jucx").startsWith("jucx "), absent.get("jucx"));
    }
  }

  private static String carrier(Cell cell) {
    return cell.key().via().equals("aeron") ? "udp" : "tcp";
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("of several benchmarks that match, each fork runs its own")
  void several() throws Exception {
    ResultFile result =
        BenchProcess.run(
                directory,
                BenchProcess.shortly(
                    "(Put|Barrier|Get)",
                    "-e",
                    "Get",
                    "-p",
                    "via=mpi",
                    "-p",
                    "network=shm",
                    "-p",
                    "bytes=8"))
            .result();
    assertEquals(
        Set.of("Put mpi shm 8 B 2 ranks", "Barrier mpi shm 0 B 2 ranks"),
        result.cells().stream().map(BenchMainTest::line).collect(Collectors.toSet()));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("a provider that is asked for is what carries the messages")
  void provider() throws Exception {
    ResultFile result =
        BenchProcess.run(
                directory,
                BenchProcess.shortly(
                    "PingPong",
                    "-p",
                    "via=libfabric,mpi",
                    "-p",
                    "network=shm",
                    "-p",
                    "provider=shm,net",
                    "-p",
                    "bytes=8"))
            .result();
    assertEquals(
        List.of(new CellKey("PingPong", Map.of("provider", "shm"), "libfabric", "shm", 8, 2)),
        result.cells().stream().map(Cell::key).toList());
    assertEquals("shm", result.cells().getFirst().found().provider());
    assertEquals(
        Set.of(
            "libfabric over shm has no provider net",
            "mpi over shm has no provider shm",
            "mpi over shm has no provider net"),
        result.absent().stream().map(AbsentCell::reason).collect(Collectors.toSet()));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("each axis is honoured, and JMH's own results hold every fork")
  void axes() throws Exception {
    ResultFile result =
        BenchProcess.run(
                directory,
                "Allreduce",
                "-p",
                "via=libfabric",
                "-p",
                "network=shm",
                "-p",
                "bytes=24",
                "-p",
                "ranks=3",
                "-f",
                "2",
                "-wi",
                "1",
                "-w",
                "10ms",
                "-i",
                "3",
                "-r",
                "20ms",
                "-prof",
                "gc",
                "-rf",
                "json",
                "-rff",
                directory.resolve("jmh.json").toString())
            .result();
    Cell cell = result.cells().getFirst();
    assertEquals(1, result.cells().size());
    assertEquals(new CellKey("Allreduce", Map.of(), "libfabric", "shm", 24, 3), cell.key());
    assertEquals("Weft's rings in shared memory (no libfabric)", cell.found().library());
    assertEquals(2, cell.rounds().size());
    assertEquals(3, cell.rounds().getFirst().nanos().size());
    assertNull(cell.rounds().getFirst().percentiles());
    // 0 + 1 + 2 ranks' sums of k, and thrice k: 3, 6 and 9 as doubles, on each of three ranks.
    assertEquals(Long.toHexString(3 * sumOfDoubles(3, 6, 9)), cell.rounds().getFirst().checksum());
    JsonNode jmh = JsonMapper.shared().readTree(directory.resolve("jmh.json").toFile()).get(0);
    assertEquals("3", jmh.at("/params/ranks").asString());
    assertEquals(2, jmh.at("/primaryMetric/rawData").size());
    assertTrue(jmh.at("/secondaryMetrics").has("gc.alloc.rate.norm"), jmh.toString());
    assertTrue(jmh.at("/secondaryMetrics").has("ranks.time"), jmh.toString());
  }

  /** By the rule, from the definition of a double's bytes. */
  private static long sumOfDoubles(double... values) {
    long sum = 17;
    for (double value : values) {
      long bits = Double.doubleToLongBits(value);
      for (int k = 0; k < Double.BYTES; k++) {
        sum = sum * 31 + (bits >>> 8 * k & 0xFF);
      }
    }
    return sum;
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("a kernel is measured by its own clock and its own count")
  void kernel() throws Exception {
    Cell cell =
        BenchProcess.run(
                directory,
                BenchProcess.shortly(
                    "KernelRun",
                    "-p",
                    "kernel=is",
                    "-p",
                    "size=S",
                    "-p",
                    "via=mpi",
                    "-p",
                    "network=shm"))
            .result()
            .cells()
            .getFirst();
    assertEquals("Kernel", cell.key().benchmark());
    assertEquals(Map.of("class", "S", "kernel", "is"), cell.key().parameters());
    assertEquals(Quantity.SPEED, cell.quantity());
    // 2^16 keys, ten times (NPB 3.4, class S).
    assertEquals(655360, cell.perOperation(), 1);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("a benchmark of one JVM is a cell too")
  void oneJvm() throws Exception {
    Cell cell =
        BenchProcess.run(directory, BenchProcess.shortly("CallCost.emptyCFunction"))
            .result()
            .cells()
            .getFirst();
    assertEquals("CallCost", cell.key().benchmark());
    assertEquals(Map.of("method", "emptyCFunction"), cell.key().parameters());
    assertTrue(cell.rounds().getFirst().nanos().stream().allMatch(nanos -> nanos > 0));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("a library without the pattern leaves the cell absent, and says so")
  void absent() throws Exception {
    ResultFile result =
        BenchProcess.run(
                directory,
                BenchProcess.shortly(
                    "Allreduce", "-p", "via=nio", "-p", "network=ena", "-p", "bytes=8"))
            .result();
    assertEquals(List.of(), result.cells());
    assertEquals("nio has no allreduce over ena", result.absent().getFirst().reason());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("what no library can do is absent for all of them, with one reason")
  void impossible() throws Exception {
    String[] three =
        BenchProcess.shortly(
            "MessageRate",
            "-p",
            "via=mpi,c-mpi,openmpi-java",
            "-p",
            "network=shm",
            "-p",
            "ranks=3");
    ResultFile result = BenchProcess.run(directory, three).result();
    assertEquals(
        List.of("message-rate needs an even number of ranks"),
        result.absent().stream().map(AbsentCell::reason).distinct().toList());
    assertEquals(3, result.absent().size());
    assertEquals(List.of(), result.cells());
    String[] odd =
        BenchProcess.shortly(
            "(Allreduce|PingPong)",
            "-p",
            "via=c-mpi,fi_pingpong",
            "-p",
            "network=ena,efa",
            "-p",
            "bytes=12",
            "-p",
            "ranks=4",
            "--dry-run");
    BenchProcess run = BenchProcess.run(directory, odd);
    assertEquals(
        List.of("PingPong c-mpi efa 12 B 4 ranks", "PingPong c-mpi ena 12 B 4 ranks"),
        run.output().lines().sorted().toList());
  }
}
