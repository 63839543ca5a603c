package io.weft.comm.fabric;

import java.lang.foreign.MemorySegment;

/**
 * An all-gather among a power of two of ranks in {@code log2(size)} rounds: in round k ranks that
 * differ in bit k exchange the {@code 2^k} blocks that they have; R. Thakur, R. Rabenseifner and W.
 * Gropp, "Optimization of Collective Communication Operations in MPICH", section 3.1, 2005.
 */
final class RecursiveDoublingAllgather {
  private RecursiveDoublingAllgather() {}

  static void run(
      Exchanges messages,
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long length) {
    int rank = messages.rank();
    MemorySegment.copy(send, sendOffset, recv, recvOffset + rank * length, length);
    for (int distance = 1; distance < messages.size(); distance <<= 1) {
      int peer = rank ^ distance;
      long out = recvOffset + (rank & -distance) * length;
      long in = recvOffset + (peer & -distance) * length;
      long bytes = distance * length;
      messages.exchange(recv, out, bytes, peer, recv, in, bytes, peer);
    }
  }
}
