package io.weft.comm.shm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * How a ring lies in memory: a queue of records from one process to one other, without locks.
 *
 * <p>First a cache line in which the reader says how far it has cleared; then the records, each
 * from the start of a cache line and in one piece. The first word of a record is its length in
 * bytes, written last; a negative one says that the rest of the ring is left out. Whatever is free
 * has zero in the first word of each line, so that the reader needs no other word to know whether
 * there is a record: a short message moves one cache line. The reader clears what it has read not
 * at once but in batches, out of the way of the answer that its caller may be about to write.
 */
final class Ring {
  /** Bytes that move between cores together, in front of which no two writers meet. */
  static final int LINE = 64;

  /** The length of what stands in front of the records, with room against adjacent prefetching. */
  static final int HEADER = 2 * LINE;

  static final VarHandle WORD = JAVA_LONG.varHandle();

  private Ring() {}

  /** The bytes of memory for a ring. */
  static long bytes(long capacity) {
    return HEADER + capacity;
  }

  static long capacity(MemorySegment memory) {
    long capacity = memory.byteSize() - HEADER;
    if (capacity < 4 * LINE || Long.bitCount(capacity) != 1) {
      throw new IllegalArgumentException(capacity + " bytes are no ring");
    }
    return capacity;
  }

  /** The bytes of a record in the ring. */
  static long room(long bytes) {
    return bytes + LINE - 1 & -LINE;
  }
}
