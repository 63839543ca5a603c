package io.weft.kernels.cg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small integers keep every sum exact, so that any order must give the same. */
class VectorLoopsTest {
  private static final int BEYOND = 3;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 9, 64, 1001})
  void computesWhatItSaysAndNothingBeyondTheLength(int length) {
    double[] x = integers(length, 7);
    double[] y = integers(length, 11);
    double dot = 0;
    double distance = 0;
    for (int i = 0; i < length; i++) {
      dot += x[i] * y[i];
      distance += (x[i] - y[i]) * (x[i] - y[i]);
    }
    assertEquals(dot, VectorLoops.dot(x, y, length));
    assertEquals(distance, VectorLoops.squaredDistance(x, y, length));

    double[] added = y.clone();
    VectorLoops.add(x, added, length);
    double[] addedScaled = y.clone();
    VectorLoops.addScaled(3, x, addedScaled, length);
    double[] scaledAndAdded = y.clone();
    VectorLoops.scaleAndAdd(x, 3, scaledAndAdded, length);
    double[] scaled = y.clone();
    VectorLoops.scale(3, x, scaled, length);
    for (int i = 0; i < length + BEYOND; i++) {
      boolean within = i < length;
      assertEquals(within ? y[i] + x[i] : y[i], added[i]);
      assertEquals(within ? y[i] + 3 * x[i] : y[i], addedScaled[i]);
      assertEquals(within ? x[i] + 3 * y[i] : y[i], scaledAndAdded[i]);
      assertEquals(within ? 3 * x[i] : y[i], scaled[i]);
    }
  }

  private static double[] integers(int length, int step) {
    double[] values = new double[length + BEYOND];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * step) % 19 - 9;
    }
    return values;
  }
}
