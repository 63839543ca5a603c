package io.weft.bench.report;

import java.util.List;

/**
 * What one fork brought: a job of its own, started once in each round.
 *
 * @param round which, from 1
 * @param cores how a pair of cores was connected: {@code near}, {@code far}, {@code changed}
 *     meanwhile, or {@code unknown}
 * @param nanos nanoseconds per operation, one for each iteration; of a collective the largest over
 *     ranks
 * @param percentiles of single operations; null where they were not timed
 * @param allocatedBytes on the Java heap of rank 0 for each operation; 0 in C
 * @param checksum of the bytes that the operation brought, the same over every library
 */
public record Round(
    int round,
    String cores,
    List<Double> nanos,
    Percentiles percentiles,
    double allocatedBytes,
    String checksum) {
  /** Copies the list. */
  public Round {
    nanos = List.copyOf(nanos);
  }
}
