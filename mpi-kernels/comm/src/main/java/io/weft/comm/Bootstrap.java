package io.weft.comm;

/**
 * What ranks need to find each other before a communicator of their own is open: something slow
 * that reaches everybody. Every method but {@link #abort} and {@link #lostRank} is collective and
 * confined to one thread.
 */
public interface Bootstrap {
  /**
   * This process's rank.
   *
   * @return {@code 0 .. size() - 1}
   */
  int rank();

  /**
   * The number of ranks.
   *
   * @return at least 1
   */
  int size();

  /**
   * Gives the bytes of every rank to every rank; blocks.
   *
   * @param mine this rank's bytes; lengths may differ
   * @return the bytes of each rank, in rank order
   */
  byte[][] allgather(byte[] mine);

  /** Waits until every rank has called it. */
  void barrier();

  /**
   * A rank that is known to be gone. Safe from any thread; does not block.
   *
   * @return its number; -1 if none is known
   */
  default int lostRank() {
    return -1;
  }

  /**
   * Ends every rank at once; does not return. Safe from any thread.
   *
   * @param status the exit status, {@code 1 .. 255}
   */
  void abort(int status);
}
