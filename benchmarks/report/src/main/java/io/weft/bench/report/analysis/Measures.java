package io.weft.bench.report.analysis;

import io.weft.bench.report.Percentiles;
import io.weft.bench.report.Round;
import io.weft.bench.report.statistics.ClusterBootstrap;
import io.weft.bench.report.statistics.Estimate;
import io.weft.bench.report.statistics.Intervals;
import io.weft.bench.report.statistics.Medians;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Medians of cells and ratios of two, with intervals. The draws of a cell depend on its key alone:
 * a report is the same each time, whatever else is in it.
 */
final class Measures {
  private final ClusterBootstrap bootstrap;

  Measures(int replicates) {
    bootstrap = new ClusterBootstrap(replicates);
  }

  CellStatistics cell(RunCell cell, CoreView view) {
    double[][] rounds = nanos(cell.rounds(view));
    double[] draws = bootstrap.medians(rounds, seed(cell.identity() + "|" + view.cores()));
    int iterations = 0;
    for (double[] round : rounds) {
      iterations += round.length;
    }
    return new CellStatistics(
        cell, view, iterations, Intervals.of(Medians.ofAll(rounds), draws, rounds.length));
  }

  /** A ratio and the draws that its interval comes from. */
  record DrawnRatio(Estimate estimate, boolean paired, double[] draws) {}

  /**
   * The ratio of two medians. Rounds are paired where most of the rounds of the cell that has fewer
   * are also the other's; rounds that only one has are then left out.
   *
   * @return empty where the two were not measured in one file
   */
  Optional<DrawnRatio> ratio(RunCell numerator, RunCell denominator, CoreView view) {
    List<RunRound> above = withFilesOf(denominator.rounds(view), numerator.rounds(view));
    List<RunRound> below = withFilesOf(numerator.rounds(view), denominator.rounds(view));
    if (above.isEmpty()) {
      return Optional.empty();
    }
    long seed = seed(numerator.identity() + "/" + denominator.identity() + "|" + view.cores());
    List<RunRound> bothAbove = new ArrayList<>();
    List<RunRound> bothBelow = new ArrayList<>();
    for (RunRound one : above) {
      for (RunRound other : below) {
        if (one.isBeside(other)) {
          bothAbove.add(one);
          bothBelow.add(other);
        }
      }
    }
    boolean paired = 2 * bothAbove.size() > Math.min(above.size(), below.size());
    double[][] a = nanos(paired ? bothAbove : above);
    double[][] b = nanos(paired ? bothBelow : below);
    double[] draws =
        paired ? bootstrap.pairedRatios(a, b, seed) : bootstrap.independentRatios(a, b, seed);
    double observed = Medians.ofAll(a) / Medians.ofAll(b);
    return Optional.of(
        new DrawnRatio(Intervals.of(observed, draws, Math.min(a.length, b.length)), paired, draws));
  }

  /** The ratio of two medians whose rounds have nothing to do with each other. */
  Estimate ratioOfStrangers(RunCell numerator, RunCell denominator, CoreView view) {
    double[][] above = nanos(numerator.rounds(view));
    double[][] below = nanos(denominator.rounds(view));
    double[] draws =
        bootstrap.independentRatios(above, below, seed(numerator.identity() + "|" + view.cores()));
    return Intervals.of(
        Medians.ofAll(above) / Medians.ofAll(below), draws, Math.min(above.length, below.length));
  }

  private static List<RunRound> withFilesOf(List<RunRound> others, List<RunRound> rounds) {
    Set<Integer> files = others.stream().map(RunRound::file).collect(Collectors.toSet());
    return rounds.stream().filter(round -> files.contains(round.file())).toList();
  }

  Optional<PercentileStatistics> percentiles(RunCell cell, CoreView view) {
    List<Percentiles> all =
        cell.rounds(view).stream()
            .map(RunRound::round)
            .map(Round::percentiles)
            .filter(Objects::nonNull)
            .toList();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PercentileStatistics(
            cell,
            view,
            all.size(),
            new Percentiles(
                median(all, Percentiles::p50),
                median(all, Percentiles::p90),
                median(all, Percentiles::p99),
                median(all, Percentiles::p999),
                all.stream().mapToDouble(Percentiles::max).max().orElseThrow())));
  }

  private static double median(List<Percentiles> all, ToDoubleFunction<Percentiles> of) {
    return Medians.of(all.stream().mapToDouble(of).toArray());
  }

  static double[][] nanos(List<RunRound> rounds) {
    return rounds.stream().map(RunRound::nanos).toArray(double[][]::new);
  }

  /** FNV-1a of 64 bits, which unlike a hash of Java's objects is the same everywhere. */
  private static long seed(String identity) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : identity.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
