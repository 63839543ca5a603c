package io.weft.results.port;

/**
 * About how many messages a queue has.
 *
 * @param waiting to be received
 * @param lent received, and neither deleted nor back
 */
public record QueueDepth(long waiting, long lent) {
  /**
   * All of them.
   *
   * @return waiting and lent
   */
  public long total() {
    return waiting + lent;
  }
}
