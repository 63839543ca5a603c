package io.weft.comm.fabric;

import io.weft.comm.Bootstrap;
import io.weft.comm.evidence.Host;
import io.weft.launch.Cpus;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a host has fewer cores than ranks. What the JVM says of processors is set per rank by the
 * launcher; the kernel's list of what each rank may run on is not.
 */
public final class Cores {
  private Cores() {}

  /**
   * Says whether ranks of this host have to share cores; collective.
   *
   * @param bootstrap reaches the other ranks
   * @return true if there are fewer cores than ranks
   */
  public static boolean areShared(Bootstrap bootstrap) {
    String mine = Host.identity() + "\n" + Cpus.allowedList();
    String host = Host.identity();
    Set<Integer> cores = new HashSet<>();
    int ranks = 0;
    for (byte[] text : bootstrap.allgather(mine.getBytes(StandardCharsets.UTF_8))) {
      String[] parts = new String(text, StandardCharsets.UTF_8).split("\n", 2);
      if (parts[0].equals(host)) {
        ranks++;
        cores.addAll(Cpus.parse(parts[1]));
      }
    }
    // An unknown list is taken for crowded, which costs a little speed and no more.
    return ranks > cores.size();
  }
}
