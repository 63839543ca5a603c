package io.weft.bench;

import io.weft.launch.Network;
import java.io.IOException;
import java.util.List;

/** Half round trips; started by {@code scripts/bench ping-pong}. */
public final class PingPongSeries {
  private static final String USAGE =
      """
      Usage: scripts/bench ping-pong [--turns N] [--seconds S] [--only TEXT] [LENGTH...]

      Half round trips between two ranks on this host, from C and from Java, in N turns (default 5) of S seconds for each
      length in bytes (default 2; the last sixth counts, the rest warms up; 8 to 4194304). Prints a table per network:
      median (least to most) in ns, and times over C's with Open MPI in the same turn. TEXT takes only the ways whose
      table or name contains it.
      """;

  private PingPongSeries() {}

  /**
   * Measures and prints.
   *
   * @param arguments see {@code --help}
   * @throws IOException if a program cannot be built or started, or brought wrong bytes
   * @throws InterruptedException if this is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SeriesOptions options =
        SeriesOptions.parse(arguments, USAGE, 5, "2", "8 64 1024 8192 16384 65536 1048576 4194304");
    if (options != null) {
      new Series(options, PingPong.class, pairs("ping-pong", "pingpong.c")).run(Unit.NANOS);
    }
  }

  /** What two ranks can be measured over. */
  static List<Way> pairs(String pattern, String source) {
    String shm = "shm";
    String tcp = "tcp";
    return List.of(
        Way.c("C, Open MPI", shm, Network.SHM, 2, source),
        Way.java("mpi", shm, "mpi", Network.SHM, 2, "-"),
        Way.java("Weft's rings", shm, "libfabric", Network.SHM, 2, "-"),
        Way.java("rings, reading", shm, "libfabric", Network.SHM, 2, "weft-shm;read"),
        Way.cFabric(shm, "shm", pattern),
        Way.java("libfabric, shm", shm, "libfabric", Network.SHM, 2, "shm"),
        Way.c("C, Open MPI", tcp, Network.ENA, 2, source),
        Way.java("mpi", tcp, "mpi", Network.ENA, 2, "-"),
        Way.cFabric(tcp, "net", pattern),
        Way.java("libfabric, net", tcp, "libfabric", Network.ENA, 2, "-"),
        Way.cFabric(tcp, "tcp;ofi_rxm", pattern),
        Way.java("libfabric, tcp;ofi_rxm", tcp, "libfabric", Network.ENA, 2, "tcp;ofi_rxm"));
  }
}
