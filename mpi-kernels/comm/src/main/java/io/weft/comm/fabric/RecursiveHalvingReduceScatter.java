package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/**
 * A reduce-scatter among a power of two of ranks in {@code log2(size)} steps: ranks half the group
 * apart exchange the half that the other one's side needs, then each side goes on alone; R. Thakur,
 * R. Rabenseifner and W. Gropp, "Optimization of Collective Communication Operations in MPICH",
 * section 4.2, 2005.
 */
final class RecursiveHalvingReduceScatter {
  private RecursiveHalvingReduceScatter() {}

  static void run(
      Exchanges messages,
      Scratch scratch,
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long length,
      ElementType type,
      ReduceOp op) {
    int rank = messages.rank();
    int size = messages.size();
    long all = size * length;
    MemorySegment memory = scratch.atLeast(all + all / 2);
    MemorySegment.copy(send, sendOffset, memory, 0, all);
    for (int distance = size / 2; distance > 0; distance /= 2) {
      int peer = rank ^ distance;
      long half = distance * length;
      long mine = (rank & -distance) * length;
      long theirs = (peer & -distance) * length;
      messages.exchange(memory, theirs, half, peer, memory, all, half, peer);
      Reduction.apply(type, op, memory, mine, memory, all, half);
    }
    MemorySegment.copy(memory, rank * length, recv, recvOffset, length);
  }
}
