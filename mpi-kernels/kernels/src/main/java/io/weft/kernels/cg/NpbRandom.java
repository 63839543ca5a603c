package io.weft.kernels.cg;

/**
 * The pseudorandom sequence of the NAS Parallel Benchmarks: {@code x' = 5^13 x mod 2^46}, uniform
 * in (0, 1) as {@code x / 2^46} (RNR-94-007, "A Pseudorandom Number Generator").
 *
 * <p>A {@code long} product keeps the low 64 bits exactly, so masking it to 46 bits is the exact
 * remainder. Every value has at most 46 significant bits, so the {@code double} is exact too.
 */
final class NpbRandom {
  /** 5^13. */
  static final long MULTIPLIER = 1_220_703_125L;

  private static final int BITS = 46;
  private static final long MASK = (1L << BITS) - 1;
  private static final double SCALE = 0x1p-46;

  private long state;

  /**
   * Starts a sequence.
   *
   * @param seed odd, {@code 1 .. 2^46 - 1}; itself not part of the sequence
   */
  NpbRandom(long seed) {
    if (seed <= 0 || seed > MASK || (seed & 1) == 0) {
      throw new IllegalArgumentException("a seed is odd and below 2^46, unlike " + seed);
    }
    this.state = seed;
  }

  /** Steps on and returns the new value, in (0, 1). */
  double next() {
    return nextBits() * SCALE;
  }

  /** Steps on and returns the new state, {@code 1 .. 2^46 - 1}. */
  long nextBits() {
    state = (state * MULTIPLIER) & MASK;
    return state;
  }

  /**
   * Steps on and returns the new value times a power of two, rounded down.
   *
   * @param bits the power's exponent, {@code 0 .. 31}
   * @return {@code 0 .. 2^bits - 1}
   */
  int nextIndex(int bits) {
    return (int) (nextBits() >>> (BITS - bits));
  }
}
