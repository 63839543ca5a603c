package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import io.weft.testing.YieldWhenIdle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * CG over every way: verified, over the network that was asked for, and on record. A run that is
 * not long has each way on 2 ranks and on one of the other numbers, drawn by {@code
 * -Dweft.test.seed}.
 */
@Isolated
class GoodRunTest {
  private static final List<Integer> RANKS = List.of(1, 2, 4);

  private static final long SEED = Long.getLong("weft.test.seed", 1);

  /** Published with the benchmark (NPB 3.4, CG). */
  private static final double ZETA_S = 8.5971775078648;

  @TempDir private Path directory;

  /** One way to run. */
  record Case(String mpi, String via, String network, String problemClass, int ranks) {
    /** What carries the messages, where all ranks are on one host. */
    String found() {
      if (ranks == 1) {
        return "self";
      }
      return network.equals("ena") ? "tcp (lo)" : "shm";
    }

    /** Whether starting takes longer than running, for all but a few. */
    boolean isShort() {
      return problemClass.equals("S") || problemClass.equals("W") && ranks != 2;
    }

    @Override
    public String toString() {
      return "cg %s on %d via %s, %s, started by %s"
          .formatted(problemClass, ranks, via, network, mpi);
    }
  }

  static List<Case> normal() {
    List<Case> all = all();
    if (Boolean.getBoolean("weft.long")) {
      return all;
    }
    List<Case> drawn = all.stream().filter(GoodRunTest::isDrawn).toList();
    System.out.printf(
        "[sampled] GoodRunTest: %d of %d cases, drawn by -Dweft.test.seed=%d; all of them with"
            + " -Dweft.long=true%n",
        drawn.size(), all.size(), SEED);
    return drawn;
  }

  /** Two ranks have every way: there all networks carry messages, each rank with a processor. */
  private static boolean isDrawn(Case one) {
    if (one.ranks == 2) {
      return true;
    }
    List<Integer> others = RANKS.stream().filter(ranks -> ranks != 2).toList();
    String way = one.mpi + one.via + one.network + one.problemClass + SEED;
    int drawn = new SplittableRandom(way.hashCode()).nextInt(others.size());
    return others.get(drawn) == one.ranks;
  }

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (int ranks : RANKS) {
      for (String mpi : List.of("openmpi", "mpich")) {
        for (String network : List.of("auto", "ena", "shm")) {
          cases.add(new Case(mpi, "mpi", network, "S", ranks));
        }
      }
      cases.add(new Case("openmpi", "mpi", ranks == 2 ? "ena" : "auto", "W", ranks));
      cases.add(new Case("mpich", "mpi", ranks == 2 ? "ena" : "auto", "W", ranks));
      cases.add(new Case("openmpi", "libfabric", "ena", "S", ranks));
      cases.add(new Case("mpich", "libfabric", "shm", "S", ranks));
      cases.add(new Case("mpich", "libfabric", "ena", "W", ranks));
      cases.add(new Case("openmpi", "libfabric", "shm", "W", ranks));
    }
    return cases;
  }

  static Stream<Case> large() {
    return RANKS.stream()
        .flatMap(
            ranks ->
                Stream.of(
                    new Case("openmpi", "mpi", "auto", "A", ranks),
                    new Case("openmpi", "mpi", "ena", "A", ranks),
                    new Case("mpich", "mpi", "auto", "A", ranks),
                    new Case("mpich", "mpi", "ena", "A", ranks),
                    new Case("openmpi", "libfabric", "ena", "A", ranks),
                    new Case("openmpi", "libfabric", "shm", "A", ranks)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @DisplayName("classes S and W")
  void normal(Case one) throws Exception {
    runs(one, 60);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @EnabledIfSystemProperty(
      named = "weft.long",
      matches = "true",
      disabledReason = "class A takes long; -Dweft.long=true runs it")
  @DisplayName("class A")
  void large(Case one) throws Exception {
    runs(one, 600);
  }

  private void runs(Case one, double deadlineSeconds) throws Exception {
    WeftProcess.installation(MpiVendor.of(one.mpi));
    WeftProcess weft =
        WeftProcess.of(
                directory,
                "run",
                "cg",
                "--class",
                one.problemClass,
                "--ranks",
                Integer.toString(one.ranks),
                "--via",
                one.via,
                "--network",
                one.network,
                "--mpi",
                one.mpi)
            .deadline(deadlineSeconds);
    if (one.ranks > Runtime.getRuntime().availableProcessors()) {
      // A time slice for each message that a rank waits for would be most of the test's time.
      YieldWhenIdle.environment(MpiVendor.of(one.mpi)).forEach(weft::with);
    }
    WeftResult result = (one.isShort() ? weft : weft.compilingFully()).run();
    result.assertOk();
    Path bundle = BundleReader.only(directory);
    JsonNode json = BundleReader.result(bundle);
    report(one, result, bundle);
    found(one, json);
    record(one, json, result);
  }

  private static void report(Case one, WeftResult result, Path bundle) throws Exception {
    assertEquals(Files.readString(bundle.resolve("report.txt")), result.out());
    assertTrue(result.out().contains("\nverified      zeta = "), result::toString);
    assertTrue(
        result.out().contains("\nnetwork       " + one.found() + "; within a host: "),
        result::toString);
    assertTrue(result.err().contains("weft: bundle "), result::toString);
  }

  private static void found(Case one, JsonNode json) {
    JsonNode found = json.get("found");
    assertEquals(one.via, found.get("via").asString());
    assertEquals(one.found(), found.get("network").asString(), found::toString);
    assertEquals(
        one.ranks == 1 ? "none" : one.found(), found.get("intra").asString(), found::toString);
    boolean tcp = one.found().startsWith("tcp");
    assertEquals(tcp ? "lo (driver lo)" : "none", found.get("device").asString(), found::toString);
    assertFalse(found.get("evidence").isEmpty(), found::toString);
    assertFalse(found.get("provider").asString().isEmpty(), found::toString);
    if (one.ranks > 1) {
      assertFalse(found.get("protocol").asString().equals("unknown"), found::toString);
    }
  }

  private static void record(Case one, JsonNode json, WeftResult result) {
    assertEquals("verified", json.get("status").asString());
    assertEquals("cg", json.get("kernel").asString());
    assertEquals(one.problemClass, json.get("class").asString());
    assertEquals(one.ranks, json.get("ranks").asInt());
    assertTrue(json.get("verification").get("passed").asBoolean());
    if (one.problemClass.equals("S")) {
      assertEquals(
          ZETA_S,
          json.get("verification").get("checks").get(0).get("found").asDouble(),
          1e-10 * ZETA_S);
    }
    assertTrue(json.get("seconds").asDouble() > 0);
    assertEquals(one.ranks, json.get("hosts").size());
    assertEquals(1, json.get("instances").size(), "one host, however many ranks");
    assertEquals(json.get("hosts").get(0), json.get("instances").get(0).get("host"));
    assertEquals(one.network, json.get("asked").get("network").asString());
    List<String> arguments = new ArrayList<>();
    json.get("asked").get("arguments").forEach(a -> arguments.add(a.asString()));
    assertEquals(result.arguments(), arguments);
    assertEquals(one.ranks, json.get("jvm").get("localRanks").asInt());
    assertTrue(
        json.get("versions").get("mpi").asString().startsWith(MpiVendor.of(one.mpi).title()),
        () -> json.get("versions").toString());
    for (String version : List.of("weft", "java", "mpi", "library", "kernel", "processor")) {
      assertFalse(json.get("versions").get(version).asString().isBlank(), version);
    }
    long messages = json.get("traffic").get("messages").asLong();
    assertEquals(one.ranks > 1, messages > 0, () -> json.get("traffic").toString());
  }
}
