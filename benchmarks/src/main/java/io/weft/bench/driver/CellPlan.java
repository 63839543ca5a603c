package io.weft.bench.driver;

import io.weft.bench.peer.MeasuredVia;
import io.weft.bench.peer.Pattern;
import io.weft.bench.report.CellKey;
import io.weft.launch.Network;
import java.util.Map;

/**
 * A cell to fill.
 *
 * @param benchmark JMH's full name of the benchmark
 * @param parameters JMH's parameters, by name
 * @param key the cell
 * @param pattern what is measured; null of a kernel, or of a benchmark of one JVM
 * @param via the library; null of a benchmark of one JVM
 * @param network over what; null of a benchmark of one JVM
 */
record CellPlan(
    String benchmark,
    Map<String, String> parameters,
    CellKey key,
    Pattern pattern,
    MeasuredVia via,
    Network network) {
  /** The parameter that names a provider of libfabric. */
  static final String PROVIDER = "provider";

  /** How many operations an invocation is. */
  int batch() {
    return pattern == null ? 1 : pattern.batch(key.bytes());
  }

  /** libfabric's provider that is asked for; empty for the usual one. */
  String provider() {
    return key.parameters().getOrDefault(PROVIDER, "");
  }

  boolean isAcrossRanks() {
    return via != null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(key.benchmark());
    key.parameters().forEach((name, value) -> text.append(' ').append(value));
    if (isAcrossRanks()) {
      text.append(' ').append(key.via()).append(' ').append(key.network());
      if (key.bytes() > 0) {
        text.append(' ').append(key.bytes()).append(" B");
      }
      text.append(' ').append(key.ranks()).append(" ranks");
    }
    return text.toString();
  }
}
