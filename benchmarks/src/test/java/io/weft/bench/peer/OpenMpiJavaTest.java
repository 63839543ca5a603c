package io.weft.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weft.bench.program.MpiJob;
import io.weft.launch.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Open MPI's own Java bindings are made here, and bring what the rule of patterns says. */
class OpenMpiJavaTest {
  private static final int ABSENT = 3;
  private static final String PEER = "io.weft.bench.peer.OpenMpiJavaPeer";

  @TempDir private static Path made;
  @TempDir private Path directory;

  /** What the script prints: each word and what follows it. */
  private static final Map<String, String> SETTINGS = new TreeMap<>();

  private static String absent;

  @BeforeAll
  static void make() throws IOException, InterruptedException {
    Path script = Path.of("").toAbsolutePath().resolveSibling("scripts/lib/openmpi-java.sh");
    ProcessBuilder builder = new ProcessBuilder(script.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Path err = made.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    String said = Files.readString(err).strip();
    if (status == ABSENT) {
      absent = said.lines().reduce((first, last) -> last).orElse("");
      System.out.println("[skipped] OpenMpiJavaTest: " + absent);
      return;
    }
    assertEquals(0, status, said);
    for (String line : out.lines().toList()) {
      String[] words = line.split(" ", 2);
      SETTINGS.put(words[0], words[1]);
    }
  }

  private static String classPath() {
    String surefire = System.getProperty("surefire.test.class.path");
    return surefire != null ? surefire : System.getProperty("java.class.path");
  }

  private List<String> run(int ranks, Network network, String... lengths) throws Exception {
    assumeTrue(absent == null, absent);
    List<String> program =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Djava.library.path=" + SETTINGS.get("library-path"),
                "-classpath",
                SETTINGS.get("classpath") + ":" + classPath(),
                "io.weft.bench.peer.PatternsMain",
                PEER));
    program.addAll(Arrays.asList(lengths));
    MpiJob.Ended ended = new MpiJob(directory).run(ranks, network, program);
    assertEquals(0, ended.status(), () -> ended.out() + ended.err());
    return ended.out().lines().toList();
  }

  private static List<String> expected(int ranks, int... lengths) {
    List<String> lines = new ArrayList<>();
    for (Pattern pattern : Pattern.values()) {
      for (int each : lengths) {
        int bytes = pattern == Pattern.BARRIER ? 0 : each;
        boolean odd = pattern == Pattern.MESSAGE_RATE && ranks % 2 != 0;
        lines.add(
            pattern
                + " "
                + bytes
                + " "
                + (odd
                    ? "absent: message-rate is not for 3 ranks"
                    : ExpectedSum.hex(pattern, bytes, ranks)));
      }
    }
    return lines;
  }

  @Test
  void everyPatternInSharedMemory() throws Exception {
    List<String> lines = run(2, Network.SHM, "8", "4000", "100000");
    assertEquals(expected(2, 8, 4000, 100_000), lines.subList(0, lines.size() - 1));
    String[] found = lines.getLast().substring("found ".length()).split("[|]");
    assertEquals("shm", found[0]);
    assertTrue(found[1].contains("btl_vader"), lines::getLast);
    assertEquals("ob1", found[2]);
    assertEquals("1", found[4]);
    assertTrue(found[5].matches("Open MPI v4.*, its Java bindings"), lines::getLast);
  }

  @Test
  void everyPatternOverTcp() throws Exception {
    List<String> lines = run(2, Network.ENA, "8", "40000");
    assertEquals(expected(2, 8, 40_000), lines.subList(0, lines.size() - 1));
    assertTrue(lines.getLast().startsWith("found tcp (lo)|"), lines::getLast);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void moreRanks(int ranks) throws Exception {
    if (!Boolean.getBoolean("weft.long") && ranks == 4) {
      String reason = "4 ranks: with -Dweft.long=true";
      System.out.println("[skipped] OpenMpiJavaTest: " + reason);
      assumeTrue(false, reason);
    }
    List<String> lines = run(ranks, Network.SHM, "40");
    assertEquals(expected(ranks, 40), lines.subList(0, lines.size() - 1));
  }
}
