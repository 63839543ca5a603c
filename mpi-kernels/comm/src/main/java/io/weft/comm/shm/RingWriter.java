package io.weft.comm.shm;

import static io.weft.ffi.NativeMemory.EVERYTHING;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * The writing end of a {@link Ring}. Confined to one thread; allocates nothing.
 *
 * <p>Words are reached by address, without the checks of a segment, which messages of a few words
 * feel: not to be used once the memory is unmapped.
 */
public final class RingWriter {
  private final MemorySegment memory;
  private final long address;
  private final long capacity;
  private long tail;

  /** How far the reader was when it was last asked. */
  private long cleared;

  /** Where the record under way will end. */
  private long next;

  /**
   * Makes the writing end of a ring that nothing was written to.
   *
   * @param memory a ring's
   */
  public RingWriter(MemorySegment memory) {
    this.memory = memory;
    this.address = memory.address();
    this.capacity = Ring.capacity(memory);
  }

  /**
   * The memory that {@link #claim} gives places in.
   *
   * @return the ring's
   */
  public MemorySegment memory() {
    return memory;
  }

  /**
   * Finds room for a record.
   *
   * @param bytes its length with the 8 bytes that {@link #commit} writes in front; at most a
   *     quarter of the ring
   * @return where in {@link #memory} it starts; -1 if there is no room now
   */
  public long claim(long bytes) {
    long room = Ring.room(bytes);
    long at = tail & capacity - 1;
    long rest = capacity - at;
    long needed = room <= rest ? room : room + rest;
    if (tail + needed - cleared > capacity) {
      cleared = (long) Ring.WORD.getAcquire(EVERYTHING, address);
      if (tail + needed - cleared > capacity) {
        return -1;
      }
    }
    if (room > rest) {
      Ring.WORD.setRelease(EVERYTHING, address + Ring.HEADER + at, -rest);
      tail += rest;
      at = 0;
    }
    next = tail + room;
    return Ring.HEADER + at;
  }

  /**
   * Hands a record to the reader.
   *
   * @param at what {@link #claim} said, just before
   * @param bytes the same length
   */
  public void commit(long at, long bytes) {
    Ring.WORD.setRelease(EVERYTHING, address + at, bytes);
    tail = next;
  }

  /**
   * Writes a word of a record.
   *
   * @param at where in {@link #memory}
   * @param value what
   */
  public void put(long at, long value) {
    EVERYTHING.set(JAVA_LONG, address + at, value);
  }
}
