package io.weft.kernels.is;

/**
 * Which rank ranks which buckets: neighbouring buckets to the same rank, about as many keys to each
 * rank. Made once, set anew from the sizes of the buckets in each iteration; every rank comes to
 * the same.
 */
final class KeyRanges {
  private static final double PEAK_DENSITY = 8.0 / 3;
  private static final int DEVIATIONS = 8;

  private final int ranks;

  /** The first bucket of each rank, and one past the last bucket. */
  private final int[] firstBuckets;

  KeyRanges(int ranks) {
    this.ranks = ranks;
    this.firstBuckets = new int[ranks + 1];
  }

  /**
   * The most keys that any rank gets: a fair share and the largest bucket. Sums of four uniform
   * numbers have a density of 8/3 at most (Irwin and Hall, 1927), at their mean; a count deviates
   * by its square root, and eight times that does not happen.
   */
  static int largestShare(IsClass problem, int ranks) {
    double mean = PEAK_DENSITY * problem.keys() / problem.buckets();
    // Each iteration changes two keys.
    double largestBucket = mean + DEVIATIONS * Math.sqrt(mean) + 2 * (IsClass.ITERATIONS + 1);
    double share = Math.ceil((double) problem.keys() / ranks) + Math.ceil(largestBucket);
    return (int) Math.min(problem.keys(), (long) share);
  }

  /** What an instance takes, in bytes. */
  static long bytes(int ranks) {
    return Integer.BYTES * (ranks + 1L);
  }

  /**
   * Deals out buckets: each to the rank in whose fair share its middle key lies.
   *
   * @param sizes the keys in each bucket, over all ranks
   * @param buckets how many buckets
   * @param keys the keys in all buckets
   */
  void deal(int[] sizes, int buckets, long keys) {
    int rank = 0;
    long before = 0;
    for (int bucket = 0; bucket < buckets; bucket++) {
      // The middle of the bucket, in half keys.
      long middle = 2 * before + sizes[bucket];
      int owner = (int) Math.min(ranks - 1, middle * ranks / (2 * keys));
      while (rank <= owner) {
        firstBuckets[rank++] = bucket;
      }
      before += sizes[bucket];
    }
    while (rank <= ranks) {
      firstBuckets[rank++] = buckets;
    }
    firstBuckets[0] = 0;
  }

  /** The first bucket of a rank; with {@code rank = ranks}, the number of buckets. */
  int firstBucket(int rank) {
    return firstBuckets[rank];
  }
}
