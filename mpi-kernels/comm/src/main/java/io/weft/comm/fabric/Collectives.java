package io.weft.comm.fabric;

import io.weft.comm.Algorithm;
import io.weft.comm.Blocks;
import io.weft.comm.Collective;
import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** The collectives of a group; chooses the algorithm. The arguments have been checked. */
public final class Collectives implements AutoCloseable {
  private final Exchanges messages;
  private final AlgorithmChoice choice;
  private final Scratch scratch = new Scratch();
  private final MemorySegment empty = MemorySegment.NULL;

  /**
   * Makes the collectives of a group.
   *
   * @param channel carries them
   * @param group who takes part
   * @param asked the algorithms to use instead of the table's, the same on every rank
   */
  public Collectives(Channel channel, Group group, Map<Collective, Algorithm> asked) {
    this.messages = new Exchanges(channel, group);
    this.choice =
        new AlgorithmChoice(
            AlgorithmTable.builtIn(),
            AlgorithmTable.Kind.of(channel.carrier()),
            group.size(),
            asked);
  }

  /**
   * The algorithm that a collective uses.
   *
   * @param collective which
   * @param bytes the length that {@link Collective} speaks of
   * @return the algorithm
   */
  public Algorithm algorithm(Collective collective, long bytes) {
    return choice.of(collective, bytes);
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
    if (choice.of(Collective.BCAST, length) == Algorithm.SCATTER_ALLGATHER) {
      ScatterAllgatherBroadcast.run(messages, buffer, offset, length, root);
    } else {
      BinomialBroadcast.run(messages, buffer, offset, length, root);
    }
  }

  /**
   * Reduces at one rank.
   *
   * @param send this rank's elements
   * @param sendOffset where they start
   * @param recv the result, on {@code root}
   * @param recvOffset where it goes
   * @param count the number of elements
   * @param type their type
   * @param op the operation
   * @param root who gets the result
   */
  public void reduce(
      MemorySegment send,
      long sendOffset,
      MemorySegment recv,
      long recvOffset,
      long count,
      ElementType type,
      ReduceOp op,
      int root) {
    messages.begin();
    long bytes = count * type.sizeBytes();
    if (choice.of(Collective.REDUCE, bytes) == Algorithm.RABENSEIFNER) {
      RabenseifnerReduction.run(
          messages, scratch, send, sendOffset, recv, recvOffset, count, type, op, root);
    } else {
      BinomialReduction.run(
          messages, scratch, send, sendOffset, recv, recvOffset, bytes, type, op, root);
    }
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
    switch (choice.of(Collective.ALLREDUCE, bytes)) {
      case RING -> RingAllreduce.run(messages, scratch, recv, recvOffset, count, type, op);
      case RABENSEIFNER ->
          RabenseifnerAllreduce.run(messages, scratch, recv, recvOffset, count, type, op);
      default ->
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
    switch (choice.of(Collective.ALLGATHER, length)) {
      case BRUCK ->
          BruckAllgather.run(messages, scratch, send, sendOffset, recv, recvOffset, length);
      case RECURSIVE_DOUBLING ->
          RecursiveDoublingAllgather.run(messages, send, sendOffset, recv, recvOffset, length);
      default -> RingAllgather.run(messages, send, sendOffset, recv, recvOffset, length);
    }
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
    if (choice.of(Collective.ALLTOALL, length) == Algorithm.BRUCK) {
      BruckAlltoall.run(messages, scratch, send, sendOffset, recv, recvOffset, length);
    } else {
      PairwiseAlltoall.run(messages, send, sendOffset, recv, recvOffset, length);
    }
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
    if (choice.of(Collective.GATHER, length) == Algorithm.BINOMIAL) {
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
    if (choice.of(Collective.SCATTER, length) == Algorithm.BINOMIAL) {
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
    if (choice.of(Collective.REDUCE_SCATTER, length) == Algorithm.RECURSIVE_HALVING) {
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
