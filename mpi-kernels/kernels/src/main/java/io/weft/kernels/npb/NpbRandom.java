package io.weft.kernels.npb;

/**
 * The pseudorandom sequence of the NAS Parallel Benchmarks: {@code x' = 5^13 x mod 2^46}, uniform
 * in (0, 1) as {@code x / 2^46} (RNR-94-007, "A Pseudorandom Number Generator").
 *
 * <p>A {@code long} product keeps the low 64 bits exactly, so masking it to 46 bits is the exact
 * remainder. Every value has at most 46 significant bits, so the {@code double} is exact too.
 */
public final class NpbRandom {
  /** 5^13. */
  public static final long MULTIPLIER = 1_220_703_125L;

  /** The exponent of the modulus. */
  public static final int BITS = 46;

  /** {@code x & MASK} is {@code x mod 2^46}. */
  public static final long MASK = (1L << BITS) - 1;

  private static final double SCALE = 0x1p-46;

  private long state;

  /**
   * Starts a sequence.
   *
   * @param seed odd, {@code 1 .. 2^46 - 1}; itself not part of the sequence
   */
  public NpbRandom(long seed) {
    this(seed, 0);
  }

  /**
   * Starts in the middle of a sequence, without the steps before: {@code x_k = 5^(13 k) x_0 mod
   * 2^46} (RNR-94-007, as above).
   *
   * @param seed odd, {@code 1 .. 2^46 - 1}
   * @param steps how many numbers to leave out, 0 or more
   */
  public NpbRandom(long seed, long steps) {
    this.state = stateAfter(seed, steps);
  }

  /**
   * Jumps ahead.
   *
   * @param seed odd, {@code 1 .. 2^46 - 1}
   * @param steps 0 or more
   * @return what {@link #state} is after so many steps
   */
  public static long stateAfter(long seed, long steps) {
    if (seed <= 0 || seed > MASK || (seed & 1) == 0) {
      throw new IllegalArgumentException("a seed is odd and below 2^46, unlike " + seed);
    }
    if (steps < 0) {
      throw new IllegalArgumentException("a sequence goes forward only, not " + steps + " steps");
    }
    return (seed * power(steps)) & MASK;
  }

  /** {@code 5^(13 k) mod 2^46}, by squaring. */
  private static long power(long steps) {
    long result = 1;
    long square = MULTIPLIER;
    for (long rest = steps; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        result = (result * square) & MASK;
      }
      square = (square * square) & MASK;
    }
    return result;
  }

  /**
   * What the last number came from, for loops that step on by themselves.
   *
   * @return the seed at first, then as {@link #nextBits}
   */
  public long state() {
    return state;
  }

  /**
   * Steps on.
   *
   * @return the new value, in (0, 1)
   */
  public double next() {
    return nextBits() * SCALE;
  }

  /**
   * Steps on.
   *
   * @return the new state, {@code 1 .. 2^46 - 1}
   */
  public long nextBits() {
    state = (state * MULTIPLIER) & MASK;
    return state;
  }

  /**
   * Steps on, and multiplies by a power of two.
   *
   * @param bits the power's exponent, {@code 0 .. 31}
   * @return the product rounded down, {@code 0 .. 2^bits - 1}
   */
  public int nextIndex(int bits) {
    return (int) (nextBits() >>> (BITS - bits));
  }
}
