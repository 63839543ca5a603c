package io.weft.comm.fabric;

import io.weft.comm.Blocks;
import java.lang.foreign.MemorySegment;

/** A scatter of long blocks or of unequal ones: each goes straight from its place at the root. */
final class LinearScatter {
  private LinearScatter() {}

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
      messages.receive(recv, recvOffset, length, root);
      return;
    }
    for (int destination = 0; destination < messages.size(); destination++) {
      if (destination != root) {
        messages.send(send, sendOffset + destination * length, length, destination);
      }
    }
    MemorySegment.copy(send, sendOffset + rank * length, recv, recvOffset, length);
  }

  static void run(
      Exchanges messages,
      MemorySegment send,
      long sendOffset,
      Blocks blocks,
      MemorySegment recv,
      long recvOffset,
      long length,
      int root) {
    int rank = messages.rank();
    if (rank != root) {
      messages.receive(recv, recvOffset, length, root);
      return;
    }
    for (int destination = 0; destination < messages.size(); destination++) {
      if (destination != root) {
        long at = sendOffset + blocks.offsetBytes(destination);
        messages.send(send, at, blocks.lengthBytes(destination), destination);
      }
    }
    MemorySegment.copy(send, sendOffset + blocks.offsetBytes(rank), recv, recvOffset, length);
  }
}
