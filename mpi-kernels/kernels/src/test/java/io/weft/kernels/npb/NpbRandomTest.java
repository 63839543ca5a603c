package io.weft.kernels.npb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NpbRandomTest {
  private static final BigInteger MODULUS = BigInteger.TWO.pow(46);
  private static final BigInteger MULTIPLIER = BigInteger.valueOf(5).pow(13);

  @Test
  void multiplierIsFiveToTheThirteenth() {
    assertEquals(MULTIPLIER.longValueExact(), NpbRandom.MULTIPLIER);
  }

  @Test
  void followsTheDefinitionExactly() {
    BigInteger expected = BigInteger.valueOf(314_159_265L);
    NpbRandom random = new NpbRandom(314_159_265L);
    for (int k = 0; k < 10_000; k++) {
      expected = expected.multiply(MULTIPLIER).mod(MODULUS);
      assertEquals(expected.longValueExact(), random.nextBits());
    }
  }

  /** x_k = 5^(13 k) seed, without the steps between. */
  @Test
  void reachesTheClosedFormAfterAMillionSteps() {
    long steps = 1_000_000;
    NpbRandom random = new NpbRandom(271_828_183L);
    long last = 0;
    for (long k = 0; k < steps; k++) {
      last = random.nextBits();
    }
    BigInteger expected =
        MULTIPLIER
            .modPow(BigInteger.valueOf(steps), MODULUS)
            .multiply(BigInteger.valueOf(271_828_183L))
            .mod(MODULUS);
    assertEquals(expected.longValueExact(), last);
  }

  /** Each length of jump against as many steps, from several places. */
  @Test
  void jumpsAheadAsFarAsItSteps() {
    for (long seed : new long[] {271_828_183L, 314_159_265L, 1, NpbRandom.MASK}) {
      NpbRandom stepping = new NpbRandom(seed);
      for (int steps = 0; steps < 5000; steps++) {
        assertEquals(stepping.state(), NpbRandom.stateAfter(seed, steps));
        assertEquals(stepping.state(), new NpbRandom(seed, steps).state());
        long next = stepping.nextBits();
        assertEquals(next, new NpbRandom(seed, steps).nextBits());
      }
    }
  }

  /** A jump of two parts is the jump of their sum, also where nobody could step. */
  @Test
  void jumpsAddUp() {
    Random lengths = new Random(46);
    for (int k = 0; k < 1000; k++) {
      long first = lengths.nextLong(1L << 44);
      long second = lengths.nextLong(1L << 44);
      long between = NpbRandom.stateAfter(271_828_183L, first);
      assertEquals(
          NpbRandom.stateAfter(271_828_183L, first + second),
          NpbRandom.stateAfter(between, second));
      assertEquals(
          MULTIPLIER
              .modPow(BigInteger.valueOf(first), MODULUS)
              .multiply(BigInteger.valueOf(271_828_183L))
              .mod(MODULUS)
              .longValueExact(),
          between);
    }
  }

  /** The period is 2^44 (Knuth, vol. 2, 3.2.1.2): a jump of one leads back, a quarter does not. */
  @Test
  void comesBackAfterThePeriodOnly() {
    assertEquals(271_828_183L, NpbRandom.stateAfter(271_828_183L, 1L << 44));
    assertNotEquals(271_828_183L, NpbRandom.stateAfter(271_828_183L, 1L << 43));
  }

  @Test
  void refusesToGoBack() {
    assertThrows(IllegalArgumentException.class, () -> new NpbRandom(1, -1));
  }

  /** 314159265 * 1220703125 = 383495196533203125 = 5449 * 2^46 + 55909509111989. */
  @Test
  void firstValueOfTheMatrixSequence() {
    assertEquals(55_909_509_111_989L, new NpbRandom(314_159_265L).nextBits());
  }

  @Test
  void fractionsAreExact() {
    NpbRandom bits = new NpbRandom(314_159_265L);
    NpbRandom fractions = new NpbRandom(314_159_265L);
    for (int k = 0; k < 1000; k++) {
      double fraction = fractions.next();
      assertTrue(fraction > 0 && fraction < 1);
      assertEquals(bits.nextBits(), (long) Math.scalb(fraction, 46));
    }
  }

  @Test
  void indicesAreTheFractionTimesThePowerRoundedDown() {
    for (int width : new int[] {1, 11, 18, 31}) {
      NpbRandom fractions = new NpbRandom(314_159_265L);
      NpbRandom indices = new NpbRandom(314_159_265L);
      for (int k = 0; k < 1000; k++) {
        assertEquals((int) (fractions.next() * (1L << width)), indices.nextIndex(width));
      }
    }
  }

  @Test
  void refusesSeedsThatHaveNoFullPeriod() {
    for (long seed : new long[] {0, -1, 2, 1L << 46, (1L << 46) + 1}) {
      assertThrows(IllegalArgumentException.class, () -> new NpbRandom(seed));
    }
  }
}
