package io.weft.comm.shm;

import static io.weft.ffi.NativeMemory.EVERYTHING;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * The reading end of a {@link Ring}. Confined to one thread; allocates nothing.
 *
 * <p>Words are reached by address, without the checks of a segment, which messages of a few words
 * feel: not to be used once the memory is unmapped.
 */
public final class RingReader {
  private final MemorySegment memory;
  private final long address;
  private final long capacity;
  private final long batch;
  private long head;
  private long cleared;

  /**
   * Makes the reading end of a ring that nothing was read from.
   *
   * @param memory a ring's
   */
  public RingReader(MemorySegment memory) {
    this.memory = memory;
    this.address = memory.address();
    this.capacity = Ring.capacity(memory);
    this.batch = capacity / 8;
  }

  /**
   * The memory that {@link #peek} gives places in.
   *
   * @return the ring's
   */
  public MemorySegment memory() {
    return memory;
  }

  /**
   * Looks for the next record.
   *
   * @return where in {@link #memory} it starts; -1 if there is none
   */
  public long peek() {
    long at = Ring.HEADER + (head & capacity - 1);
    long word = (long) Ring.WORD.getAcquire(EVERYTHING, address + at);
    if (word > 0) {
      return at;
    }
    return word == 0 ? -1 : fromTheStart(-word);
  }

  private long fromTheStart(long leftOut) {
    head += leftOut;
    clear();
    long word = (long) Ring.WORD.getAcquire(EVERYTHING, address + Ring.HEADER);
    return word > 0 ? Ring.HEADER : -1;
  }

  /**
   * The length of a record.
   *
   * @param at what {@link #peek} said
   * @return bytes, with the first 8
   */
  public long length(long at) {
    return EVERYTHING.get(JAVA_LONG, address + at);
  }

  /**
   * Reads a word of a record.
   *
   * @param at where in {@link #memory}
   * @return the word
   */
  public long word(long at) {
    return EVERYTHING.get(JAVA_LONG, address + at);
  }

  /**
   * Goes on to the next record; the last one's bytes must not be used any more.
   *
   * @param length the last one's
   */
  public void release(long length) {
    head += Ring.room(length);
    if (head - cleared >= batch) {
      clear();
    }
  }

  /** Clears the first word of each line that was read, then lets the writer have them. */
  private void clear() {
    for (long at = cleared; at < head; at += Ring.LINE) {
      EVERYTHING.set(JAVA_LONG, address + Ring.HEADER + (at & capacity - 1), 0);
    }
    cleared = head;
    Ring.WORD.setRelease(EVERYTHING, address, head);
  }
}
