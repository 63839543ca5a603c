package io.weft.bench;

import java.io.IOException;

/** Short messages one way, 64 at a time; started by {@code scripts/bench message-rate}. */
public final class MessageRateSeries {
  private static final String USAGE =
      """
      Usage: scripts/bench message-rate [--turns N] [--seconds S] [--only TEXT] [LENGTH...]

      What scripts/bench bandwidth measures, of messages of 8 bytes, in 10^6 messages per second.
      """;

  private MessageRateSeries() {}

  /**
   * Measures and prints.
   *
   * @param arguments see {@code --help}
   * @throws IOException if a program cannot be built or started, or brought wrong bytes
   * @throws InterruptedException if this is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SeriesOptions options = SeriesOptions.parse(arguments, USAGE, 7, "2", "8");
    if (options != null) {
      new Series(options, Bandwidth.class, PingPongSeries.pairs("bandwidth", "bandwidth.c"))
          .run(Unit.MEGAMESSAGES);
    }
  }
}
