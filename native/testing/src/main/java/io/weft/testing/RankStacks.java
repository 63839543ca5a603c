package io.weft.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Asks the JVMs of ranks where they are: SIGQUIT makes a JVM print its threads. */
final class RankStacks {
  private static final long WAIT_NANOS = 5_000_000_000L;

  /** What HotSpot prints before and after the threads. */
  private static final String HEAD = "Full thread dump";

  private static final String FOOT = "JNI global refs";

  /** Threads of the JVM's own and of this package's, which explain nothing. */
  private static final Set<String> KNOWN =
      Set.of(
          "Reference Handler",
          "Finalizer",
          "Signal Dispatcher",
          "Common-Cleaner",
          "Notification Thread",
          "Service Thread",
          "weft-watch");

  private RankStacks() {}

  /**
   * Asks.
   *
   * @param files where the ranks' output is
   * @param pids the process of each rank
   * @return for each rank the threads that run Java code
   */
  static Map<Integer, String> of(JobFiles files, Map<Integer, Long> pids)
      throws IOException, InterruptedException {
    Map<Integer, Long> begins = new TreeMap<>();
    List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -QUIT \"$@\"", "sh"));
    for (Map.Entry<Integer, Long> rank : pids.entrySet()) {
      begins.put(rank.getKey(), size(files.output(rank.getKey())));
      command.add(rank.getValue().toString());
    }
    if (!pids.isEmpty()) {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
    Map<Integer, String> stacks = new TreeMap<>();
    long end = System.nanoTime() + WAIT_NANOS;
    while (stacks.size() < pids.size() && System.nanoTime() < end) {
      Thread.sleep(20);
      for (int rank : pids.keySet()) {
        String added = FileText.from(files.output(rank), begins.get(rank));
        if (added.contains(FOOT)) {
          stacks.putIfAbsent(rank, threads(added));
        }
      }
    }
    for (int rank : pids.keySet()) {
      stacks.putIfAbsent(
          rank, "no stacks: the JVM did not answer SIGQUIT within " + WAIT_NANOS / 1e9 + " s\n");
    }
    return stacks;
  }

  /** What a rank printed by itself. */
  static String withoutStacks(String output) {
    int head = output.indexOf(HEAD);
    int foot = output.indexOf(FOOT);
    if (head < 0 || foot < head) {
      return output;
    }
    // A line with the time stands before the head, the heap's description after the foot.
    int before = output.lastIndexOf('\n', head);
    int time = before < 0 ? 0 : output.lastIndexOf('\n', before - 1) + 1;
    return output.substring(0, time);
  }

  private static String threads(String dump) {
    StringBuilder result = new StringBuilder();
    for (String section : dump.substring(dump.indexOf(HEAD)).split("\n\n")) {
      String thread = section.strip();
      int quote = thread.startsWith("\"") ? thread.indexOf('"', 1) : -1;
      if (quote > 0 && thread.contains("\tat ") && !KNOWN.contains(thread.substring(1, quote))) {
        result.append(RankFrames.cut(thread)).append('\n');
      }
    }
    return result.toString();
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }
}
