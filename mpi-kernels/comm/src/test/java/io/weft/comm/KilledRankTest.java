package io.weft.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rank that is killed at any point is an exception at all others, and leaves nothing. */
class KilledRankTest {
  private static final int RANKS = 3;
  private static final int START_SECONDS = 60;

  /** What the others have to find out and end in; a busy machine's worth. */
  private static final int END_SECONDS = 20;

  @TempDir Path directory;

  private final Random random = new Random(20_261_121);

  @Test
  void ringsTellTheOthers() throws Exception {
    series("shm");
  }

  @Test
  void tcpTellsTheOthers() throws Exception {
    series("ena");
  }

  private void series(String network) throws Exception {
    int times = Boolean.getBoolean("weft.long") ? 50 : 3;
    Set<String> before = sharedFiles();
    for (int i = 0; i < times; i++) {
      int victim = i % RANKS;
      int delayMillis = random.nextInt(150);
      once(network, i, victim, delayMillis);
    }
    assertEquals(before, sharedFiles(), "left in /dev/shm");
  }

  private void once(String network, int turn, int victim, int delayMillis) throws Exception {
    String what = network + ", turn " + turn + ", rank " + victim + " after " + delayMillis + " ms";
    List<Path> logs = new ArrayList<>();
    List<Process> ranks = new ArrayList<>();
    try {
      int port = FreePort.any();
      for (int rank = 0; rank < RANKS; rank++) {
        Path log = directory.resolve(network + turn + "." + rank + ".txt");
        logs.add(log);
        ranks.add(start(network, rank, port, log));
      }
      for (int rank = 0; rank < RANKS; rank++) {
        awaitReady(ranks.get(rank), logs.get(rank), what);
      }
      Thread.sleep(delayMillis);
      ranks.get(victim).destroyForcibly();
      for (int rank = 0; rank < RANKS; rank++) {
        boolean ended = ranks.get(rank).waitFor(END_SECONDS, TimeUnit.SECONDS);
        String output = what + ", rank " + rank + ": " + Files.readString(logs.get(rank));
        assertTrue(ended, "it hangs: " + output);
        if (rank != victim) {
          assertEquals(KilledRankMain.TOLD, ranks.get(rank).exitValue(), output);
          assertTrue(output.contains("told: rank " + rank + ": "), output);
          assertTrue(output.split("told: rank " + rank)[1].contains("rank " + victim), output);
        }
      }
    } finally {
      ranks.forEach(Process::destroyForcibly);
    }
  }

  private static Process start(String network, int rank, int port, Path log) throws IOException {
    String surefire = System.getProperty("surefire.test.class.path");
    String classPath = surefire != null ? surefire : System.getProperty("java.class.path");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-classpath",
            classPath,
            KilledRankMain.class.getName(),
            network);
    builder.environment().put("WEFT_RENDEZVOUS", "127.0.0.1:" + port);
    builder.environment().put("WEFT_SECRET", "the secret of a test on loopback");
    builder.environment().put("WEFT_RANK", Integer.toString(rank));
    builder.environment().put("WEFT_RANKS", Integer.toString(RANKS));
    File file = log.toFile();
    return builder.redirectErrorStream(true).redirectOutput(file).start();
  }

  private static void awaitReady(Process rank, Path log, String what) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.readString(log).contains("ready")) {
      assertTrue(rank.isAlive(), what + ": ended before it began: " + Files.readString(log));
      assertTrue(System.nanoTime() - end < 0, what + ": does not begin: " + Files.readString(log));
      Thread.sleep(20);
    }
  }

  private static Set<String> sharedFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
      return files.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
