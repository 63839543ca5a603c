package io.weft.bench;

import java.io.IOException;

/** Messages one way, 64 at a time; started by {@code scripts/bench bandwidth}. */
public final class BandwidthSeries {
  private static final String USAGE =
      """
      Usage: scripts/bench bandwidth [--turns N] [--seconds S] [--only TEXT] [LENGTH...]

      Messages from rank 0 to rank 1 on this host, from C and from Java: 64 are sent and received at a time, then an
      empty message goes back. N turns (default 5) of S seconds for each length in bytes (default 1; the last sixth
      counts; 1 to 4194304). Prints a table per network: median (least to most) in 10^9 bytes per second, and times over
      C's with Open MPI in the same turn. TEXT takes only the ways whose table or name contains it.
      """;

  private BandwidthSeries() {}

  /**
   * Measures and prints.
   *
   * @param arguments see {@code --help}
   * @throws IOException if a program cannot be built or started, or brought wrong bytes
   * @throws InterruptedException if this is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SeriesOptions options =
        SeriesOptions.parse(arguments, USAGE, 5, "1", "1 8 64 1024 8192 65536 1048576 4194304");
    if (options != null) {
      new Series(options, Bandwidth.class, PingPongSeries.pairs("bandwidth", "bandwidth.c"))
          .run(Unit.GIGABYTES);
    }
  }
}
