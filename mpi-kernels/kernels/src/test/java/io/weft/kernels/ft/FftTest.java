package io.weft.kernels.ft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transforms against their definition. */
class FftTest {
  private static final int COLUMNS = BlockFft.NARROW;

  /** Rounding of a sum of up to 512 terms of size 1, with some room. */
  private static final double ROUNDING = 1e-13;

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16, 32, 64})
  void equalsTheDefinition(int length) {
    double[] re = random(length, 1);
    double[] im = random(length, 2);
    double[] foundRe = new double[re.length];
    double[] foundIm = new double[im.length];
    fft(length).transform(re, im, 0, COLUMNS, foundRe, foundIm, 0, COLUMNS);
    for (int column = 0; column < COLUMNS; column++) {
      for (int k = 0; k < length; k++) {
        double sumRe = 0;
        double sumIm = 0;
        for (int j = 0; j < length; j++) {
          double angle = -2 * Math.PI * (j * k % length) / length;
          double a = re[j * COLUMNS + column];
          double b = im[j * COLUMNS + column];
          sumRe += a * Math.cos(angle) - b * Math.sin(angle);
          sumIm += a * Math.sin(angle) + b * Math.cos(angle);
        }
        String what = length + " points, wave number " + k + ", column " + column;
        assertEquals(sumRe, foundRe[k * COLUMNS + column], ROUNDING, what);
        assertEquals(sumIm, foundIm[k * COLUMNS + column], ROUNDING, what);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16, 32, 64, 128, 256, 512})
  void inverseOfForwardIsTheIdentityTimesTheLength(int length) {
    double[] re = random(length, 3);
    double[] im = random(length, 4);
    double[] thereRe = re.clone();
    double[] thereIm = im.clone();
    BlockFft fft = fft(length);
    fft.transform(thereRe, thereIm, 0, COLUMNS, thereRe, thereIm, 0, COLUMNS);
    fft.transform(thereIm, thereRe, 0, COLUMNS, thereIm, thereRe, 0, COLUMNS);
    for (int k = 0; k < re.length; k++) {
      assertEquals(re[k], thereRe[k] / length, ROUNDING);
      assertEquals(im[k], thereIm[k] / length, ROUNDING);
    }
  }

  /** A 1 at j becomes exp(-2 pi i j k / n), here in each column at another j. */
  @ParameterizedTest
  @ValueSource(ints = {32, 128, 256, 512})
  void oneSourceBecomesAWave(int length) {
    double[] re = new double[COLUMNS * length];
    double[] im = new double[COLUMNS * length];
    for (int column = 0; column < COLUMNS; column++) {
      re[place(length, column) * COLUMNS + column] = 1;
    }
    fft(length).transform(re, im, 0, COLUMNS, re, im, 0, COLUMNS);
    for (int column = 0; column < COLUMNS; column++) {
      for (int k = 0; k < length; k++) {
        double angle = -2 * Math.PI * (place(length, column) * k % length) / length;
        // A product of up to four roots of unity.
        assertEquals(Math.cos(angle), re[k * COLUMNS + column], 2e-15);
        assertEquals(Math.sin(angle), im[k * COLUMNS + column], 2e-15);
      }
    }
  }

  private static int place(int length, int column) {
    return (length / 3 + 7 * column) % length;
  }

  /** From rows far apart, to rows elsewhere, and from the work space, the bits are the same. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 64, 128})
  void placesMakeNoDifference(int length) {
    double[] re = random(length, 5);
    double[] im = random(length, 6);
    double[] expectedRe = new double[re.length];
    double[] expectedIm = new double[im.length];
    BlockFft.Work work = new BlockFft.Work(COLUMNS * length);
    BlockFft fft = new BlockFft(length, COLUMNS, work);
    fft.transform(re, im, 0, COLUMNS, expectedRe, expectedIm, 0, COLUMNS);

    int stride = 40;
    double[] wideRe = new double[stride * length + 100];
    double[] wideIm = new double[stride * length + 100];
    double[] toRe = new double[wideRe.length];
    double[] toIm = new double[wideIm.length];
    for (int row = 0; row < length; row++) {
      System.arraycopy(re, row * COLUMNS, wideRe, 8 + row * stride, COLUMNS);
      System.arraycopy(im, row * COLUMNS, wideIm, 8 + row * stride, COLUMNS);
    }
    fft.transform(wideRe, wideIm, 8, stride, toRe, toIm, 20, stride - 4);
    for (int row = 0; row < length; row++) {
      int at = 20 + row * (stride - 4);
      assertArrayEquals(row(expectedRe, row), Arrays.copyOfRange(toRe, at, at + COLUMNS));
      assertArrayEquals(row(expectedIm, row), Arrays.copyOfRange(toIm, at, at + COLUMNS));
    }

    for (boolean exchanged : new boolean[] {false, true}) {
      System.arraycopy(re, 0, exchanged ? work.im() : work.re(), 0, re.length);
      System.arraycopy(im, 0, exchanged ? work.re() : work.im(), 0, im.length);
      double[] fromRe = exchanged ? work.im() : work.re();
      double[] fromIm = exchanged ? work.re() : work.im();
      double[] foundRe = new double[re.length];
      double[] foundIm = new double[im.length];
      fft.transform(fromRe, fromIm, 0, COLUMNS, foundRe, foundIm, 0, COLUMNS);
      assertArrayEquals(expectedRe, foundRe);
      assertArrayEquals(expectedIm, foundIm);
    }
  }

  private static double[] row(double[] block, int row) {
    return Arrays.copyOfRange(block, row * COLUMNS, (row + 1) * COLUMNS);
  }

  @Test
  void otherLengthsAreRefused() {
    for (int length : new int[] {-4, 0, 1, 3, 48}) {
      BlockFft.Work work = new BlockFft.Work(64 * COLUMNS);
      assertThrows(IllegalArgumentException.class, () -> new BlockFft(length, COLUMNS, work));
    }
  }

  /** Against decimal expansions, and cos^2 + sin^2 = 1, everywhere on the circle. */
  @Test
  void rootsOfUnityAreRightToTheLastBit() {
    assertEquals(0.92387953251128674, Roots.cosine(1, 16));
    assertEquals(0.38268343236508977, Roots.sine(1, 16));
    assertEquals(0.70710678118654752, Roots.cosine(7, 8), Math.ulp(0.5));
    assertEquals(0.0, Roots.cosine(1, 4));
    assertEquals(-1.0, Roots.sine(3, 4));
    assertEquals(-1.0, Roots.cosine(1, 2));
    assertEquals(0.0, Roots.sine(1, 2));
    for (int k = 0; k < 512; k++) {
      double cosine = Roots.cosine(k, 512);
      double sine = Roots.sine(k, 512);
      assertEquals(1, cosine * cosine + sine * sine, 3e-16);
      assertEquals(Math.cos(2 * Math.PI * k / 512), cosine, 1e-15);
      assertEquals(Math.sin(2 * Math.PI * k / 512), sine, 1e-15);
    }
  }

  private static BlockFft fft(int length) {
    return new BlockFft(length, COLUMNS, new BlockFft.Work(COLUMNS * length));
  }

  private static double[] random(int length, long seed) {
    return new Random(seed).doubles((long) COLUMNS * length, -1, 1).toArray();
  }
}
