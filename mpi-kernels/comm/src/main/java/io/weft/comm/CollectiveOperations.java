package io.weft.comm;

import java.lang.foreign.MemorySegment;

/**
 * Operations that every rank takes part in, in the same order; a part of {@link Communicator},
 * which says what holds for all of its methods. Lengths and counts must match between ranks.
 */
public interface CollectiveOperations {
  /** Waits until every rank has called it. */
  void barrier();

  /**
   * Sends {@code root}'s bytes to every rank; blocks until this rank's buffer may be used.
   *
   * @param buffer native memory; the source on {@code root}, the target elsewhere
   * @param offsetBytes where the bytes lie
   * @param lengthBytes how many, equal on all ranks
   * @param root the rank whose bytes go out
   */
  void bcast(MemorySegment buffer, long offsetBytes, long lengthBytes, int root);

  /**
   * Combines {@code count} elements of every rank at {@code root}; blocks.
   *
   * @param send native memory, {@code count} elements
   * @param sendOffsetBytes where they start
   * @param recv native memory, {@code count} elements, used on {@code root} alone (may be null
   *     elsewhere); the same region as {@code send} or one that does not overlap it
   * @param recvOffsetBytes where the result goes
   * @param count the number of elements, equal on all ranks
   * @param type the elements' type
   * @param op how two elements become one
   * @param root the rank that gets the result
   */
  void reduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op,
      int root);

  /**
   * Combines {@code count} elements of every rank at every rank; blocks. Every rank gets the same
   * bits.
   *
   * @param send native memory, {@code count} elements
   * @param sendOffsetBytes where they start
   * @param recv native memory, {@code count} elements; the same region as {@code send} or one that
   *     does not overlap it
   * @param recvOffsetBytes where the result goes
   * @param count the number of elements, equal on all ranks
   * @param type the elements' type
   * @param op how two elements become one
   */
  void allreduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op);

  /**
   * Collects a block of every rank at every rank, in rank order; blocks.
   *
   * @param send native memory, {@code lengthBytes} bytes, not overlapping the target
   * @param sendOffsetBytes where this rank's block starts
   * @param recv native memory, {@code size() * lengthBytes} bytes
   * @param recvOffsetBytes where the block of rank 0 goes
   * @param lengthBytes the length of one block, equal on all ranks
   */
  void allgather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes);

  /**
   * Sends block {@code j} of rank {@code i} to block {@code i} of rank {@code j}; blocks.
   *
   * @param send native memory, {@code size() * lengthBytes} bytes, not overlapping the target
   * @param sendOffsetBytes where the block for rank 0 starts
   * @param recv native memory, {@code size() * lengthBytes} bytes
   * @param recvOffsetBytes where the block from rank 0 goes
   * @param lengthBytes the length of one block, equal on all ranks
   */
  void alltoall(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes);

  /**
   * Collects a block of every rank at {@code root}, in rank order; blocks.
   *
   * @param send native memory, {@code lengthBytes} bytes, not overlapping the target
   * @param sendOffsetBytes where this rank's block starts
   * @param recv native memory, {@code size() * lengthBytes} bytes, used on {@code root} alone (may
   *     be null elsewhere)
   * @param recvOffsetBytes where the block of rank 0 goes
   * @param lengthBytes the length of one block, equal on all ranks
   * @param root the rank that gets the blocks
   */
  void gather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes,
      int root);

  /**
   * Collects blocks of any length at {@code root}; blocks.
   *
   * @param send native memory, {@code sendLengthBytes} bytes, not overlapping the target
   * @param sendOffsetBytes where this rank's block starts
   * @param sendLengthBytes its length, which the root knows
   * @param recv native memory, used on {@code root} alone (may be null elsewhere)
   * @param recvOffsetBytes what the offsets of {@code blocks} count from
   * @param blocks where the block of each rank goes and how long it is; used on {@code root} alone
   *     (may be null elsewhere); blocks must not overlap
   * @param root the rank that gets the blocks
   */
  void gatherv(
      MemorySegment send,
      long sendOffsetBytes,
      long sendLengthBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      Blocks blocks,
      int root);

  /**
   * Gives block {@code i} of {@code root} to rank {@code i}; blocks.
   *
   * @param send native memory, {@code size() * lengthBytes} bytes, used on {@code root} alone (may
   *     be null elsewhere); not overlapping the target
   * @param sendOffsetBytes where the block for rank 0 starts
   * @param recv native memory, {@code lengthBytes} bytes
   * @param recvOffsetBytes where this rank's block goes
   * @param lengthBytes the length of one block, equal on all ranks
   * @param root the rank whose blocks go out
   */
  void scatter(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes,
      int root);

  /**
   * Gives blocks of any length from {@code root} to the ranks; blocks.
   *
   * @param send native memory, used on {@code root} alone (may be null elsewhere); not overlapping
   *     the target
   * @param sendOffsetBytes what the offsets of {@code blocks} count from
   * @param blocks where the block for each rank starts and how long it is; used on {@code root}
   *     alone (may be null elsewhere)
   * @param recv native memory, {@code recvLengthBytes} bytes
   * @param recvOffsetBytes where this rank's block goes
   * @param recvLengthBytes its length, which the root knows
   * @param root the rank whose blocks go out
   */
  void scatterv(
      MemorySegment send,
      long sendOffsetBytes,
      Blocks blocks,
      MemorySegment recv,
      long recvOffsetBytes,
      long recvLengthBytes,
      int root);

  /**
   * Collects blocks of any length at every rank; blocks.
   *
   * @param send native memory, as many bytes as {@code blocks} has for this rank; not overlapping
   *     the target
   * @param sendOffsetBytes where this rank's block starts
   * @param recv native memory
   * @param recvOffsetBytes what the offsets of {@code blocks} count from
   * @param blocks where the block of each rank goes and how long it is, lengths equal on all ranks;
   *     blocks must not overlap
   */
  void allgatherv(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      Blocks blocks);

  /**
   * Sends a block of any length from every rank to every rank; blocks. What rank {@code i} sends to
   * {@code j} has the length that {@code j} expects of {@code i}.
   *
   * @param send native memory, not overlapping the target
   * @param sendOffsetBytes what the offsets of {@code sendBlocks} count from
   * @param sendBlocks where the block for each rank starts and how long it is
   * @param recv native memory
   * @param recvOffsetBytes what the offsets of {@code recvBlocks} count from
   * @param recvBlocks where the block of each rank goes and how long it is; blocks must not overlap
   */
  void alltoallv(
      MemorySegment send,
      long sendOffsetBytes,
      Blocks sendBlocks,
      MemorySegment recv,
      long recvOffsetBytes,
      Blocks recvBlocks);

  /**
   * Combines {@code size() * count} elements of every rank and gives block {@code i} of the result
   * to rank {@code i} ({@code MPI_Reduce_scatter_block}); blocks.
   *
   * @param send native memory, {@code size() * count} elements, not overlapping the target
   * @param sendOffsetBytes where they start
   * @param recv native memory, {@code count} elements
   * @param recvOffsetBytes where this rank's block goes
   * @param count the number of elements of one block, equal on all ranks
   * @param type the elements' type
   * @param op how two elements become one
   */
  void reduceScatter(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op);

  /**
   * Combines the elements of ranks {@code 0 .. rank()} at each rank ({@code MPI_Scan}, inclusive);
   * blocks.
   *
   * @param send native memory, {@code count} elements
   * @param sendOffsetBytes where they start
   * @param recv native memory, {@code count} elements; the same region as {@code send} or one that
   *     does not overlap it
   * @param recvOffsetBytes where the result goes
   * @param count the number of elements, equal on all ranks
   * @param type the elements' type
   * @param op how two elements become one
   */
  void scan(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op);
}
