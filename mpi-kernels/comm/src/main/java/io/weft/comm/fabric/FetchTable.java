package io.weft.comm.fabric;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Where fetched values go that other ranks have not sent yet; grows, and allocates no more then.
 */
final class FetchTable {
  private MemorySegment[] results = new MemorySegment[16];
  private long[] offsets = new long[16];
  private int[] free = new int[16];
  private int freeCount;
  private int used;

  /** Keeps a place; returns its number. */
  int keep(MemorySegment result, long offset) {
    int number = freeCount > 0 ? free[--freeCount] : fresh();
    results[number] = result;
    offsets[number] = offset;
    return number;
  }

  private int fresh() {
    if (used == results.length) {
      results = Arrays.copyOf(results, 2 * used);
      offsets = Arrays.copyOf(offsets, 2 * used);
      free = Arrays.copyOf(free, 2 * used);
    }
    return used++;
  }

  /** Copies a value to its place, which is free then. */
  void settle(int number, MemorySegment from, long at, long bytes) {
    MemorySegment.copy(from, at, results[number], offsets[number], bytes);
    results[number] = null;
    free[freeCount++] = number;
  }
}
