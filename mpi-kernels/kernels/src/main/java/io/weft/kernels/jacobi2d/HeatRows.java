package io.weft.kernels.jacobi2d;

import io.weft.kernels.simd.Species;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The loop over a row of points. By the Vector API: C2 does not make vectors of stencils. */
final class HeatRows {
  private static final VectorSpecies<Double> SPECIES = Species.DOUBLE;
  private static final int WIDTH = SPECIES.length();

  private HeatRows() {}

  /**
   * One step of one row: {@code after = u + ratio (east + west + north + south - 4 u)}.
   *
   * @param u the field
   * @param after gets the row; another array
   * @param at where the row's first inner point is, in both
   * @param points inner points of the row
   * @param row how far neighbours in the other direction are
   * @param ratio {@code dt / h^2}
   */
  static void step(double[] u, double[] after, int at, int points, int row, double ratio) {
    int i = at;
    int end = at + points;
    for (; i <= end - WIDTH; i += WIDTH) {
      DoubleVector here = DoubleVector.fromArray(SPECIES, u, i);
      DoubleVector.fromArray(SPECIES, u, i - 1)
          .add(DoubleVector.fromArray(SPECIES, u, i + 1))
          .add(
              DoubleVector.fromArray(SPECIES, u, i - row)
                  .add(DoubleVector.fromArray(SPECIES, u, i + row)))
          .sub(here.mul(4))
          .mul(ratio)
          .add(here)
          .intoArray(after, i);
    }
    for (; i < end; i++) {
      after[i] = (u[i - 1] + u[i + 1] + (u[i - row] + u[i + row]) - u[i] * 4) * ratio + u[i];
    }
  }
}
