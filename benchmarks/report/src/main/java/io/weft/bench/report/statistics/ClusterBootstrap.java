package io.weft.bench.report.statistics;

import java.util.SplittableRandom;

/**
 * The two-level bootstrap: draws rounds with replacement, and from each drawn round iterations with
 * replacement. Rounds are JVMs and jobs of their own, and differ by more than their iterations do;
 * a draw of iterations alone would take the differences between rounds for nothing (T. Kalibera and
 * R. Jones, Rigorous Benchmarking in Reasonable Time, ISMM 2013; A. C. Davison and D. V. Hinkley,
 * Bootstrap Methods and their Application, 1997, section 3.8). The same seed brings the same draws.
 */
public final class ClusterBootstrap {
  /** So many that the tail of ten rounds, 3 in 10,000, has some draws beyond it. */
  public static final int REPLICATES = 10_000;

  private final int replicates;

  /**
   * Sets how often is drawn.
   *
   * @param replicates at least 1
   */
  public ClusterBootstrap(int replicates) {
    this.replicates = replicates;
  }

  /**
   * Draws medians.
   *
   * @param rounds the iterations of each round, at least one of each
   * @param seed of the draws
   * @return the median of each draw
   */
  public double[] medians(double[][] rounds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Resampler sample = new Resampler(rounds);
    int[] chosen = new int[rounds.length];
    double[] result = new double[replicates];
    for (int i = 0; i < replicates; i++) {
      Resampler.choose(chosen, random);
      result[i] = sample.median(chosen, random);
    }
    return result;
  }

  /**
   * Draws ratios of two medians whose rounds belong together: what disturbed the machine in a round
   * disturbed both, and cancels out since both get the same rounds.
   *
   * @param numerator the iterations of each round
   * @param denominator those of the same rounds in the same order
   * @param seed of the draws
   * @return the ratio of each draw
   */
  public double[] pairedRatios(double[][] numerator, double[][] denominator, long seed) {
    if (numerator.length != denominator.length) {
      throw new IllegalArgumentException(
          "rounds that are paired are as many: %d and %d"
              .formatted(numerator.length, denominator.length));
    }
    SplittableRandom random = new SplittableRandom(seed);
    Resampler above = new Resampler(numerator);
    Resampler below = new Resampler(denominator);
    int[] chosen = new int[numerator.length];
    double[] result = new double[replicates];
    for (int i = 0; i < replicates; i++) {
      Resampler.choose(chosen, random);
      result[i] = above.median(chosen, random) / below.median(chosen, random);
    }
    return result;
  }

  /**
   * Draws ratios of two medians whose rounds have nothing to do with each other.
   *
   * @param numerator the iterations of each round
   * @param denominator the iterations of each round
   * @param seed of the draws
   * @return the ratio of each draw
   */
  public double[] independentRatios(double[][] numerator, double[][] denominator, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] above = medians(numerator, random.nextLong());
    double[] below = medians(denominator, random.nextLong());
    for (int i = 0; i < replicates; i++) {
      above[i] /= below[i];
    }
    return above;
  }
}
