package io.weft.comm.fabric;

import java.lang.foreign.MemorySegment;

/** Room for one envelope with what is in it; of a pool, or posted as a receive from anybody. */
final class Slot extends Operation {
  final MemorySegment memory;
  final long descriptor;

  /** Where it goes back to; null for one that stays posted. */
  final SlotPool pool;

  /** One that is posted under a context. */
  Slot(long context, MemorySegment memory, long descriptor) {
    this(context, memory, descriptor, null);
  }

  /** One of a pool. */
  Slot(MemorySegment memory, long descriptor, SlotPool pool) {
    this(0, memory, descriptor, pool);
  }

  private Slot(long context, MemorySegment memory, long descriptor, SlotPool pool) {
    super(context);
    this.pool = pool;
    this.memory = memory;
    this.descriptor = descriptor;
  }
}
