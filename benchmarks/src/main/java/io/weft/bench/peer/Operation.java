package io.weft.bench.peer;

/**
 * One pattern on this rank, with its buffers. Nothing that {@link #run} does allocates, logs or
 * tells the other ranks anything but what is measured.
 */
public interface Operation extends AutoCloseable {
  /**
   * Does operations one after the other; all ranks call it at once with the same number, which is a
   * multiple of {@link Pattern#unit}.
   *
   * @param count how many
   */
  void run(int count);

  /**
   * Does operations one after the other and times each by itself: {@code nanos.length} of them.
   * Collective, as {@link #run}. Only {@link Pattern#PING_PONG} has it: rank 0 times round trips
   * and gives half of each.
   *
   * @param nanos receives the times on rank 0
   * @return false if this pattern does not time single operations; then nothing was done
   */
  default boolean time(long[] nanos) {
    return false;
  }

  /**
   * What the last {@link #run} took by its own account, where that is what counts.
   *
   * @return nanoseconds; -1 where the time around the call counts
   */
  default long ownNanos() {
    return -1;
  }

  /**
   * Sums up what this rank has received; 0 where it has received nothing.
   *
   * @return see {@link Pattern}
   */
  long checksum();

  @Override
  void close();
}
