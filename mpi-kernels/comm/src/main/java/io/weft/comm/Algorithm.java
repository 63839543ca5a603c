package io.weft.comm;

import java.util.Locale;

/**
 * How a collective over libfabric is done. The class of each in {@code io.weft.comm.fabric} names
 * the paper.
 */
public enum Algorithm {
  /** Along a binomial tree, {@code ceil(log2(size))} rounds. */
  BINOMIAL,
  /** Straight between the root and each rank. */
  LINEAR,
  /** Round a ring, {@code size - 1} steps. */
  RING,
  /** Between ranks that differ in one bit, from near to far. */
  RECURSIVE_DOUBLING,
  /** Between ranks that differ in one bit, from far to near, each time half as much. */
  RECURSIVE_HALVING,
  /** Recursive halving, then what it left is collected. */
  RABENSEIFNER,
  /** Blocks of several ranks together, {@code ceil(log2(size))} rounds. */
  BRUCK,
  /** With each other rank in turn, {@code size - 1} steps. */
  PAIRWISE,
  /** A scatter along a tree, then an all-gather round a ring (van de Geijn). */
  SCATTER_ALLGATHER;

  /**
   * The name in tables and variables.
   *
   * @return lower case, with {@code -} between words
   */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
