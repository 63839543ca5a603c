package io.weft.comm;

import io.weft.comm.fabric.Collectives;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Gathers byte strings of unequal length by collectives; not for the data path. */
final class CollectiveBytes {
  private final Collectives collectives;
  private final int size;

  CollectiveBytes(Collectives collectives, int size) {
    this.collectives = collectives;
    this.size = size;
  }

  byte[][] allgather(byte[] mine) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment own = arena.allocateFrom(ValueLayout.JAVA_LONG, mine.length);
      MemorySegment all = arena.allocate(ValueLayout.JAVA_LONG, size);
      collectives.allgather(own, 0, all, 0, Long.BYTES);
      long[] lengths = all.toArray(ValueLayout.JAVA_LONG);
      Blocks blocks = Blocks.packed(lengths);
      MemorySegment send = arena.allocate(Math.max(mine.length, 1));
      MemorySegment.copy(mine, 0, send, ValueLayout.JAVA_BYTE, 0, mine.length);
      MemorySegment recv = arena.allocate(Math.max(blocks.extentBytes(), 1));
      collectives.allgather(send, 0, recv, 0, blocks);
      byte[][] result = new byte[size][];
      for (int rank = 0; rank < size; rank++) {
        result[rank] =
            recv.asSlice(blocks.offsetBytes(rank), lengths[rank]).toArray(ValueLayout.JAVA_BYTE);
      }
      return result;
    }
  }
}
