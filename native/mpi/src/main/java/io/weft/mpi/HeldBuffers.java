package io.weft.mpi;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Keeps buffers reachable while C may touch them: one per lifetime is enough, so that an epoch of
 * many operations holds few. Allocates only where it grows.
 */
final class HeldBuffers {
  private MemorySegment[] held = new MemorySegment[4];
  private int count;

  void hold(MemorySegment buffer) {
    for (int i = 0; i < count; i++) {
      if (held[i].scope() == buffer.scope()) {
        return;
      }
    }
    if (count == held.length) {
      held = Arrays.copyOf(held, 2 * count);
    }
    held[count++] = buffer;
  }

  void release() {
    Arrays.fill(held, 0, count, null);
    count = 0;
  }
}
