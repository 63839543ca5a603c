package io.weft.bench.series;

import io.weft.comm.Collective;
import io.weft.launch.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collectives by each algorithm; started by {@code scripts/bench collectives}. */
public final class CollectivesSeries {
  private static final String USAGE =
      """
      Usage: scripts/bench collectives [--turns N] [--seconds S] [--only TEXT] [--table FILE] [LENGTH...]

      Each collective on 2, 3 and 4 ranks of this host, over Weft's rings and over TCP, by each of its algorithms, by the
      one that the table chooses, and by Open MPI from C. N turns (default 2); in each, nine slices of S seconds (default
      0.002) per algorithm and length alternate, and their median is the turn's figure. Lengths are multiples of 8, of the
      vector or of one rank's block (default 8 to 4194304; blocks that are longer than that together are left out). Prints
      a table per collective, network and number of ranks: median (least to most) in ns, and times over C's in the same
      turn.

      --table FILE writes the table that the communicator chooses by, as measured: copy it to
      mpi-kernels/comm/src/main/resources/io/weft/comm/fabric/algorithms.table. TEXT takes only the networks or numbers
      of ranks that contain it ("rings", "4 ranks").
      """;

  private static final int[] RANKS = {2, 3, 4};
  private static final List<String> NETWORKS = List.of("rings", "tcp");

  /** Another algorithm than for the length before must be better by so much, or noise chooses. */
  private static final double WORTH = 0.93;

  private static final String CHOSEN = "Java, " + CollectiveTimes.CHOSEN;

  private CollectivesSeries() {}

  /**
   * Measures and prints.
   *
   * @param arguments see {@code --help}
   * @throws IOException if a program cannot be built or started, or brought wrong bytes
   * @throws InterruptedException if this is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SeriesOptions options =
        SeriesOptions.parse(
            arguments, USAGE, 2, "0.002", "8 512 4096 16384 65536 262144 1048576 4194304");
    if (options == null) {
      return;
    }
    Figures figures = new Series(options, ways()).run(Unit.NANOS);
    if (options.table() != null) {
      Files.writeString(Path.of(options.table()), table(figures, String.join(" ", arguments)));
    }
  }

  private static List<Way> ways() {
    Way.JavaProgram program = Way.JavaProgram.of(CollectiveTimes.class);
    List<Way> ways = new ArrayList<>();
    for (String network : NETWORKS) {
      Network crossed = network.equals("tcp") ? Network.ENA : Network.SHM;
      for (int ranks : RANKS) {
        String table = table(network, ranks);
        ways.add(Way.c("C, Open MPI", table, crossed, ranks, "collectives.c"));
        ways.add(Way.communicator(program, table, "libfabric", crossed, ranks, "-"));
      }
    }
    return ways;
  }

  private static String table(String network, int ranks) {
    return network + ", " + ranks + " ranks";
  }

  static String table(Figures figures, String command) {
    StringBuilder text =
        new StringBuilder(
            """
            # KIND COLLECTIVE RANKS BYTES ALGORITHM: from so many bytes on. Written by
            #   scripts/bench collectives %s
            # on one host of %d cores (more ranks than cores take turns on them). "rings" are Weft's in shared memory;
            # "tcp" is libfabric's net provider over the loopback, and stands for what was not measured: EFA, and
            # libfabric's shared memory.
            """
                .formatted(command, Runtime.getRuntime().availableProcessors()));
    for (String network : NETWORKS) {
      for (Collective collective : Collective.values()) {
        for (int ranks : RANKS) {
          String title = Series.title(collective + ", " + table(network, ranks), ranks);
          if (figures.tables().containsKey(title)) {
            rows(text, network + " " + collective + " " + ranks, figures.tables().get(title));
          }
        }
      }
    }
    return text.toString();
  }

  /** A row for each length from which on another algorithm is faster than the one so far. */
  private static void rows(
      StringBuilder text, String what, Map<String, TreeMap<Long, List<Sample>>> columns) {
    var algorithms = new LinkedHashMap<>(columns);
    algorithms.keySet().removeIf(name -> !name.startsWith("Java, ") || name.equals(CHOSEN));
    // The first is the simplest; another one must be worth it.
    String current = algorithms.keySet().iterator().next();
    long before = 0;
    for (long length : algorithms.get(current).keySet()) {
      String fastest = current;
      double least = WORTH;
      for (String name : algorithms.keySet()) {
        double time =
            Figures.median(
                Figures.ratios(
                    algorithms.get(name).get(length), algorithms.get(current).get(length)));
        if (time < least) {
          least = time;
          fastest = name;
        }
      }
      if (before == 0 || !fastest.equals(current)) {
        // It changes somewhere between two lengths: halfway, as lengths grow.
        long from = before == 0 ? 0 : Math.round(Math.sqrt((double) before * length));
        text.append("%s %d %s%n".formatted(what, from, fastest.substring("Java, ".length())));
        current = fastest;
      }
      before = length;
    }
  }
}
