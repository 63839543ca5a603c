package io.weft.bench.report.analysis;

import java.util.List;
import java.util.Map;

/** The benchmarks by name: what a reader calls them, and the order they are shown in. */
public final class Patterns {
  /** Messages there and back. */
  public static final String PING_PONG = "PingPong";

  /** Windows of messages one way. */
  public static final String BANDWIDTH = "Bandwidth";

  /** A whole program. */
  public static final String KERNEL = "Kernel";

  /** A call that sends nothing. */
  public static final String CALL_COST = "CallCost";

  private static final List<Map.Entry<String, String>> TITLES =
      List.of(
          Map.entry(PING_PONG, "Ping-pong"),
          Map.entry(BANDWIDTH, "Bandwidth, one way"),
          Map.entry("Bidirectional", "Bandwidth, both ways"),
          Map.entry("MessageRate", "Message rate"),
          Map.entry("Put", "One-sided put"),
          Map.entry("Get", "One-sided get"),
          Map.entry("Barrier", "Barrier"),
          Map.entry("Bcast", "Broadcast"),
          Map.entry("Allreduce", "All-reduce"),
          Map.entry("Alltoall", "All-to-all"),
          Map.entry("Halo2d", "Halo exchange, 2-D"),
          Map.entry("Halo3d", "Halo exchange, 3-D"),
          Map.entry(KERNEL, "Kernel"),
          Map.entry(CALL_COST, "Call"));

  private Patterns() {}

  /**
   * What a reader calls a benchmark.
   *
   * @param benchmark its name
   * @return the name itself where there is no other
   */
  public static String title(String benchmark) {
    int index = order(benchmark);
    return index < TITLES.size() ? TITLES.get(index).getValue() : benchmark;
  }

  /**
   * Where a benchmark stands among the others.
   *
   * @param benchmark its name
   * @return unknown ones come last
   */
  public static int order(String benchmark) {
    for (int i = 0; i < TITLES.size(); i++) {
      if (TITLES.get(i).getKey().equals(benchmark)) {
        return i;
      }
    }
    return TITLES.size();
  }
}
