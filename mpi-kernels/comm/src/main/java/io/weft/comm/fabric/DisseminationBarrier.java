package io.weft.comm.fabric;

import java.lang.foreign.MemorySegment;

/**
 * A barrier in {@code ceil(log2(size))} rounds: in round k each rank tells the one {@code 2^k}
 * after it that it has come, as D. Hensgen, R. Finkel and U. Manber describe in "Two algorithms for
 * barrier synchronization", International Journal of Parallel Programming 17(1), 1988.
 */
final class DisseminationBarrier {
  private DisseminationBarrier() {}

  /** Waits for all ranks. */
  static void run(Exchanges messages, MemorySegment empty) {
    int rank = messages.rank();
    int size = messages.size();
    for (int distance = 1; distance < size; distance <<= 1) {
      messages.exchange(
          empty, 0, 0, (rank + distance) % size, empty, 0, 0, (rank + size - distance) % size);
    }
  }

  /** The same, and nothing of it is left with the provider: what comes before closing. */
  static void runToTheEnd(Exchanges messages, MemorySegment empty) {
    int rank = messages.rank();
    int size = messages.size();
    for (int distance = 1; distance < size; distance <<= 1) {
      messages.signal(empty, (rank + distance) % size, (rank + size - distance) % size);
    }
  }
}
