package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of a machine each rank gets. The test kernels need 1 MiB a rank. */
class RankPlanTest {
  private static final long MIB = 1 << 20;

  /** Heap 128 MiB at least, and 256 MiB beside it. */
  private static final long RANK_MIB = 384;

  private static RankPlan plan(String options, int localRanks, Node node) {
    return RankPlan.of(Options.of("waits " + options), localRanks, node, null);
  }

  private static Node node(int processors, int cores) {
    return new Node(processors, cores, 1000 * RANK_MIB * MIB);
  }

  @ParameterizedTest
  @CsvSource({
    // processors, cores, ranks: none of them bound needs more than it has
    "64, 32, 1, core, false",
    "64, 32, 32, core, false",
    "64, 32, 33, none, true",
    "2, 2, 2, core, false",
    "2, 1, 2, none, true",
    "2, 2, 4, none, true"
  })
  @DisplayName("ranks are bound where there is a core for each, and yield where there is not")
  void bindAndYield(int processors, int cores, int ranks, String bind, boolean yield) {
    RankPlan plan = plan("-n " + ranks, ranks, node(processors, cores));
    assertEquals(bind, plan.bind());
    assertEquals(yield, plan.yield());
  }

  @Test
  @DisplayName("ranks that are to be bound are refused where there is no core for each")
  void noCoreForEach() {
    WeftException refused =
        assertThrows(WeftException.class, () -> plan("-n 3 --bind core", 3, node(4, 2)));
    assertEquals(ExitStatus.USAGE, refused.status());
    assertTrue(
        refused.getMessage().contains("3 ranks share the 2 of this host"), refused::getMessage);
    assertEquals("none", plan("-n 3 --bind none", 3, node(4, 2)).bind());
    RankPlan byMpirun = RankPlan.of(Options.of("waits -n 3"), 3, node(4, 2), "by mpirun");
    assertEquals("by mpirun", byMpirun.bind());
  }

  @Test
  @DisplayName("processors are shared out, never more than this process may use")
  void processors() {
    int mine = Runtime.getRuntime().availableProcessors();
    assertEquals(mine, plan("", 1, node(mine, mine)).processors());
    assertEquals(Math.max(1, mine / 2), plan("", 2, node(mine, mine)).processors());
    assertEquals(1, plan("", 2 * mine, node(mine, mine)).processors());
    assertEquals(mine, plan("", 1, node(1000, 1000)).processors());
    assertEquals(77, plan("--cpus 77", 1, node(mine, mine)).processors());
  }

  @ParameterizedTest
  @CsvSource({"--cpus 1, Serial", "--cpus 2, Parallel", "--cpus 1 --gc Z, Z"})
  @DisplayName("one processor gets the serial collector")
  void collector(String options, String collector) {
    RankPlan plan = plan(options, 1, node(4, 4));
    assertEquals(collector, plan.collector());
    assertTrue(plan.flags().contains("-XX:+Use" + collector + "GC"), plan.flags()::toString);
  }

  @ParameterizedTest
  @CsvSource({"96m, 100663296", "1g, 1073741824", "98304k, 100663296", "100663296, 100663296"})
  @DisplayName("a heap that is given is taken as it is, in each unit")
  void heap(String size, long bytes) {
    RankPlan plan = plan("--heap " + size, 1, node(4, 4));
    assertEquals(bytes, plan.heapBytes());
    assertTrue(plan.flags().containsAll(List.of("-Xms" + bytes, "-Xmx" + bytes)));
  }

  @Test
  @DisplayName("the heap follows from what the kernel holds, with room to spare")
  void heapOfKernel() {
    RankPlan plan = RankPlan.of(Options.of("cg --class B"), 1, node(4, 4), null);
    long least = 13_708_072L * 12; // bytes of class B's nonzeros
    assertTrue(plan.heapBytes() > least && plan.heapBytes() < 3 * least, plan::toString);
    assertEquals(0, plan.heapBytes() % (2 * MIB), "whole huge pages");
  }

  @Test
  @DisplayName("all ranks of a host together fit, or are refused with both sums")
  void memory() {
    Node enough = new Node(4, 4, 4 * RANK_MIB * MIB);
    assertEquals(128 * MIB, plan("-n 4", 4, enough).heapBytes());
    WeftException refused =
        assertThrows(
            WeftException.class, () -> plan("-n 4", 4, new Node(4, 4, 4 * RANK_MIB * MIB - 1)));
    assertEquals(ExitStatus.UNAVAILABLE, refused.status());
    assertTrue(refused.getMessage().contains("4 ranks on this host need 1,536 MiB"));
    assertTrue(refused.getMessage().contains("1,535 MiB are to be had"), refused::getMessage);
  }

  @ParameterizedTest
  @CsvSource({"999999999999g", "8796093022208", "999999999999"})
  @DisplayName("a heap beyond all memory is refused, however many ranks it is multiplied by")
  void hugeHeap(String size) {
    assertThrows(
        WeftException.class, () -> plan("--heap " + size, 1_000_000, new Node(4, 4, 64L << 30)));
  }

  @ParameterizedTest
  @CsvSource({"2x", "g", "-1", "1.5g", "1234567890123456"})
  @DisplayName("what is no size is refused")
  void noSize(String size) {
    WeftException refused =
        assertThrows(WeftException.class, () -> plan("--heap=" + size, 1, node(4, 4)));
    assertEquals(ExitStatus.USAGE, refused.status());
    assertTrue(refused.getMessage().contains("--heap " + size), refused::getMessage);
  }

  @Test
  @DisplayName("more JVM flags come last, so that they win")
  void moreFlags() {
    List<String> flags = plan("--jvm -Xmx7g --jvm -Da=b", 1, node(4, 4)).flags();
    assertEquals(List.of("-Xmx7g", "-Da=b"), flags.subList(flags.size() - 2, flags.size()));
  }

  @Test
  @DisplayName("the plan reaches the rank as it is")
  void roundTrip() {
    RankPlan plan = plan("--jvm -Da=\"b;c,d\" --bind none --yield true", 3, node(4, 4));
    assertEquals(plan, RankPlan.fromEnvironment(plan.environment()));
    assertEquals("1", plan.environment().get("OMPI_MCA_mpi_yield_when_idle"));
    assertNull(RankPlan.fromEnvironment(Map.of()));
  }

  @Test
  @DisplayName("a rank's command is java, flags, main class, arguments")
  void command() {
    RankPlan plan = plan("", 1, node(4, 4));
    List<String> command = plan.command(List.of("run", "waits"));
    assertTrue(command.getFirst().endsWith("/bin/java"), command::toString);
    int main = command.indexOf("io.weft.cli.Weft");
    assertEquals(List.of("run", "waits"), command.subList(main + 1, command.size()));
    assertTrue(command.subList(0, main).containsAll(plan.flags()), command::toString);
    assertFalse(plan.trialCommand().contains("io.weft.cli.Weft"));
  }
}
