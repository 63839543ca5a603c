package io.weft.bench.report.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws from rounds, and iterations from the drawn rounds. All values are sorted once; a draw
 * counts how often each came, so that its median costs no sorting.
 */
final class Resampler {
  private final double[] sorted;
  private final int[][] ranks;
  private final int[] counts;

  Resampler(double[][] rounds) {
    double[] values = Arrays.stream(rounds).flatMapToDouble(Arrays::stream).toArray();
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    sorted = IntStream.of(order).mapToDouble(i -> values[i]).toArray();
    int[] rankOf = new int[values.length];
    for (int rank = 0; rank < order.length; rank++) {
      rankOf[order[rank]] = rank;
    }
    ranks = new int[rounds.length][];
    int from = 0;
    for (int round = 0; round < rounds.length; round++) {
      ranks[round] = Arrays.copyOfRange(rankOf, from, from + rounds[round].length);
      from += rounds[round].length;
    }
    counts = new int[values.length];
  }

  /** Chooses as many rounds as there are, with replacement. */
  static void choose(int[] rounds, SplittableRandom random) {
    for (int i = 0; i < rounds.length; i++) {
      rounds[i] = random.nextInt(rounds.length);
    }
  }

  /** The median of as many iterations of each chosen round as it has, with replacement. */
  double median(int[] chosen, SplittableRandom random) {
    Arrays.fill(counts, 0);
    int total = 0;
    for (int round : chosen) {
      int[] of = ranks[round];
      for (int i = 0; i < of.length; i++) {
        counts[of[random.nextInt(of.length)]]++;
      }
      total += of.length;
    }
    int lower = (total - 1) / 2;
    int upper = total / 2;
    int rank = 0;
    int seen = counts[0];
    while (seen <= lower) {
      seen += counts[++rank];
    }
    double low = sorted[rank];
    while (seen <= upper) {
      seen += counts[++rank];
    }
    return (low + sorted[rank]) / 2;
  }
}
