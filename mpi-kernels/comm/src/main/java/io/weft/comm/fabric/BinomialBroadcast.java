package io.weft.comm.fabric;

import java.lang.foreign.MemorySegment;

/**
 * A broadcast along a binomial tree in {@code ceil(log2(size))} rounds, section 3.1 of R. Thakur,
 * R. Rabenseifner and W. Gropp, "Optimization of Collective Communication Operations in MPICH",
 * International Journal of High Performance Computing Applications 19(1), 2005.
 */
final class BinomialBroadcast {
  private BinomialBroadcast() {}

  static void run(Exchanges messages, MemorySegment buffer, long offset, long length, int root) {
    int size = messages.size();
    int relative = (messages.rank() - root + size) % size;
    // A rank's parent is itself without its lowest bit; the root, 0, has every bit below it free.
    int below = relative == 0 ? Integer.highestOneBit(size) << 1 : Integer.lowestOneBit(relative);
    if (relative != 0) {
      messages.receive(buffer, offset, length, (relative - below + root) % size);
    }
    for (int bit = below >> 1; bit > 0; bit >>= 1) {
      if (relative + bit < size) {
        messages.send(buffer, offset, length, (relative + bit + root) % size);
      }
    }
  }
}
