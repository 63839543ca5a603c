package io.weft.comm;

/**
 * What one rank has sent to other ranks, and what it has got from their memory: operations and
 * payload bytes, by kind of operation. Live counters, written by the communicator's thread.
 *
 * <p>A collective counts what any algorithm has to move, so that the sum over all ranks is a lower
 * bound of the bytes that crossed between ranks: a broadcast {@code (size - 1) * length} at its
 * root, a reduction {@code length} at every rank but the root, an all-reduce {@code length} at
 * every rank, all-gather, all-to-all and reduce-scatter {@code (size - 1) * length} at every rank,
 * a gather {@code length} at every rank but the root, a scatter {@code (size - 1) * length} at its
 * root, a scan {@code length} at every rank but the last, a barrier nothing. With blocks of unequal
 * length it is the sum of theirs.
 */
public final class Traffic {
  private long messages;
  private long messageBytes;
  private long collectives;
  private long collectiveBytes;
  private long oneSided;
  private long oneSidedBytes;

  /** Makes zeroed counters. */
  public Traffic() {}

  /**
   * Counts one point-to-point message; for implementations of {@link Communicator}.
   *
   * @param lengthBytes its length
   */
  public void countMessage(long lengthBytes) {
    messages++;
    messageBytes += lengthBytes;
  }

  /** Counts one barrier; for implementations of {@link Communicator}. */
  public void countBarrier() {
    collectives++;
  }

  /**
   * Counts one broadcast; for implementations of {@link Communicator}.
   *
   * @param lengthBytes what every rank gets
   * @param root whether this rank is the root
   * @param size the number of ranks
   */
  public void countBcast(long lengthBytes, boolean root, int size) {
    collectives++;
    collectiveBytes += root ? (size - 1) * lengthBytes : 0;
  }

  /**
   * Counts one reduction; for implementations of {@link Communicator}.
   *
   * @param lengthBytes this rank's elements
   * @param root whether this rank is the root
   */
  public void countReduce(long lengthBytes, boolean root) {
    collectives++;
    collectiveBytes += root ? 0 : lengthBytes;
  }

  /**
   * Counts one all-reduce; for implementations of {@link Communicator}.
   *
   * @param lengthBytes this rank's elements
   * @param size the number of ranks
   */
  public void countAllreduce(long lengthBytes, int size) {
    collectives++;
    collectiveBytes += size > 1 ? lengthBytes : 0;
  }

  /**
   * Counts one all-gather or all-to-all; for implementations of {@link Communicator}.
   *
   * @param lengthBytes one block
   * @param size the number of ranks
   */
  public void countPerPeer(long lengthBytes, int size) {
    collectives++;
    collectiveBytes += (size - 1) * lengthBytes;
  }

  /**
   * Counts one collective of another kind; for implementations of {@link Communicator}.
   *
   * @param lengthBytes what any algorithm has to send from this rank
   */
  public void countCollective(long lengthBytes) {
    collectives++;
    collectiveBytes += lengthBytes;
  }

  /**
   * Counts one operation on another rank's memory; for implementations of {@link Window}.
   *
   * @param lengthBytes what it puts, gets, combines or fetches
   */
  public void countOneSided(long lengthBytes) {
    oneSided++;
    oneSidedBytes += lengthBytes;
  }

  /**
   * Point-to-point messages sent to other ranks.
   *
   * @return a count
   */
  public long messages() {
    return messages;
  }

  /**
   * Payload of the point-to-point messages sent to other ranks.
   *
   * @return bytes
   */
  public long messageBytes() {
    return messageBytes;
  }

  /**
   * Collective operations taken part in.
   *
   * @return a count
   */
  public long collectives() {
    return collectives;
  }

  /**
   * What collectives had to move from this rank, as described above.
   *
   * @return bytes
   */
  public long collectiveBytes() {
    return collectiveBytes;
  }

  /**
   * Operations started on other ranks' memory.
   *
   * @return a count
   */
  public long oneSided() {
    return oneSided;
  }

  /**
   * What one-sided operations put into, got from or combined with other ranks' memory; a fetch
   * counts its element once.
   *
   * @return bytes
   */
  public long oneSidedBytes() {
    return oneSidedBytes;
  }

  /**
   * Everything counted here together.
   *
   * @return bytes
   */
  public long bytes() {
    return messageBytes + collectiveBytes + oneSidedBytes;
  }
}
