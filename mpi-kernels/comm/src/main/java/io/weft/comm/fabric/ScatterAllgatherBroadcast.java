package io.weft.comm.fabric;

import java.lang.foreign.MemorySegment;

/**
 * A broadcast of long messages: a scatter of {@code size} blocks along a binomial tree, then an
 * all-gather of them round a ring, so that no rank sends the whole message more than twice; M.
 * Barnett, L. Shuler, R. van de Geijn, S. Gupta, D. G. Payne and J. Watts, "Interprocessor
 * Collective Communication Library (InterCom)", Scalable High-Performance Computing Conference,
 * 1994.
 */
final class ScatterAllgatherBroadcast {
  private ScatterAllgatherBroadcast() {}

  static void run(Exchanges messages, MemorySegment buffer, long offset, long length, int root) {
    int size = messages.size();
    int relative = (messages.rank() - root + size) % size;
    scatter(messages, buffer, offset, length, root, relative);
    int next = (messages.rank() + 1) % size;
    int previous = (messages.rank() + size - 1) % size;
    for (int step = 0; step < size - 1; step++) {
      int out = (relative - step + size) % size;
      int in = (relative - step - 1 + size) % size;
      messages.exchange(
          buffer,
          offset + BlockPartition.start(out, length, size),
          BlockPartition.bytes(out, out + 1, length, size, 1),
          next,
          buffer,
          offset + BlockPartition.start(in, length, size),
          BlockPartition.bytes(in, in + 1, length, size, 1),
          previous);
    }
  }

  /** Block i goes to the rank i after the root, to its place in the buffer. */
  private static void scatter(
      Exchanges messages, MemorySegment buffer, long offset, long length, int root, int relative) {
    int size = messages.size();
    int below = BinomialTree.below(relative, size);
    if (relative != 0) {
      int parent = (relative - below + root) % size;
      pass(messages, buffer, offset, length, relative, parent, false);
    }
    for (int bit = below >> 1; bit > 0; bit >>= 1) {
      if (relative + bit < size) {
        int child = (relative + bit + root) % size;
        pass(messages, buffer, offset, length, relative + bit, child, true);
      }
    }
  }

  /** Sends or receives the blocks of a subtree. */
  private static void pass(
      Exchanges messages,
      MemorySegment buffer,
      long offset,
      long length,
      int subtree,
      int peer,
      boolean down) {
    int size = messages.size();
    int end = subtree + BinomialTree.blocks(subtree, size);
    long where = offset + BlockPartition.start(subtree, length, size);
    long bytes = BlockPartition.bytes(subtree, end, length, size, 1);
    if (down) {
      messages.send(buffer, where, bytes, peer);
    } else {
      messages.receive(buffer, where, bytes, peer);
    }
  }
}
