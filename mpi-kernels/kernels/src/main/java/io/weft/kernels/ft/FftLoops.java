package io.weft.kernels.ft;

import io.weft.kernels.simd.Species;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The steps of {@link BlockFft}. Real and imaginary parts are arrays of their own; an inverse
 * transform is a forward one with the two exchanged, so that there are no loops for it.
 *
 * <p>No fused multiply-add: where a processor has none it is computed in BigDecimal.
 */
final class FftLoops {
  private static final VectorSpecies<Double> SPECIES = Species.DOUBLE;
  private static final int LANES = SPECIES.length();

  private FftLoops() {}

  /**
   * A radix-4 step: of four inputs {@code a, b, c, d} that are {@code quarter} elements apart, to
   * four outputs {@code span} elements apart, of which the last three are turned by {@code w, w^2,
   * w^3}.
   *
   * @param fromRe real parts
   * @param fromIm imaginary parts
   * @param from where the first input starts
   * @param step from one group of four to the next, in elements
   * @param quarter from one input of a group to the next
   * @param toRe gets the real parts, from its start; not {@code fromRe}
   * @param toIm gets the imaginary parts
   * @param span how many neighbouring elements have the same {@code w}
   * @param groups how many there are
   * @param roots {@code w, w^2, w^3} of each group, real part first
   * @param firstRoot where they start
   */
  static void radix4(
      double[] fromRe,
      double[] fromIm,
      int from,
      int step,
      int quarter,
      double[] toRe,
      double[] toIm,
      int span,
      int groups,
      double[] roots,
      int firstRoot) {
    for (int group = 0; group < groups; group++) {
      int root = firstRoot + 6 * group;
      turned(
          fromRe,
          fromIm,
          from + group * step,
          quarter,
          toRe,
          toIm,
          4 * group * span,
          span,
          roots[root],
          roots[root + 1],
          roots[root + 2],
          roots[root + 3],
          roots[root + 4],
          roots[root + 5]);
    }
  }

  private static void turned(
      double[] fromRe,
      double[] fromIm,
      int a,
      int quarter,
      double[] toRe,
      double[] toIm,
      int to,
      int span,
      double c1,
      double s1,
      double c2,
      double s2,
      double c3,
      double s3) {
    int b = a + quarter;
    int c = b + quarter;
    int d = c + quarter;
    int to1 = to + span;
    int to2 = to1 + span;
    int to3 = to2 + span;
    for (int i = 0; i < span; i += LANES) {
      DoubleVector aRe = DoubleVector.fromArray(SPECIES, fromRe, a + i);
      DoubleVector cRe = DoubleVector.fromArray(SPECIES, fromRe, c + i);
      DoubleVector evenRe = aRe.add(cRe);
      DoubleVector oddRe = aRe.sub(cRe);
      DoubleVector bRe = DoubleVector.fromArray(SPECIES, fromRe, b + i);
      DoubleVector dRe = DoubleVector.fromArray(SPECIES, fromRe, d + i);
      DoubleVector sumRe = bRe.add(dRe);
      DoubleVector differenceRe = bRe.sub(dRe);
      DoubleVector aIm = DoubleVector.fromArray(SPECIES, fromIm, a + i);
      DoubleVector cIm = DoubleVector.fromArray(SPECIES, fromIm, c + i);
      DoubleVector evenIm = aIm.add(cIm);
      DoubleVector oddIm = aIm.sub(cIm);
      DoubleVector bIm = DoubleVector.fromArray(SPECIES, fromIm, b + i);
      DoubleVector dIm = DoubleVector.fromArray(SPECIES, fromIm, d + i);
      DoubleVector sumIm = bIm.add(dIm);
      DoubleVector differenceIm = bIm.sub(dIm);
      evenRe.add(sumRe).intoArray(toRe, to + i);
      evenIm.add(sumIm).intoArray(toIm, to + i);
      DoubleVector re2 = evenRe.sub(sumRe);
      DoubleVector im2 = evenIm.sub(sumIm);
      re2.mul(c2).sub(im2.mul(s2)).intoArray(toRe, to2 + i);
      re2.mul(s2).add(im2.mul(c2)).intoArray(toIm, to2 + i);
      // i (b - d) has the imaginary part of the difference, negative, as its real part.
      DoubleVector re1 = oddRe.add(differenceIm);
      DoubleVector im1 = oddIm.sub(differenceRe);
      re1.mul(c1).sub(im1.mul(s1)).intoArray(toRe, to1 + i);
      re1.mul(s1).add(im1.mul(c1)).intoArray(toIm, to1 + i);
      DoubleVector re3 = oddRe.sub(differenceIm);
      DoubleVector im3 = oddIm.add(differenceRe);
      re3.mul(c3).sub(im3.mul(s3)).intoArray(toRe, to3 + i);
      re3.mul(s3).add(im3.mul(c3)).intoArray(toIm, to3 + i);
    }
  }

  /**
   * The last step where it has radix 4, whose outputs are not turned: output {@code k} of row
   * {@code q} is the transform's element {@code q + k rows}.
   *
   * @param fromRe real parts, four times {@code rows} rows
   * @param fromIm imaginary parts
   * @param from where the first row starts
   * @param fromStride from one row to the next, in elements
   * @param rows a quarter of the transform's length
   * @param columns the elements of a row
   * @param toRe gets the real parts; not {@code fromRe}
   * @param toIm gets the imaginary parts
   * @param to where the first row goes
   * @param stride from one row to the next
   */
  static void last4(
      double[] fromRe,
      double[] fromIm,
      int from,
      int fromStride,
      int rows,
      int columns,
      double[] toRe,
      double[] toIm,
      int to,
      int stride) {
    for (int row = 0; row < rows; row++) {
      straight4(
          fromRe,
          fromIm,
          from + row * fromStride,
          rows * fromStride,
          columns,
          toRe,
          toIm,
          to + row * stride,
          rows * stride);
    }
  }

  private static void straight4(
      double[] fromRe,
      double[] fromIm,
      int a,
      int quarter,
      int columns,
      double[] toRe,
      double[] toIm,
      int to,
      int apart) {
    int b = a + quarter;
    int c = b + quarter;
    int d = c + quarter;
    int to1 = to + apart;
    int to2 = to1 + apart;
    int to3 = to2 + apart;
    for (int i = 0; i < columns; i += LANES) {
      DoubleVector aRe = DoubleVector.fromArray(SPECIES, fromRe, a + i);
      DoubleVector cRe = DoubleVector.fromArray(SPECIES, fromRe, c + i);
      DoubleVector evenRe = aRe.add(cRe);
      DoubleVector oddRe = aRe.sub(cRe);
      DoubleVector bRe = DoubleVector.fromArray(SPECIES, fromRe, b + i);
      DoubleVector dRe = DoubleVector.fromArray(SPECIES, fromRe, d + i);
      DoubleVector sumRe = bRe.add(dRe);
      DoubleVector differenceRe = bRe.sub(dRe);
      DoubleVector aIm = DoubleVector.fromArray(SPECIES, fromIm, a + i);
      DoubleVector cIm = DoubleVector.fromArray(SPECIES, fromIm, c + i);
      DoubleVector evenIm = aIm.add(cIm);
      DoubleVector oddIm = aIm.sub(cIm);
      DoubleVector bIm = DoubleVector.fromArray(SPECIES, fromIm, b + i);
      DoubleVector dIm = DoubleVector.fromArray(SPECIES, fromIm, d + i);
      DoubleVector sumIm = bIm.add(dIm);
      DoubleVector differenceIm = bIm.sub(dIm);
      evenRe.add(sumRe).intoArray(toRe, to + i);
      evenIm.add(sumIm).intoArray(toIm, to + i);
      evenRe.sub(sumRe).intoArray(toRe, to2 + i);
      evenIm.sub(sumIm).intoArray(toIm, to2 + i);
      oddRe.add(differenceIm).intoArray(toRe, to1 + i);
      oddIm.sub(differenceRe).intoArray(toIm, to1 + i);
      oddRe.sub(differenceIm).intoArray(toRe, to3 + i);
      oddIm.add(differenceRe).intoArray(toIm, to3 + i);
    }
  }

  /** The last step where it has radix 2; arguments as for {@link #last4}, {@code rows} a half. */
  static void last2(
      double[] fromRe,
      double[] fromIm,
      int from,
      int fromStride,
      int rows,
      int columns,
      double[] toRe,
      double[] toIm,
      int to,
      int stride) {
    for (int row = 0; row < rows; row++) {
      straight2(
          fromRe,
          from + row * fromStride,
          rows * fromStride,
          columns,
          toRe,
          to + row * stride,
          rows * stride);
      straight2(
          fromIm,
          from + row * fromStride,
          rows * fromStride,
          columns,
          toIm,
          to + row * stride,
          rows * stride);
    }
  }

  private static void straight2(
      double[] from, int a, int half, int columns, double[] to, int at, int apart) {
    for (int i = 0; i < columns; i += LANES) {
      DoubleVector first = DoubleVector.fromArray(SPECIES, from, a + i);
      DoubleVector second = DoubleVector.fromArray(SPECIES, from, a + half + i);
      first.add(second).intoArray(to, at + i);
      first.sub(second).intoArray(to, at + apart + i);
    }
  }
}
