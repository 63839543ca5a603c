package io.weft.bench.ranks;

import io.weft.bench.report.Percentiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds to JMH's results what only the ranks know: the time of a batch as the pattern counts it
 * ({@code ranks.time}; of collectives the largest over ranks) and percentiles of operations that
 * were timed singly.
 */
public final class RankProfiler implements InternalProfiler {
  private static RankZero watched;

  /** Made by JMH. */
  public RankProfiler() {}

  static void watch(RankZero job) {
    watched = job;
  }

  @Override
  public String getDescription() {
    return "what the ranks of a job say of a batch";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // All is told behind an iteration.
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    List<Result<?>> results = new ArrayList<>();
    if (watched != null) {
      results.add(scalar("ranks.time", watched.figure()));
      Percentiles percentiles = watched.percentiles();
      if (percentiles != null) {
        results.add(scalar("single.p50", percentiles.p50()));
        results.add(scalar("single.p99", percentiles.p99()));
        results.add(scalar("single.p99.9", percentiles.p999()));
        results.add(scalar("single.max", percentiles.max()));
      }
    }
    return results;
  }

  private static ScalarResult scalar(String name, double nanos) {
    return new ScalarResult(name, nanos, "ns/op", AggregationPolicy.AVG);
  }
}
