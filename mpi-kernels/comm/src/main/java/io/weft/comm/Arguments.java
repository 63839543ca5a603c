package io.weft.comm;

import java.lang.foreign.MemorySegment;

/** Checks that every communicator makes in the same words. */
final class Arguments {
  private Arguments() {}

  static void peer(int peer, int size) {
    if (peer < 0 || peer >= size) {
      throw new IllegalArgumentException("rank " + peer + " is not in 0 .. " + (size - 1));
    }
  }

  /** What is on the heap is refused by every communicator, also where MPI would copy it. */
  static void notHeap(MemorySegment buffer) {
    if (buffer != null && !buffer.isNative()) {
      throw new IllegalArgumentException(
          "the buffer is on the Java heap; allocate native memory, page-aligned, with"
              + " Communicator.allocate");
    }
  }

  static void blocks(Blocks blocks, int size) {
    if (blocks.size() != size) {
      throw new IllegalArgumentException(blocks.size() + " blocks for " + size + " ranks");
    }
  }

  /** What a rank sends to itself has the length that it expects. */
  static void length(long sentBytes, long expectedBytes) {
    if (sentBytes != expectedBytes) {
      throw new IllegalArgumentException(
          "this rank's own block has "
              + sentBytes
              + " bytes where it is sent and "
              + expectedBytes
              + " where it arrives");
    }
  }

  static void tag(int tag) {
    if (tag < 0 || tag > Communicator.MAX_TAG) {
      throw new IllegalArgumentException("tag " + tag + " is not in 0 .. " + Communicator.MAX_TAG);
    }
  }
}
