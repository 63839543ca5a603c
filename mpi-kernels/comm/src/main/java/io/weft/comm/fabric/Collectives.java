package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/** The collectives of a channel; chooses the algorithm. The arguments have been checked. */
public final class Collectives implements AutoCloseable {
  /** From this length on, in bytes, a ring moves less than recursive doubling. */
  private static final long RING_BYTES = 64 * 1024;

  private final Exchanges messages;
  private final Scratch scratch = new Scratch();
  private final MemorySegment empty = MemorySegment.NULL;

  /**
   * Makes the collectives of a channel.
   *
   * @param channel carries them
   */
  public Collectives(Channel channel) {
    this.messages = new Exchanges(channel);
  }

  /** Waits for all ranks. */
  public void barrier() {
    messages.begin();
    DisseminationBarrier.run(messages, empty);
  }

  /** Waits for all ranks and until nothing of this rank's messages is left with the provider. */
  public void barrierBeforeClosing() {
    messages.begin();
    DisseminationBarrier.runToTheEnd(messages, empty);
  }

  /**
   * Broadcasts.
   *
   * @param buffer source or target
   * @param offset where the bytes lie
   * @param length how many
   * @param root whose they are
   */
  public void bcast(MemorySegment buffer, long offset, long length, int root) {
    messages.begin();
    BinomialBroadcast.run(messages, buffer, offset, length, root);
  }

  /**
   * Reduces at one rank.
   *
   * @param send this rank's elements
   * @param sendOffset where they start
   * @param recv the result, on {@code root}
   * @param recvOffset where it goes
   * @param bytes the elements' length
   * @param type their type
   * @param op the operation
   * @param root who gets the result
   */
  public void reduce(
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long bytes,
      ElementType type,
      ReduceOp op,
      int root) {
    messages.begin();
    BinomialReduction.run(
        messages, scratch, send, sendOffset, recv, recvOffset, bytes, type, op, root);
  }

  /**
   * Reduces at every rank.
   *
   * @param send this rank's elements
   * @param sendOffset where they start
   * @param recv the result
   * @param recvOffset where it goes
   * @param count the number of elements
   * @param type their type
   * @param op the operation
   */
  public void allreduce(
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long count,
      ElementType type,
      ReduceOp op) {
    messages.begin();
    long bytes = count * type.sizeBytes();
    Reduction.copy(send, sendOffset, recv, recvOffset, bytes);
    if (bytes >= RING_BYTES && messages.size() > 2) {
      RingAllreduce.run(messages, scratch, recv, recvOffset, count, type, op);
    } else {
      RecursiveDoublingAllreduce.run(messages, scratch, recv, recvOffset, bytes, type, op);
    }
  }

  /**
   * Gathers a block of every rank at every rank.
   *
   * @param send this rank's block
   * @param sendOffset where it starts
   * @param recv all blocks
   * @param recvOffset where they start
   * @param length a block's length in bytes
   */
  public void allgather(
      MemorySegment send, long sendOffset, MemorySegment recv, long recvOffset, long length) {
    messages.begin();
    RingAllgather.run(messages, send, sendOffset, recv, recvOffset, length);
  }

  /**
   * Exchanges a block between each two ranks.
   *
   * @param send a block for each rank
   * @param sendOffset where they start
   * @param recv a block from each rank
   * @param recvOffset where they start
   * @param length a block's length in bytes
   */
  public void alltoall(
      MemorySegment send, long sendOffset, MemorySegment recv, long recvOffset, long length) {
    messages.begin();
    PairwiseAlltoall.run(messages, send, sendOffset, recv, recvOffset, length);
  }

  /** Frees what the algorithms used. */
  @Override
  public void close() {
    scratch.close();
  }
}
