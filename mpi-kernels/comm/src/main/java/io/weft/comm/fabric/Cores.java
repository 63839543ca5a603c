package io.weft.comm.fabric;

import io.weft.comm.Bootstrap;
import io.weft.comm.evidence.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Whether a host has fewer cores than ranks. What the JVM says of processors is set per rank by the
 * launcher; the kernel's list of what each rank may run on is not.
 */
public final class Cores {
  private static final String ALLOWED = "Cpus_allowed_list:";

  private Cores() {}

  /**
   * Says whether ranks of this host have to share cores; collective.
   *
   * @param bootstrap reaches the other ranks
   * @return true if there are fewer cores than ranks
   */
  public static boolean areShared(Bootstrap bootstrap) {
    String mine = Host.identity() + "\n" + allowed();
    String host = Host.identity();
    BitSet cores = new BitSet();
    int ranks = 0;
    for (byte[] text : bootstrap.allgather(mine.getBytes(StandardCharsets.UTF_8))) {
      String[] parts = new String(text, StandardCharsets.UTF_8).split("\n", 2);
      if (parts[0].equals(host)) {
        ranks++;
        add(parts[1], cores);
      }
    }
    return ranks > cores.cardinality();
  }

  private static String allowed() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(ALLOWED))
          .map(line -> line.substring(ALLOWED.length()).strip())
          .findFirst()
          .orElse("0");
    } catch (IOException unreadable) {
      return "0"; // Taken for crowded, which costs a little speed and no more.
    }
  }

  /** Adds a list such as {@code 0-3,8}. */
  static void add(String list, BitSet cores) {
    for (String range : list.split(",")) {
      String[] ends = range.split("-");
      int first = Integer.parseInt(ends[0].strip());
      int last = ends.length == 1 ? first : Integer.parseInt(ends[1].strip());
      cores.set(first, last + 1);
    }
  }
}
