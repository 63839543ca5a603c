package io.weft.comm.fabric;

import java.lang.foreign.MemorySegment;

/** Room for one envelope with what is in it, posted as a receive from anybody. */
final class Slot extends Operation {
  final MemorySegment memory;
  final long descriptor;

  Slot(long context, MemorySegment memory, long descriptor) {
    super(context);
    this.memory = memory;
    this.descriptor = descriptor;
  }
}
