package io.weft.kernels.mg;

import io.weft.kernels.simd.Species;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The operators of MG on one row of points (RNR-94-007, section 2.5), one small static method each.
 * All have 27-point stencils that treat equally distant neighbours alike; so each row needs, for
 * every x, the sum over the four nearest rows around it and the sum over the four diagonal ones.
 *
 * <p>By the Vector API: C2 does not make vectors of stencils. Loops read whole vectors past the end
 * of sums and fields, which are longer for that.
 */
final class StencilRows {
  /** How much longer than a row with its ghosts the arrays for sums are. */
  static final int PADDING = 8;

  private static final VectorSpecies<Double> SPECIES = Species.DOUBLE;
  private static final int WIDTH = SPECIES.length();

  /** Elements of two vectors in turns: of their first halves, of their second ones. */
  private static final VectorShuffle<Double> FIRST_HALVES = VectorShuffle.makeZip(SPECIES, 0);

  private static final VectorShuffle<Double> SECOND_HALVES = VectorShuffle.makeZip(SPECIES, 1);

  /** The operator's weights; that of nearest neighbours is 0. */
  private static final double CENTRE = -8.0 / 3;

  private static final double EDGE = 1.0 / 6;
  private static final double CORNER = 1.0 / 12;

  private StencilRows() {}

  /**
   * Adds up the rows around a row.
   *
   * @param field the field
   * @param at where the row starts, with its ghost
   * @param row how far neighbours in y are
   * @param plane how far neighbours in z are
   * @param length of the row with its ghosts
   * @param near gets the sums over the four rows at distance 1, from the ghost on
   * @param diagonal gets those over the four rows at distance sqrt(2)
   */
  static void sumsAround(
      double[] field, int at, int row, int plane, int length, double[] near, double[] diagonal) {
    int below = at - plane;
    int above = at + plane;
    for (int i = 0; i < length; i += WIDTH) {
      DoubleVector.fromArray(SPECIES, field, at + i - row)
          .add(DoubleVector.fromArray(SPECIES, field, at + i + row))
          .add(DoubleVector.fromArray(SPECIES, field, below + i))
          .add(DoubleVector.fromArray(SPECIES, field, above + i))
          .intoArray(near, i);
      DoubleVector.fromArray(SPECIES, field, below + i - row)
          .add(DoubleVector.fromArray(SPECIES, field, below + i + row))
          .add(DoubleVector.fromArray(SPECIES, field, above + i - row))
          .add(DoubleVector.fromArray(SPECIES, field, above + i + row))
          .intoArray(diagonal, i);
    }
  }

  /**
   * {@code r = v - A u}, where A weighs a point by -8/3, its nearest neighbours by 0, those at
   * sqrt(2) by 1/6 and those at sqrt(3) by 1/12. {@code r} may be {@code v}.
   *
   * @param at where the row's first inner point is, in all three
   * @param points inner points of the row
   * @param near of {@code u}, as {@code diagonal}
   */
  static void residual(
      double[] u, double[] v, double[] r, int at, int points, double[] near, double[] diagonal) {
    int i = 0;
    for (; i <= points - WIDTH; i += WIDTH) {
      DoubleVector edges =
          DoubleVector.fromArray(SPECIES, diagonal, i + 1)
              .add(DoubleVector.fromArray(SPECIES, near, i))
              .add(DoubleVector.fromArray(SPECIES, near, i + 2));
      DoubleVector corners =
          DoubleVector.fromArray(SPECIES, diagonal, i)
              .add(DoubleVector.fromArray(SPECIES, diagonal, i + 2));
      DoubleVector.fromArray(SPECIES, v, at + i)
          .sub(DoubleVector.fromArray(SPECIES, u, at + i).mul(CENTRE))
          .sub(edges.mul(EDGE))
          .sub(corners.mul(CORNER))
          .intoArray(r, at + i);
    }
    for (; i < points; i++) {
      r[at + i] =
          v[at + i]
              - u[at + i] * CENTRE
              - (diagonal[i + 1] + near[i] + near[i + 2]) * EDGE
              - (diagonal[i] + diagonal[i + 2]) * CORNER;
    }
  }

  /**
   * {@code u += S r}, where S weighs a point, its nearest neighbours and those at sqrt(2) by {@code
   * c0}, {@code c1} and {@code c2}.
   *
   * @param at where the row's first inner point is, in both
   * @param points inner points of the row
   * @param near of {@code r}, as {@code diagonal}
   */
  static void smooth(
      double[] r,
      double[] u,
      int at,
      int points,
      double[] near,
      double[] diagonal,
      double c0,
      double c1,
      double c2) {
    int i = 0;
    for (; i <= points - WIDTH; i += WIDTH) {
      DoubleVector faces =
          DoubleVector.fromArray(SPECIES, near, i + 1)
              .add(DoubleVector.fromArray(SPECIES, r, at + i - 1))
              .add(DoubleVector.fromArray(SPECIES, r, at + i + 1));
      DoubleVector edges =
          DoubleVector.fromArray(SPECIES, diagonal, i + 1)
              .add(DoubleVector.fromArray(SPECIES, near, i))
              .add(DoubleVector.fromArray(SPECIES, near, i + 2));
      DoubleVector.fromArray(SPECIES, u, at + i)
          .add(DoubleVector.fromArray(SPECIES, r, at + i).mul(c0))
          .add(faces.mul(c1))
          .add(edges.mul(c2))
          .intoArray(u, at + i);
    }
    for (; i < points; i++) {
      u[at + i] =
          u[at + i]
              + r[at + i] * c0
              + (near[i + 1] + r[at + i - 1] + r[at + i + 1]) * c1
              + (diagonal[i + 1] + near[i] + near[i + 2]) * c2;
    }
  }

  /**
   * One coarse row of the restriction: the point 2j + 1 of the fine row under coarse point j weighs
   * 1/2, its nearest neighbours 1/4, those at sqrt(2) 1/8, those at sqrt(3) 1/16.
   *
   * @param fine the fine field
   * @param at where the fine row's first inner point is
   * @param near of the fine row, as {@code diagonal}
   * @param coarse gets the row
   * @param coarseAt where
   * @param coarsePoints its inner points
   */
  static void restrict(
      double[] fine,
      int at,
      double[] near,
      double[] diagonal,
      double[] coarse,
      int coarseAt,
      int coarsePoints) {
    for (int j = 0; j < coarsePoints; j++) {
      int i = 2 * j + 2; // From the ghost on, as sums are counted.
      int under = at + i - 1;
      coarse[coarseAt + j] =
          0.5 * fine[under]
              + 0.25 * (fine[under - 1] + fine[under + 1] + near[i])
              + 0.125 * (diagonal[i] + near[i - 1] + near[i + 1])
              + 0.0625 * (diagonal[i - 1] + diagonal[i + 1]);
    }
  }

  /**
   * The mean of four rows, of which some may be the same.
   *
   * @param length of a row with its ghosts, at which the rows' places start
   * @param mean gets it
   */
  static void mean(
      double[] field, int first, int second, int third, int fourth, int length, double[] mean) {
    for (int i = 0; i < length; i += WIDTH) {
      DoubleVector.fromArray(SPECIES, field, first + i)
          .add(DoubleVector.fromArray(SPECIES, field, second + i))
          .add(
              DoubleVector.fromArray(SPECIES, field, third + i)
                  .add(DoubleVector.fromArray(SPECIES, field, fourth + i)))
          .mul(0.25)
          .intoArray(mean, i);
    }
  }

  /**
   * Sets a fine row by interpolation: point 2j + 1 is over coarse point j, point 2j between j - 1
   * and j.
   *
   * @param coarse the coarse row, or the mean of some, from its ghost on
   * @param fine gets the row
   * @param at where the fine row's first inner point is
   * @param coarsePoints half as many as it has
   */
  static void interpolate(double[] coarse, double[] fine, int at, int coarsePoints) {
    double before = coarse[0];
    for (int j = 0; j < coarsePoints; j++) {
      double over = coarse[j + 1];
      fine[at + 2 * j] = 0.5 * (before + over);
      fine[at + 2 * j + 1] = over;
      before = over;
    }
  }

  /** Adds to a fine row what {@link #interpolate} would set it to. */
  static void addInterpolated(double[] coarse, double[] fine, int at, int coarsePoints) {
    int j = 0;
    for (; j <= coarsePoints - WIDTH; j += WIDTH) {
      DoubleVector over = DoubleVector.fromArray(SPECIES, coarse, j + 1);
      DoubleVector between = DoubleVector.fromArray(SPECIES, coarse, j).add(over).mul(0.5);
      int to = at + 2 * j;
      DoubleVector.fromArray(SPECIES, fine, to)
          .add(between.rearrange(FIRST_HALVES, over))
          .intoArray(fine, to);
      DoubleVector.fromArray(SPECIES, fine, to + WIDTH)
          .add(between.rearrange(SECOND_HALVES, over))
          .intoArray(fine, to + WIDTH);
    }
    for (; j < coarsePoints; j++) {
      fine[at + 2 * j] += 0.5 * (coarse[j] + coarse[j + 1]);
      fine[at + 2 * j + 1] += coarse[j + 1];
    }
  }

  /** The sum of squares of {@code length} elements, in an order that is always the same. */
  static double squares(double[] field, int at, int length) {
    double even = 0;
    double odd = 0;
    for (int i = 0; i < length - 1; i += 2) {
      even += field[at + i] * field[at + i];
      odd += field[at + i + 1] * field[at + i + 1];
    }
    return even + odd;
  }
}
