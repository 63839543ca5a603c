package io.weft.kernels.is;

import io.weft.kernels.npb.NpbRandom;
import io.weft.kernels.timed.PhaseTimers;
import io.weft.kernels.timed.RunContext;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * One rank's part in ranking all keys. All arrays are made in the constructor; a ranking allocates
 * nothing.
 *
 * <p>A ranking puts the rank's keys into buckets of neighbouring values, sums the buckets' sizes up
 * over the ranks, deals buckets out so that each rank gets about as many keys, moves the keys, and
 * counts them by value. What is left is a table: how many keys there are up to each value.
 */
final class KeySorter {
  private static final long SEED = 314_159_265L;

  private final IsClass problem;
  private final int rank;
  private final int ranks;
  private final PhaseTimers timers;
  private final Consumer<int[]> tableHook;
  private final KeyExchange exchange;
  private final KeyRanges ranges;

  /** The global index of this rank's first key. */
  private final long firstKey;

  private final int[] keys;
  private final int[] bucketed;
  private final int[] received;
  private final int[] bucketCounts;
  private final int[] bucketStarts;

  /** Sizes of all buckets over all ranks, then the test keys. */
  private final int[] sizes;

  /** Where in {@link #bucketed} the keys for each rank end. */
  private final int[] ends;

  /** The keys that this rank ranks, up to each value from {@link #lowest}. */
  private final int[] table;

  private int receivedCount;
  private int lowest;
  private int width;
  private long below;

  /**
   * Makes the keys.
   *
   * @param problem the class
   * @param context what this rank works with
   * @param keysHook may change the keys before anything is ranked
   * @param tableHook may change the table of each ranking
   */
  KeySorter(
      IsClass problem, RunContext context, Consumer<int[]> keysHook, Consumer<int[]> tableHook) {
    this.problem = problem;
    this.rank = context.communicator().rank();
    this.ranks = context.communicator().size();
    this.timers = context.timers();
    this.tableHook = tableHook;
    this.firstKey = firstKey(problem, ranks, rank);
    this.keys = new int[(int) (firstKey(problem, ranks, rank + 1) - firstKey)];
    this.bucketed = new int[keys.length];
    this.received = new int[receivedCapacity(problem, ranks)];
    this.bucketCounts = new int[problem.buckets()];
    this.bucketStarts = new int[problem.buckets()];
    this.sizes = new int[sizesLength(problem)];
    this.ends = new int[ranks];
    this.table = new int[problem.values()];
    this.ranges = new KeyRanges(ranks);
    this.exchange =
        new KeyExchange(context.communicator(), sizes.length, keys.length, received.length);
    NpbRandom random = new NpbRandom(SEED, KeyLoops.NUMBERS_PER_KEY * firstKey);
    KeyLoops.generate(random, problem.log2Values(), keys);
    keysHook.accept(keys);
  }

  private static long firstKey(IsClass problem, int ranks, int rank) {
    return problem.keys() * rank / ranks;
  }

  private static int receivedCapacity(IsClass problem, int ranks) {
    return ranks == 1 ? 0 : KeyRanges.largestShare(problem, ranks);
  }

  private static int sizesLength(IsClass problem) {
    return problem.buckets() + problem.testKeys().size();
  }

  /** What an instance and the check of its order take on the rank with most keys, in bytes. */
  static long bytes(IsClass problem, int ranks) {
    int own = (int) ((problem.keys() + ranks - 1) / ranks);
    long integers =
        2L * own
            + receivedCapacity(problem, ranks)
            + 2L * problem.buckets()
            + sizesLength(problem)
            + ranks
            + problem.values()
            + KeyRanges.largestShare(problem, ranks);
    return Integer.BYTES * integers
        + KeyRanges.bytes(ranks)
        + KeyExchange.bytes(ranks, sizesLength(problem), own, receivedCapacity(problem, ranks));
  }

  /**
   * Changes the two keys that an iteration changes (RNR-94-007, "Kernel IS", step 4a), and ranks
   * all keys; collective.
   *
   * @param iteration from 1
   */
  void rank(int iteration) {
    timers.start();
    change(iteration, iteration);
    change(iteration + IsClass.ITERATIONS, problem.values() - iteration);
    int shift = problem.bucketShift();
    Arrays.fill(bucketCounts, 0);
    KeyLoops.countBuckets(keys, shift, bucketCounts);
    KeyLoops.startsOf(bucketCounts, bucketStarts, bucketStarts.length);
    KeyLoops.intoBuckets(keys, shift, bucketStarts, bucketed);
    timers.end(IsPhase.BUCKETS);

    int buckets = problem.buckets();
    System.arraycopy(bucketCounts, 0, sizes, 0, buckets);
    Arrays.fill(sizes, buckets, sizes.length, 0);
    for (int k = 0; k < problem.testKeys().size(); k++) {
      long place = problem.testKeys().get(k).index() - firstKey;
      if (place >= 0 && place < keys.length) {
        sizes[buckets + k] = keys[(int) place];
      }
    }
    exchange.sum(sizes);
    ranges.deal(sizes, buckets, problem.keys());
    for (int to = 0; to < ranks; to++) {
      // Now that the keys are in place, the start of a bucket is its end.
      int last = ranges.firstBucket(to + 1) - 1;
      ends[to] = last < 0 ? 0 : bucketStarts[last];
    }
    receivedCount = exchange.agree(ends);
    timers.end(IsPhase.SIZES);
    exchange.move(bucketed, ownStart(), ends[rank], received, receivedCount);
    timers.end(IsPhase.KEYS);

    int firstBucket = ranges.firstBucket(rank);
    lowest = firstBucket << shift;
    width = (ranges.firstBucket(rank + 1) - firstBucket) << shift;
    below = 0;
    for (int bucket = 0; bucket < firstBucket; bucket++) {
      below += sizes[bucket];
    }
    Arrays.fill(table, 0, width, 0);
    KeyLoops.countValues(bucketed, ownStart(), ends[rank], lowest, table);
    KeyLoops.countValues(received, 0, receivedCount, lowest, table);
    KeyLoops.addUp(table, width);
    tableHook.accept(table);
    timers.end(IsPhase.RANKING);
  }

  private void change(long index, int key) {
    long place = index - firstKey;
    if (place >= 0 && place < keys.length) {
      keys[(int) place] = key;
    }
  }

  private int ownStart() {
    return rank == 0 ? 0 : ends[rank - 1];
  }

  /**
   * Holds the last ranking against the published ranks of the test keys.
   *
   * @return how many are right, of those that this rank ranks
   */
  int rightTestKeys(int iteration) {
    int right = 0;
    for (int k = 0; k < problem.testKeys().size(); k++) {
      int value = sizes[problem.buckets() + k] - lowest;
      if (value >= 0 && value < width) {
        long smaller = below + (value == 0 ? 0 : table[value - 1]);
        right += smaller == problem.testKeys().get(k).rankAt(iteration) ? 1 : 0;
      }
    }
    return right;
  }

  /**
   * The keys that this rank ranks, each in the place that its rank says; -1 where no rank pointed.
   * Uses the table up.
   */
  int[] sorted() {
    int[] sorted = new int[ends[rank] - ownStart() + receivedCount];
    Arrays.fill(sorted, -1);
    KeyLoops.place(bucketed, ownStart(), ends[rank], lowest, table, sorted);
    KeyLoops.place(received, 0, receivedCount, lowest, table, sorted);
    return sorted;
  }

  /** The sum of the keys that this rank has before they move. */
  long sumOfKeys() {
    return KeyLoops.sum(keys);
  }
}
