package io.weft.comm.fabric;

import io.weft.comm.Blocks;
import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/** The collectives of a group; chooses the algorithm. The arguments have been checked. */
public final class Collectives implements AutoCloseable {
  /** From this length on, in bytes, a ring moves less than recursive doubling. */
  private static final long RING_BYTES = 64 * 1024;

  /** Up to this length of a block, in bytes, a tree's fewer messages outweigh its copies. */
  private static final long TREE_BYTES = 4 * 1024;

  private final Exchanges messages;
  private final Scratch scratch = new Scratch();
  private final MemorySegment empty = MemorySegment.NULL;

  /**
   * Makes the collectives of a group.
   *
   * @param channel carries them
   * @param group who takes part
   */
  public Collectives(Channel channel, Group group) {
    this.messages = new Exchanges(channel, group);
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
    if (bytes >= RING_BYTES && messages.size() > 1) {
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

  /**
   * Gathers blocks of equal length at one rank.
   *
   * @param send this rank's block
   * @param sendOffset where it starts
   * @param recv all blocks, on {@code root}
   * @param recvOffset where they start
   * @param length a block's length in bytes
   * @param root who gets them
   */
  public void gather(
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long length,
      int root) {
    messages.begin();
    if (length <= TREE_BYTES) {
      BinomialGather.run(messages, scratch, send, sendOffset, recv, recvOffset, length, root);
    } else {
      LinearGather.run(messages, send, sendOffset, recv, recvOffset, length, root);
    }
  }

  /**
   * Gathers blocks of any length at one rank.
   *
   * @param send this rank's block
   * @param sendOffset where it starts
   * @param length its length in bytes
   * @param recv all blocks, on {@code root}
   * @param recvOffset what their offsets count from
   * @param blocks where they lie, on {@code root}
   * @param root who gets them
   */
  public void gather(
      MemorySegment send,
      long sendOffset,
      long length,
      MemorySegment recv,
      long recvOffset,
      Blocks blocks,
      int root) {
    messages.begin();
    LinearGather.run(messages, send, sendOffset, length, recv, recvOffset, blocks, root);
  }

  /**
   * Gives each rank its block, of equal length.
   *
   * @param send all blocks, on {@code root}
   * @param sendOffset where they start
   * @param recv this rank's block
   * @param recvOffset where it goes
   * @param length a block's length in bytes
   * @param root whose blocks they are
   */
  public void scatter(
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long length,
      int root) {
    messages.begin();
    if (length <= TREE_BYTES) {
      BinomialScatter.run(messages, scratch, send, sendOffset, recv, recvOffset, length, root);
    } else {
      LinearScatter.run(messages, send, sendOffset, recv, recvOffset, length, root);
    }
  }

  /**
   * Gives each rank its block, of any length.
   *
   * @param send all blocks, on {@code root}
   * @param sendOffset what their offsets count from
   * @param blocks where they lie, on {@code root}
   * @param recv this rank's block
   * @param recvOffset where it goes
   * @param length its length in bytes
   * @param root whose blocks they are
   */
  public void scatter(
      MemorySegment send,
      long sendOffset,
      Blocks blocks,
      MemorySegment recv,
      long recvOffset,
      long length,
      int root) {
    messages.begin();
    LinearScatter.run(messages, send, sendOffset, blocks, recv, recvOffset, length, root);
  }

  /**
   * Gathers blocks of any length at every rank.
   *
   * @param send this rank's block
   * @param sendOffset where it starts
   * @param recv all blocks
   * @param recvOffset what their offsets count from
   * @param blocks where they lie
   */
  public void allgather(
      MemorySegment send, long sendOffset, MemorySegment recv, long recvOffset, Blocks blocks) {
    messages.begin();
    RingAllgather.run(messages, send, sendOffset, recv, recvOffset, blocks);
  }

  /**
   * Exchanges blocks of any length between each two ranks.
   *
   * @param send a block for each rank
   * @param sendOffset what their offsets count from
   * @param out where they lie
   * @param recv a block from each rank
   * @param recvOffset what their offsets count from
   * @param in where they go
   */
  public void alltoall(
      MemorySegment send,
      long sendOffset,
      Blocks out,
      MemorySegment recv,
      long recvOffset,
      Blocks in) {
    messages.begin();
    PairwiseAlltoall.run(messages, send, sendOffset, out, recv, recvOffset, in);
  }

  /**
   * Reduces a block for each rank and gives each its own.
   *
   * @param send this rank's elements for all blocks
   * @param sendOffset where they start
   * @param recv the result for this rank
   * @param recvOffset where it goes
   * @param length a block's length in bytes
   * @param type the elements' type
   * @param op the operation
   */
  public void reduceScatter(
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long length,
      ElementType type,
      ReduceOp op) {
    messages.begin();
    boolean powerOfTwo = Integer.bitCount(messages.size()) == 1;
    if (powerOfTwo && length <= TREE_BYTES) {
      RecursiveHalvingReduceScatter.run(
          messages, scratch, send, sendOffset, recv, recvOffset, length, type, op);
    } else {
      PairwiseReduceScatter.run(
          messages, scratch, send, sendOffset, recv, recvOffset, length, type, op);
    }
  }

  /**
   * Reduces at each rank what it and the ranks before it have.
   *
   * @param send this rank's elements
   * @param sendOffset where they start
   * @param recv the result
   * @param recvOffset where it goes
   * @param bytes the elements' length
   * @param type their type
   * @param op the operation
   */
  public void scan(
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long bytes,
      ElementType type,
      ReduceOp op) {
    messages.begin();
    Reduction.copy(send, sendOffset, recv, recvOffset, bytes);
    RecursiveDoublingScan.run(messages, scratch, recv, recvOffset, bytes, type, op);
  }

  /** Frees what the algorithms used. */
  @Override
  public void close() {
    messages.close();
    scratch.close();
  }
}
