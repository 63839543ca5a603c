package io.weft.kernels.ep;

import io.weft.kernels.ProblemClass;
import java.util.List;

/**
 * One problem size with its published answer.
 *
 * @param name the class's letter
 * @param log2Pairs the pairs of uniform numbers are 2 to this power, m; at least {@link
 *     PairBatch#LOG2_PAIRS}
 * @param sumX the published sum of the first deviates, sx
 * @param sumY the published sum of the second deviates, sy
 * @param counts the published counts of pairs by annulus, from the innermost; all further ones are
 *     empty
 */
record EpClass(String name, int log2Pairs, double sumX, double sumY, List<Long> counts)
    implements ProblemClass {
  /** The largest relative error of either sum that passes. */
  static final double TOLERANCE = 1e-8;

  /** The published classes, smallest first (NPB 3.4). */
  static final List<EpClass> PUBLISHED =
      List.of(
          new EpClass(
              "S",
              24,
              -3.247834652034740e3,
              -6.958407078382297e3,
              List.of(6_140_517L, 5_865_300L, 1_100_361L, 68_546L, 1_648L, 17L)),
          new EpClass(
              "W",
              25,
              -2.863319731645753e3,
              -6.320053679109499e3,
              List.of(12_281_576L, 11_729_692L, 2_202_726L, 137_368L, 3_371L, 36L)),
          new EpClass(
              "A",
              28,
              -4.295875165629892e3,
              -1.580732573678431e4,
              List.of(98_257_395L, 93_827_014L, 17_611_549L, 1_110_028L, 26_536L, 245L)),
          new EpClass(
              "B",
              30,
              4.033815542441498e4,
              -2.660669192809235e4,
              List.of(393_058_470L, 375_280_898L, 70_460_742L, 4_438_852L, 105_691L, 948L, 5L)),
          new EpClass(
              "C",
              32,
              4.764367927995374e4,
              -8.084072988043731e4,
              List.of(
                  1_572_172_634L,
                  1_501_108_549L,
                  281_805_648L,
                  17_761_221L,
                  424_017L,
                  3_821L,
                  13L)));

  /** Copies the list. */
  EpClass {
    counts = List.copyOf(counts);
  }

  /** The batches that the pairs are dealt out in. */
  long batches() {
    return 1L << (log2Pairs - PairBatch.LOG2_PAIRS);
  }

  @Override
  public String parameters() {
    return "2^" + log2Pairs + " pairs of random numbers";
  }

  /** One for each random number, by NPB's formula. */
  @Override
  public double operations() {
    return Math.scalb(1.0, log2Pairs + 1);
  }
}
