package io.weft.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lists of hardware threads, as the kernel writes them: {@code 0-3,8} (cpuset(7)). */
public final class Cpus {
  private static final String ALLOWED = "Cpus_allowed_list:";

  private Cpus() {}

  /**
   * What this process may run on, {@code Cpus_allowed_list} of proc(5).
   *
   * @return the list; empty if the kernel does not say
   */
  public static String allowedList() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(ALLOWED))
          .map(line -> line.substring(ALLOWED.length()).strip())
          .findFirst()
          .orElse("");
    } catch (IOException unreadable) {
      return ""; // No /proc: whoever asks has an answer for that.
    }
  }

  /**
   * Reads a list.
   *
   * @param list as the kernel writes it; may be empty
   * @return the numbers
   * @throws NumberFormatException if it is no list
   */
  public static SortedSet<Integer> parse(String list) {
    SortedSet<Integer> result = new TreeSet<>();
    for (String range : list.strip().split(",")) {
      if (!range.isEmpty()) {
        String[] ends = range.split("-");
        int last = Integer.parseInt(ends[ends.length - 1].strip());
        for (int cpu = Integer.parseInt(ends[0].strip()); cpu <= last; cpu++) {
          result.add(cpu);
        }
      }
    }
    return result;
  }
}
