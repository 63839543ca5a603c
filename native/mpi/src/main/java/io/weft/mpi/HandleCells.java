package io.weft.mpi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Places for C to keep the handles of operations, lent while one is under way. So a request that is
 * made for one operation and forgotten afterwards leaves nothing behind. Allocates only where it
 * grows; not for more than one thread at a time.
 */
final class HandleCells {
  /** As many places as are made at once. */
  private static final int SLAB = 64;

  /** Room for a handle of any ABI. */
  private static final long BYTES = Long.BYTES;

  private final Arena arena;
  private MemorySegment[] free = new MemorySegment[SLAB];
  private int count;

  HandleCells(Arena arena) {
    this.arena = arena;
  }

  MemorySegment take() {
    if (count == 0) {
      MemorySegment slab = arena.allocate(SLAB * BYTES, BYTES);
      for (int i = 0; i < SLAB; i++) {
        free[count++] = slab.asSlice(i * BYTES, BYTES);
      }
    }
    return free[--count];
  }

  void give(MemorySegment cell) {
    if (count == free.length) {
      free = Arrays.copyOf(free, 2 * count);
    }
    free[count++] = cell;
  }
}
