package io.weft.comm.fabric;

/**
 * A vector cut into blocks of whole elements whose lengths differ by one element at most; so do
 * those of its halves, quarters and so on, where the blocks are a power of two.
 */
final class BlockPartition {
  private BlockPartition() {}

  /** Where a block starts, in elements; {@code block == blocks} gives the end. */
  static long start(int block, long count, int blocks) {
    return block * count / blocks;
  }

  /** How many bytes the blocks {@code from .. to - 1} have. */
  static long bytes(int from, int to, long count, int blocks, long elementBytes) {
    return (start(to, count, blocks) - start(from, count, blocks)) * elementBytes;
  }
}
