package io.weft.comm;

/** Checks that every communicator makes in the same words. */
final class Arguments {
  private Arguments() {}

  static void peer(int peer, int size) {
    if (peer < 0 || peer >= size) {
      throw new IllegalArgumentException("rank " + peer + " is not in 0 .. " + (size - 1));
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
