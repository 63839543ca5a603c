package io.weft.comm;

import io.weft.mpi.Comm;
import io.weft.mpi.Datatype;
import io.weft.mpi.Op;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Gathers byte strings of unequal length over MPI; not for the data path. */
final class MpiBytes {
  private MpiBytes() {}

  static byte[][] allgather(Comm comm, byte[] mine) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment longest = arena.allocateFrom(ValueLayout.JAVA_LONG, mine.length);
      comm.allreduce(longest, 0, longest, 0, 1, Datatype.LONG, Op.MAX);
      long slot = Long.BYTES + longest.get(ValueLayout.JAVA_LONG, 0);
      MemorySegment send = arena.allocate(slot, Long.BYTES);
      send.set(ValueLayout.JAVA_LONG, 0, mine.length);
      MemorySegment.copy(mine, 0, send, ValueLayout.JAVA_BYTE, Long.BYTES, mine.length);
      MemorySegment recv = arena.allocate(slot * comm.size(), Long.BYTES);
      comm.allgather(send, 0, recv, 0, slot, Datatype.BYTE);
      byte[][] result = new byte[comm.size()][];
      for (int rank = 0; rank < result.length; rank++) {
        long at = rank * slot;
        result[rank] = new byte[(int) recv.get(ValueLayout.JAVA_LONG_UNALIGNED, at)];
        MemorySegment.copy(
            recv, ValueLayout.JAVA_BYTE, at + Long.BYTES, result[rank], 0, result[rank].length);
      }
      return result;
    }
  }
}
