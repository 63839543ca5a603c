package io.weft.comm.fabric;

import io.weft.comm.Blocks;
import java.lang.foreign.MemorySegment;

/** A gather of long blocks or of unequal ones: each comes straight to its place at the root. */
final class LinearGather {
  private LinearGather() {}

  static void run(
      Exchanges messages,
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long length,
      int root) {
    int rank = messages.rank();
    if (rank != root) {
      messages.send(send, sendOffset, length, root);
      return;
    }
    MemorySegment.copy(send, sendOffset, recv, recvOffset + rank * length, length);
    for (int source = 0; source < messages.size(); source++) {
      if (source != root) {
        messages.receive(recv, recvOffset + source * length, length, source);
      }
    }
  }

  static void run(
      Exchanges messages,
      MemorySegment send,
      long sendOffset,
      long length,
      MemorySegment recv,
      long recvOffset,
      Blocks blocks,
      int root) {
    int rank = messages.rank();
    if (rank != root) {
      messages.send(send, sendOffset, length, root);
      return;
    }
    MemorySegment.copy(send, sendOffset, recv, recvOffset + blocks.offsetBytes(rank), length);
    for (int source = 0; source < messages.size(); source++) {
      if (source != root) {
        long at = recvOffset + blocks.offsetBytes(source);
        messages.receive(recv, at, blocks.lengthBytes(source), source);
      }
    }
  }
}
