package io.weft.bench.report.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Finds where two curves cross. Between sizes both are straight lines on log axes, as a reader sees
 * them in the chart; draws of the bootstrap, each a pair of curves, say how sure the place is.
 */
public final class CrossoverSearch {
  private final double[] logSizes;

  /**
   * Sets the sizes that both curves have.
   *
   * @param bytes at least two, ascending, all more than 0
   */
  public CrossoverSearch(double[] bytes) {
    if (bytes.length < 2) {
      throw new IllegalArgumentException("curves of one size do not cross");
    }
    for (int i = 0; i < bytes.length; i++) {
      if (!(bytes[i] > (i == 0 ? 0 : bytes[i - 1]))) {
        throw new IllegalArgumentException("sizes ascend from above 0: " + Arrays.toString(bytes));
      }
    }
    logSizes = Arrays.stream(bytes).map(Math::log).toArray();
  }

  /**
   * Finds the crossings.
   *
   * @param ratios time of the first over time of the second curve, for each size
   * @param draws the same of each draw: first index the size, second the draw
   * @param rounds that the shortest cell has
   * @return what was found
   */
  public Crossover find(double[] ratios, double[][] draws, int rounds) {
    double[] observed = logs(ratios);
    double[] crossings = crossings(observed);
    int leader = sign(observed);
    int number = draws[0].length;
    double[] first = new double[number];
    double[] last = new double[number];
    int agreeing = 0;
    for (int draw = 0; draw < number; draw++) {
      int which = draw;
      double[] drawn = logs(Arrays.stream(draws).mapToDouble(size -> size[which]).toArray());
      double[] found = crossings(drawn);
      // The same leader throughout: what was to cross would do so only beyond the largest size.
      double beyond = sign(drawn) == leader ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      first[draw] = found.length == 0 ? beyond : found[0];
      last[draw] = found.length == 0 ? beyond : found[found.length - 1];
      boolean sameLeader = found.length > 0 || sign(drawn) == leader;
      agreeing += found.length == crossings.length && sameLeader ? 1 : 0;
    }
    double agreement = (double) agreeing / number;
    if (crossings.length == 0) {
      return new Crossover(List.of(), Double.NaN, Double.NaN, leader, agreement);
    }
    Arrays.sort(first);
    Arrays.sort(last);
    double tail = Intervals.tail(rounds);
    return new Crossover(
        DoubleStream.of(crossings).map(Math::exp).boxed().toList(),
        bytes(Math.min(crossings[0], Intervals.lower(first, tail))),
        bytes(Math.max(crossings[crossings.length - 1], Intervals.upper(last, tail))),
        leader,
        agreement);
  }

  private static double[] logs(double[] ratios) {
    return Arrays.stream(ratios).map(Math::log).toArray();
  }

  private static double bytes(double log) {
    return log == Double.NEGATIVE_INFINITY ? log : Math.exp(log);
  }

  /** Of the first difference that is one. */
  private static int sign(double[] differences) {
    return (int)
        Arrays.stream(differences).filter(d -> d != 0).map(Math::signum).findFirst().orElse(0);
  }

  /** Where the sign changes; a touch is no crossing, and a stretch of equality has its middle. */
  private double[] crossings(double[] differences) {
    int[] unequal =
        IntStream.range(0, differences.length).filter(i -> differences[i] != 0).toArray();
    return IntStream.range(1, unequal.length)
        .filter(
            i -> Math.signum(differences[unequal[i - 1]]) != Math.signum(differences[unequal[i]]))
        .mapToDouble(i -> between(unequal[i - 1], unequal[i], differences))
        .toArray();
  }

  private double between(int before, int after, double[] differences) {
    if (after > before + 1) {
      return (logSizes[before + 1] + logSizes[after - 1]) / 2;
    }
    double share = differences[before] / (differences[before] - differences[after]);
    return logSizes[before] + share * (logSizes[after] - logSizes[before]);
  }
}
