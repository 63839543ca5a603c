package io.weft.cli;

import io.weft.launch.Cpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * What this machine offers to ranks.
 *
 * @param processors hardware threads that ranks may use together
 * @param cores the cores that these are threads of
 * @param memoryBytes that ranks can have together, within the control group's limit
 */
record Node(int processors, int cores, long memoryBytes) {
  private static final long KIB = 1024;
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Path CPUS = Path.of("/sys/devices/system/cpu");

  /** For ranks that are yet to start: what this process may use, and the memory that is free. */
  static Node beforeStart() {
    return of(
        Cpus.parse(Cpus.allowedList()),
        Runtime.getRuntime().availableProcessors(),
        memory("MemAvailable"));
  }

  /**
   * For one of several ranks that have started. All of a host come to the same answer: that a
   * launcher bound this one to a core says nothing of the others, and free memory is what the
   * others have left.
   */
  static Node sharedWithRanks() {
    Set<Integer> allowed = Cpus.parse(Cpus.allowedList());
    Set<Integer> online = Cpus.parse(text(CPUS.resolve("online")));
    boolean bound = allowed.size() < online.size();
    int processors = bound ? online.size() : Runtime.getRuntime().availableProcessors();
    return of(bound ? online : allowed, processors, memory("MemTotal"));
  }

  private static Node of(Set<Integer> cpus, int processors, long memoryBytes) {
    Set<String> cores = new TreeSet<>();
    for (int cpu : cpus) {
      String siblings = text(CPUS.resolve("cpu" + cpu + "/topology/thread_siblings_list"));
      cores.add(siblings.isEmpty() ? Integer.toString(cpu) : siblings);
    }
    return new Node(
        processors, Math.clamp(cores.size(), 1, processors), Math.min(memoryBytes, limit()));
  }

  /** A line of proc(5), {@code /proc/meminfo}. */
  private static long memory(String name) {
    return text(MEMINFO)
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .findFirst()
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
        .orElseThrow(
            () -> new WeftException(ExitStatus.UNAVAILABLE, MEMINFO + " has no line " + name));
  }

  private static long limit() {
    String text = text(Path.of("/sys/fs/cgroup/memory.max")).strip();
    // Empty where the process is in no control group of its own.
    return text.isEmpty() || text.equals("max") ? Long.MAX_VALUE : Long.parseLong(text);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException notThere) {
      return "";
    }
  }
}
