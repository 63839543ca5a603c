package io.weft.kernels.ep;

import io.weft.kernels.simd.Species;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loop that turns points of the disk into Gaussian deviates, adds up and counts them. */
final class DeviateLoops {
  /** Annuli {@code l <= max(|X|, |Y|) < l + 1} that are told apart, {@code l = 0 .. 9}. */
  static final int ANNULI = 10;

  private static final VectorSpecies<Double> SPECIES = Species.DOUBLE;

  /**
   * The arrays have room for that many more than the points: the last vector is filled up. A
   * constant, so that who asks for memory needs no Vector API.
   */
  static final int PADDING = 4;

  /**
   * Where vectors have 128 bits, a vector's logarithm may be a call for each element that boxes it
   * (on x86 without AVX it is, and class S took minutes).
   */
  private static final boolean VECTOR_LOGARITHM = SPECIES.length() == PADDING;

  /** From this annulus on, deviates come one in 900,000 and are counted one by one. */
  private static final int RARE = 5;

  private DeviateLoops() {}

  /**
   * Adds up {@code X = x f} and {@code Y = y f} with {@code f = sqrt(-2 log(t) / t)}, {@code t} the
   * square, and counts them by annulus.
   *
   * @param x first coordinates; up to {@link #PADDING} more are written
   * @param y second coordinates; likewise
   * @param squares their squares, in (0, 1]; likewise
   * @param logs as long; gets the squares' logarithms
   * @param points how many
   * @param sums to which the sums of X and Y are added
   * @param counts to which the counts of the {@link #ANNULI} are added
   */
  static void tally(
      double[] x,
      double[] y,
      double[] squares,
      double[] logs,
      int points,
      double[] sums,
      long[] counts) {
    int end = fillUp(x, y, squares, points);
    if (VECTOR_LOGARITHM) {
      logarithms(squares, logs, end);
    } else {
      scalarLogarithms(squares, logs, end);
    }
    addUp(x, y, squares, logs, end, points, sums, counts);
  }

  /** By the processor's vector mathematics library. */
  private static void logarithms(double[] squares, double[] logs, int end) {
    for (int i = 0; i < end; i += SPECIES.length()) {
      DoubleVector.fromArray(SPECIES, squares, i).lanewise(VectorOperators.LOG).intoArray(logs, i);
    }
  }

  private static void scalarLogarithms(double[] squares, double[] logs, int end) {
    for (int i = 0; i < end; i++) {
      logs[i] = Math.log(squares[i]);
    }
  }

  private static void addUp(
      double[] x,
      double[] y,
      double[] squares,
      double[] logs,
      int end,
      int points,
      double[] sums,
      long[] counts) {
    DoubleVector sumX = DoubleVector.zero(SPECIES);
    DoubleVector sumY = DoubleVector.zero(SPECIES);
    DoubleVector from1 = DoubleVector.zero(SPECIES);
    DoubleVector from2 = DoubleVector.zero(SPECIES);
    DoubleVector from3 = DoubleVector.zero(SPECIES);
    DoubleVector from4 = DoubleVector.zero(SPECIES);
    long rare = 0;
    for (int i = 0; i < end; i += SPECIES.length()) {
      DoubleVector t = DoubleVector.fromArray(SPECIES, squares, i);
      DoubleVector f =
          DoubleVector.fromArray(SPECIES, logs, i).mul(-2).div(t).lanewise(VectorOperators.SQRT);
      DoubleVector deviateX = DoubleVector.fromArray(SPECIES, x, i).mul(f);
      DoubleVector deviateY = DoubleVector.fromArray(SPECIES, y, i).mul(f);
      sumX = sumX.add(deviateX);
      sumY = sumY.add(deviateY);
      DoubleVector larger = deviateX.abs().max(deviateY.abs());
      from1 = from1.add(1, larger.compare(VectorOperators.GE, 1));
      from2 = from2.add(1, larger.compare(VectorOperators.GE, 2));
      from3 = from3.add(1, larger.compare(VectorOperators.GE, 3));
      from4 = from4.add(1, larger.compare(VectorOperators.GE, 4));
      VectorMask<Double> far = larger.compare(VectorOperators.GE, RARE);
      if (far.anyTrue()) {
        rare += countRare(larger.toArray(), counts);
      }
    }
    sums[0] += sumX.reduceLanes(VectorOperators.ADD);
    sums[1] += sumY.reduceLanes(VectorOperators.ADD);
    long reach1 = (long) from1.reduceLanes(VectorOperators.ADD);
    long reach2 = (long) from2.reduceLanes(VectorOperators.ADD);
    long reach3 = (long) from3.reduceLanes(VectorOperators.ADD);
    long reach4 = (long) from4.reduceLanes(VectorOperators.ADD);
    counts[0] += points - reach1;
    counts[1] += reach1 - reach2;
    counts[2] += reach2 - reach3;
    counts[3] += reach3 - reach4;
    counts[4] += reach4 - rare;
  }

  /** Points whose deviates are 0: they add nothing, and reach no annulus that is counted. */
  private static int fillUp(double[] x, double[] y, double[] squares, int points) {
    int end = points;
    while (end % SPECIES.length() != 0) {
      x[end] = 0;
      y[end] = 0;
      squares[end] = 1;
      end++;
    }
    return end;
  }

  private static int countRare(double[] larger, long[] counts) {
    int rare = 0;
    for (double one : larger) {
      if (one >= RARE) {
        counts[(int) one]++;
        rare++;
      }
    }
    return rare;
  }
}
