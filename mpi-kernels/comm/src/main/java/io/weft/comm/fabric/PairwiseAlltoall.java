package io.weft.comm.fabric;

import io.weft.comm.Blocks;
import java.lang.foreign.MemorySegment;

/**
 * An all-to-all in {@code size - 1} steps: in step k each rank sends to the one k after it and
 * receives from the one k before it; R. Thakur, R. Rabenseifner and W. Gropp, "Optimization of
 * Collective Communication Operations in MPICH", section 3.4, 2005.
 */
final class PairwiseAlltoall {
  private PairwiseAlltoall() {}

  static void run(
      Exchanges messages,
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long length) {
    int rank = messages.rank();
    int size = messages.size();
    MemorySegment.copy(send, sendOffset + rank * length, recv, recvOffset + rank * length, length);
    for (int step = 1; step < size; step++) {
      int to = (rank + step) % size;
      int from = (rank + size - step) % size;
      messages.exchange(
          send,
          sendOffset + to * length,
          length,
          to,
          recv,
          recvOffset + from * length,
          length,
          from);
    }
  }

  static void run(
      Exchanges messages,
      MemorySegment send,
      long sendOffset,
      Blocks out,
      MemorySegment recv,
      long recvOffset,
      Blocks in) {
    int rank = messages.rank();
    int size = messages.size();
    MemorySegment.copy(
        send,
        sendOffset + out.offsetBytes(rank),
        recv,
        recvOffset + in.offsetBytes(rank),
        out.lengthBytes(rank));
    for (int step = 1; step < size; step++) {
      int to = (rank + step) % size;
      int from = (rank + size - step) % size;
      messages.exchange(
          send,
          sendOffset + out.offsetBytes(to),
          out.lengthBytes(to),
          to,
          recv,
          recvOffset + in.offsetBytes(from),
          in.lengthBytes(from),
          from);
    }
  }
}
