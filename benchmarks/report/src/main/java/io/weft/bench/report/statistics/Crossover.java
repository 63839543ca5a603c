package io.weft.bench.report.statistics;

import java.util.List;

/**
 * Where one curve of times passes the other.
 *
 * @param bytes where they cross, ascending; empty where they do not
 * @param low the interval's lower end; negative infinity where it lies below all sizes; NaN where
 *     nothing crosses
 * @param high its upper end; infinity where it lies above all sizes; NaN where nothing crosses
 * @param leader who takes less time at the smallest size where they differ: -1 the first curve, 1
 *     the second, 0 where they are equal throughout
 * @param agreement the share of draws that cross as often, from 0 to 1; of those that do not cross,
 *     with the same leader
 */
public record Crossover(List<Double> bytes, double low, double high, int leader, double agreement) {
  /** Copies the list. */
  public Crossover {
    bytes = List.copyOf(bytes);
  }
}
