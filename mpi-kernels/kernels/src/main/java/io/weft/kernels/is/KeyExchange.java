package io.weft.kernels.is;

import io.weft.comm.Blocks;
import io.weft.comm.Communicator;
import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The border between computing and communicating: loops see {@code int[]} alone, messages native
 * memory alone, and this class copies whole blocks from one to the other. Its buffers are the
 * communicator's, page-aligned. A rank's keys for itself are neither copied nor sent.
 */
final class KeyExchange {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final long PAGE_BYTES = 4096;

  private final Communicator communicator;
  private final int rank;
  private final int ranks;
  private final int capacity;
  private final MemorySegment sums;
  private final MemorySegment sendCounts;
  private final MemorySegment receiveCounts;
  private final MemorySegment outgoing;
  private final MemorySegment incoming;
  private final Blocks sendBlocks;
  private final Blocks receiveBlocks;

  /**
   * Allocates.
   *
   * @param communicator the ranks
   * @param sums the most numbers that are summed up at once
   * @param own this rank's keys before they move
   * @param capacity the most keys that this rank gets from others
   */
  KeyExchange(Communicator communicator, int sums, int own, int capacity) {
    this.communicator = communicator;
    this.rank = communicator.rank();
    this.ranks = communicator.size();
    this.capacity = capacity;
    this.sums = communicator.allocate(Integer.BYTES * (long) sums);
    this.sendCounts = communicator.allocate(Integer.BYTES * (long) ranks);
    this.receiveCounts = communicator.allocate(Integer.BYTES * (long) ranks);
    this.outgoing = communicator.allocate(outgoingBytes(ranks, own));
    this.incoming = communicator.allocate(Math.max(1, Integer.BYTES * (long) capacity));
    this.sendBlocks = new Blocks(ranks);
    this.receiveBlocks = new Blocks(ranks);
  }

  private static long outgoingBytes(int ranks, int own) {
    return ranks == 1 ? 1 : Integer.BYTES * (long) own;
  }

  /** What the constructor allocates with the same arguments, in bytes, page by page. */
  static long bytes(int ranks, int sums, int own, int capacity) {
    return pages(Integer.BYTES * (long) sums)
        + 2 * pages(Integer.BYTES * (long) ranks)
        + pages(outgoingBytes(ranks, own))
        + pages(Integer.BYTES * (long) capacity)
        + 4L * Long.BYTES * ranks;
  }

  private static long pages(long lengthBytes) {
    return Math.max(1, (lengthBytes + PAGE_BYTES - 1) / PAGE_BYTES) * PAGE_BYTES;
  }

  /** Sums up over all ranks; collective. */
  void sum(int[] numbers) {
    MemorySegment.copy(numbers, 0, sums, INT, 0, numbers.length);
    communicator.allreduce(sums, 0, sums, 0, numbers.length, ElementType.INT, ReduceOp.SUM);
    MemorySegment.copy(sums, INT, 0, numbers, 0, numbers.length);
  }

  /**
   * Tells every rank how many keys come from here; collective.
   *
   * @param ends where in the bucketed keys each rank's keys end, which start where the ones of the
   *     rank before end
   * @return how many keys come from other ranks
   * @throws IllegalStateException if that is more than there is room for
   */
  int agree(int[] ends) {
    int start = 0;
    for (int to = 0; to < ranks; to++) {
      int count = to == rank ? 0 : ends[to] - start;
      sendCounts.setAtIndex(INT, to, count);
      sendBlocks.set(to, Integer.BYTES * (long) start, Integer.BYTES * (long) count);
      start = ends[to];
    }
    communicator.alltoall(sendCounts, 0, receiveCounts, 0, Integer.BYTES);
    long at = 0;
    for (int from = 0; from < ranks; from++) {
      long lengthBytes = Integer.BYTES * (long) receiveCounts.getAtIndex(INT, from);
      receiveBlocks.set(from, at, lengthBytes);
      at += lengthBytes;
    }
    if (at > Integer.BYTES * (long) capacity) {
      throw new IllegalStateException(
          at / Integer.BYTES + " keys for rank " + rank + ", which has room for " + capacity);
    }
    return (int) (at / Integer.BYTES);
  }

  /**
   * Moves the keys; collective.
   *
   * @param bucketed this rank's keys in order of the ranks they go to
   * @param ownStart where the keys start that stay here
   * @param ownEnd where they end
   * @param received gets the keys of other ranks
   * @param count what {@link #agree} said
   */
  void move(int[] bucketed, int ownStart, int ownEnd, int[] received, int count) {
    if (ranks == 1) {
      return;
    }
    MemorySegment.copy(bucketed, 0, outgoing, INT, 0, ownStart);
    MemorySegment.copy(
        bucketed, ownEnd, outgoing, INT, Integer.BYTES * (long) ownEnd, bucketed.length - ownEnd);
    communicator.alltoallv(outgoing, 0, sendBlocks, incoming, 0, receiveBlocks);
    MemorySegment.copy(incoming, INT, 0, received, 0, count);
  }
}
