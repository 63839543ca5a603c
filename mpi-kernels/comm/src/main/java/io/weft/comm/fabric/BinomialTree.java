package io.weft.comm.fabric;

/** The tree of ranks, counted from the root, in which each one's parent has its lowest bit less. */
final class BinomialTree {
  private BinomialTree() {}

  /** The distance to the parent; of the root a power of two that is not below {@code size}. */
  static int below(int relative, int size) {
    return relative == 0 ? highest(size) : Integer.lowestOneBit(relative);
  }

  /** How many ranks the subtree of a rank has, itself among them: they follow each other. */
  static int blocks(int relative, int size) {
    return Math.min(below(relative, size), size - relative);
  }

  private static int highest(int size) {
    int bit = Integer.highestOneBit(size);
    return bit == size ? size : bit << 1;
  }
}
