package io.weft.comm;

/** Checks that every communicator makes in the same words. */
final class Arguments {
  private Arguments() {}

  static void peer(int peer, int size) {
    if (peer < 0 || peer >= size) {
      throw new IllegalArgumentException("rank " + peer + " is not in 0 .. " + (size - 1));
    }
  }

  static void tag(int tag) {
    if (tag < 0 || tag > Communicator.MAX_TAG) {
      throw new IllegalArgumentException("tag " + tag + " is not in 0 .. " + Communicator.MAX_TAG);
    }
  }
}
