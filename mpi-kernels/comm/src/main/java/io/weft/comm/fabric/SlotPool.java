package io.weft.comm.fabric;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.ToLongFunction;

/**
 * Room for envelopes with what is in them, in lengths of powers of two, so that a short one takes
 * little. What was given back is used again; memory is freed with the arena.
 */
final class SlotPool {
  /** The shortest length, in bytes: an envelope and a few words. */
  static final long SHORTEST = 256;

  private static final int SHORTEST_SHIFT = Long.numberOfTrailingZeros(SHORTEST);

  /** What is allocated at a time, in bytes, where slots are shorter. */
  private static final long PIECE = 32 * 1024;

  private static final long ALIGNMENT = 4096;

  private final Arena arena;
  private final ToLongFunction<MemorySegment> register;
  private final OperationList[] free;

  /**
   * Makes an empty pool.
   *
   * @param arena owns the memory
   * @param longest the longest slot that will be asked for, in bytes
   * @param register registers memory where that is needed, and returns its descriptor
   */
  SlotPool(Arena arena, long longest, ToLongFunction<MemorySegment> register) {
    this.arena = arena;
    this.register = register;
    this.free = new OperationList[lengthClass(longest) + 1];
    for (int i = 0; i < free.length; i++) {
      free[i] = new OperationList();
    }
  }

  /** Which power of two holds so many bytes, counted from the shortest. */
  private static int lengthClass(long bytes) {
    return bytes <= SHORTEST
        ? 0
        : Long.SIZE - Long.numberOfLeadingZeros(bytes - 1) - SHORTEST_SHIFT;
  }

  /** Takes a slot of at least so many bytes; to be given back. */
  Slot take(long bytes) {
    int lengthClass = lengthClass(bytes);
    OperationList slots = free[lengthClass];
    if (slots.isEmpty()) {
      add(slots, SHORTEST << lengthClass);
    }
    Slot slot = (Slot) slots.first();
    slots.remove(slot);
    return slot;
  }

  private void add(OperationList slots, long each) {
    long count = Math.max(1, PIECE / each);
    MemorySegment memory = arena.allocate(count * each, ALIGNMENT);
    long descriptor = register.applyAsLong(memory);
    for (long i = 0; i < count; i++) {
      slots.add(new Slot(memory.asSlice(i * each, each), descriptor, this));
    }
  }

  /** Gives one back; it is the next to be taken, for it is in the cache. */
  void give(Slot slot) {
    OperationList slots = free[lengthClass(slot.memory.byteSize())];
    slots.addBefore(slot, slots.first());
  }
}
