package io.weft.kernels.is;

/**
 * A key whose rank is published for every iteration. Each iteration makes one key smaller than all
 * test keys and one larger, so ranks move by one each time, up for small keys and down for large
 * ones.
 *
 * @param index where the key stands before sorting, from 0
 * @param rank what its rank is counted from
 * @param up whether the rank grows
 * @param lag the iteration in which it is {@code rank}
 */
record TestKey(int index, int rank, boolean up, int lag) {
  /**
   * The published rank: how many keys are smaller.
   *
   * @param iteration from 1
   */
  int rankAt(int iteration) {
    return up ? rank + (iteration - lag) : rank - (iteration - lag);
  }
}
