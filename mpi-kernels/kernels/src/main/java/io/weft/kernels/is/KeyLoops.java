package io.weft.kernels.is;

import io.weft.kernels.npb.NpbRandom;

/** Loops over keys, one small static method each, so that each is compiled for itself. */
final class KeyLoops {
  /** The numbers that are added up to one key; it is their mean, scaled. */
  static final int NUMBERS_PER_KEY = 4;

  private static final int LOG2_NUMBERS = 2;

  private KeyLoops() {}

  /**
   * Makes the keys that come next in a random sequence: the sum of four numbers below 1, times a
   * quarter of the number of values, rounded down.
   */
  static void generate(NpbRandom random, int log2Values, int[] keys) {
    int shift = NpbRandom.BITS + LOG2_NUMBERS - log2Values;
    for (int i = 0; i < keys.length; i++) {
      long sum = random.nextBits();
      sum += random.nextBits();
      sum += random.nextBits();
      sum += random.nextBits();
      keys[i] = (int) (sum >>> shift);
    }
  }

  /** Counts keys by bucket. */
  static void countBuckets(int[] keys, int shift, int[] counts) {
    for (int i = 0; i < keys.length; i++) {
      counts[keys[i] >>> shift]++;
    }
  }

  /** Sets each place to the sum of the counts before it. */
  static void startsOf(int[] counts, int[] starts, int length) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      starts[i] = start;
      start += counts[i];
    }
  }

  /** Puts keys in order of buckets; {@code next} is where each bucket's next key goes. */
  static void intoBuckets(int[] keys, int shift, int[] next, int[] bucketed) {
    for (int i = 0; i < keys.length; i++) {
      int key = keys[i];
      bucketed[next[key >>> shift]++] = key;
    }
  }

  /** Counts keys by value, from {@code lowest}. */
  static void countValues(int[] keys, int from, int to, int lowest, int[] counts) {
    for (int i = from; i < to; i++) {
      counts[keys[i] - lowest]++;
    }
  }

  /** Sets each place to the sum of the counts up to it. */
  static void addUp(int[] counts, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += counts[i];
      counts[i] = sum;
    }
  }

  /**
   * Puts keys where their ranks say, the last place of equal keys first; keys whose place is
   * outside of {@code sorted} are left out, and leave a hole.
   *
   * @param ends one past the place of each key, from {@code lowest}; counted down
   */
  static void place(int[] keys, int from, int to, int lowest, int[] ends, int[] sorted) {
    for (int i = from; i < to; i++) {
      int key = keys[i];
      int place = --ends[key - lowest];
      if (place >= 0 && place < sorted.length) {
        sorted[place] = key;
      }
    }
  }

  /** Counts keys that are not below the one before; {@code previous} is before the first. */
  static long inOrder(int[] sorted, int previous) {
    long inOrder = 0;
    int before = previous;
    for (int key : sorted) {
      inOrder += key >= before ? 1 : 0;
      before = key;
    }
    return inOrder;
  }

  /** Adds keys up. */
  static long sum(int[] keys) {
    long sum = 0;
    for (int key : keys) {
      sum += key;
    }
    return sum;
  }
}
