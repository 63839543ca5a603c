package io.weft.bench.peer;

import io.weft.bench.report.Found;

/**
 * A library on this rank, opened by every rank of a fork. What ranks tell each other between
 * batches goes through here too, and never while a clock runs.
 *
 * <p>Confined to the thread that opened it.
 */
public interface Peer extends AutoCloseable {
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
   * Tells all ranks what rank 0 says; collective.
   *
   * @param word rank 0's; of the others any
   * @return rank 0's word
   */
  long tell(long word);

  /** Returns when all ranks have called it. */
  void barrier();

  /**
   * The largest of all ranks' values; collective.
   *
   * @param value this rank's
   * @return the largest, on every rank
   */
  long largest(long value);

  /**
   * The wrapping sum of all ranks' values; collective.
   *
   * @param value this rank's
   * @return the sum, on every rank
   */
  long sum(long value);

  /**
   * Prepares a pattern; collective.
   *
   * @param pattern what
   * @param bytes of a message
   * @return the pattern on this rank, to be closed before this
   * @throws AbsentException if this library or network has no such pattern, on every rank alike
   */
  Operation open(Pattern pattern, long bytes);

  /**
   * What carried the messages so far, as read back; collective, after a pattern has run.
   *
   * @return the finding
   */
  Found found();

  @Override
  void close();
}
