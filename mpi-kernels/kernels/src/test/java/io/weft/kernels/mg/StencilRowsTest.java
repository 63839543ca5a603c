package io.weft.kernels.mg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The row loops against sums over all 27 neighbours, weighed by their distance. */
class StencilRowsTest {
  private static final double EXACT = 1e-13;

  private final Random random = new Random(1);

  /** Weights by squared distance: the point, 6 nearest, 12 next, 8 corners. */
  private static double stencil(Field f, int z, int y, int x, double... weights) {
    double sum = 0;
    for (int dz = -1; dz <= 1; dz++) {
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          int distance = dx * dx + dy * dy + dz * dz;
          sum += weights[distance] * f.values()[f.at(z + dz, y + dy) + x + dx];
        }
      }
    }
    return sum;
  }

  private Field field(int points) {
    Field field = new Field(points, points);
    for (int z = 0; z < points; z++) {
      for (int y = 0; y < points; y++) {
        for (int x = 0; x < points; x++) {
          field.values()[field.at(z, y) + x] = random.nextDouble() - 0.5;
        }
      }
      field.closePlane(z);
    }
    field.closeCube();
    return field;
  }

  private static double at(Field f, int z, int y, int x) {
    return f.values()[f.at(z, y) + x];
  }

  /** Ghosts of a periodic cube are what is at the other side, in corners too. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void ghostsAreTheOtherSide(int points) {
    Field f = field(points);
    for (int z = -1; z <= points; z++) {
      for (int y = -1; y <= points; y++) {
        for (int x = -1; x <= points; x++) {
          double inner =
              at(f, Math.floorMod(z, points), Math.floorMod(y, points), Math.floorMod(x, points));
          assertEquals(inner, at(f, z, y, x));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16})
  void residualAndSmoother(int points) {
    Field u = field(points);
    Field v = field(points);
    Field r = new Field(points, points);
    Field smoothed = field(points);
    double[] before = smoothed.values().clone();
    double[] near = new double[points + 2 + StencilRows.PADDING];
    double[] diagonal = new double[points + 2 + StencilRows.PADDING];
    for (int z = 0; z < points; z++) {
      for (int y = 0; y < points; y++) {
        int at = u.at(z, y);
        StencilRows.sumsAround(u.values(), at - 1, u.row(), u.plane(), u.row(), near, diagonal);
        StencilRows.residual(u.values(), v.values(), r.values(), at, points, near, diagonal);
        StencilRows.smooth(
            u.values(), smoothed.values(), at, points, near, diagonal, 0.3, 0.05, 0.007);
        for (int x = 0; x < points; x++) {
          double image = stencil(u, z, y, x, -8.0 / 3, 0, 1.0 / 6, 1.0 / 12);
          assertEquals(at(v, z, y, x) - image, at(r, z, y, x), EXACT);
          double correction = stencil(u, z, y, x, 0.3, 0.05, 0.007, 0);
          assertEquals(before[at + x] + correction, at(smoothed, z, y, x), EXACT);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void restriction(int points) {
    Field fine = field(points);
    Field coarse = new Field(points / 2, points / 2);
    double[] near = new double[points + 2 + StencilRows.PADDING];
    double[] diagonal = new double[points + 2 + StencilRows.PADDING];
    for (int z = 0; z < points / 2; z++) {
      for (int y = 0; y < points / 2; y++) {
        int at = fine.at(2 * z + 1, 2 * y + 1);
        StencilRows.sumsAround(
            fine.values(), at - 1, fine.row(), fine.plane(), fine.row(), near, diagonal);
        StencilRows.restrict(
            fine.values(), at, near, diagonal, coarse.values(), coarse.at(z, y), points / 2);
        for (int x = 0; x < points / 2; x++) {
          double expected =
              stencil(fine, 2 * z + 1, 2 * y + 1, 2 * x + 1, 0.5, 0.25, 0.125, 0.0625);
          assertEquals(expected, at(coarse, z, y, x), EXACT);
        }
      }
    }
  }

  /** What is set, what is added, and that a linear function is interpolated exactly. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 64})
  void interpolation(int coarsePoints) {
    double[] coarse = new double[coarsePoints + 2];
    for (int i = 0; i < coarse.length; i++) {
      coarse[i] = 3 * (2 * i - 1) + 1; // Over point 2 (i - 1) + 1 of the fine row.
    }
    double[] fine = new double[2 * coarsePoints + 2];
    StencilRows.interpolate(coarse, fine, 1, coarsePoints);
    for (int i = 0; i < 2 * coarsePoints; i++) {
      assertEquals(3 * i + 1, fine[i + 1], EXACT);
    }
    StencilRows.addInterpolated(coarse, fine, 1, coarsePoints);
    for (int i = 0; i < 2 * coarsePoints; i++) {
      assertEquals(2 * (3 * i + 1), fine[i + 1], EXACT);
    }
    assertEquals(0, fine[0]);
    assertEquals(0, fine[2 * coarsePoints + 1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 16})
  void meanOfRows(int points) {
    Field f = field(points);
    double[] mean = new double[points + 2 + StencilRows.PADDING];
    int[] rows = {f.at(0, 0) - 1, f.at(0, 1) - 1, f.at(1, 0) - 1, f.at(1, 1) - 1};
    StencilRows.mean(f.values(), rows[0], rows[1], rows[2], rows[3], f.row(), mean);
    for (int i = 0; i < f.row(); i++) {
      double sum = 0;
      for (int row : rows) {
        sum += f.values()[row + i];
      }
      assertEquals(sum / 4, mean[i], EXACT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 64})
  void squares(int length) {
    double[] values = random.doubles(length + 2).toArray();
    double expected = 0;
    for (int i = 1; i <= length; i++) {
      expected += values[i] * values[i];
    }
    assertEquals(expected, StencilRows.squares(values, 1, length), EXACT * length);
  }
}
