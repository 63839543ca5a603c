package io.weft.kernels.is;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyRangesTest {
  @Test
  void everyBucketHasOneRankInOrder() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      int ranks = 1 + random.nextInt(40);
      int[] sizes = new int[1 + random.nextInt(64)];
      long keys = 0;
      for (int bucket = 0; bucket < sizes.length; bucket++) {
        sizes[bucket] = random.nextInt(4) == 0 ? 0 : random.nextInt(1000);
        keys += sizes[bucket];
      }
      KeyRanges ranges = new KeyRanges(ranks);
      ranges.deal(sizes, sizes.length, Math.max(1, keys));
      assertEquals(0, ranges.firstBucket(0));
      assertEquals(sizes.length, ranges.firstBucket(ranks));
      for (int rank = 0; rank < ranks; rank++) {
        assertTrue(ranges.firstBucket(rank) <= ranges.firstBucket(rank + 1));
      }
    }
  }

  /** What the javadoc promises: a fair share and the largest bucket. */
  @Test
  void noShareIsLargerThanAFairOneAndABucket() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      int ranks = 1 + random.nextInt(20);
      int[] sizes = new int[256];
      long keys = 0;
      int largest = 0;
      for (int bucket = 0; bucket < sizes.length; bucket++) {
        sizes[bucket] = 1 + random.nextInt(1000);
        keys += sizes[bucket];
        largest = Math.max(largest, sizes[bucket]);
      }
      KeyRanges ranges = new KeyRanges(ranks);
      ranges.deal(sizes, sizes.length, keys);
      for (int rank = 0; rank < ranks; rank++) {
        long share = 0;
        for (int b = ranges.firstBucket(rank); b < ranges.firstBucket(rank + 1); b++) {
          share += sizes[b];
        }
        assertTrue(share <= keys / ranks + 1 + largest, share + " of " + keys + " on " + ranks);
      }
    }
  }
}
