package io.weft.comm;

import java.lang.foreign.MemorySegment;

/**
 * Memory of each rank of a communicator that the others read and write without its doing (MPI-4.0
 * chapter 12). Made by {@link Communicator#openWindow}.
 *
 * <p><b>Epochs</b>. An operation on another rank's memory is allowed either between two {@link
 * #fence}s, which all ranks call, or while this rank holds a {@link #lock} on that rank's memory.
 * Outside of both it throws {@link IllegalStateException}. The two are not mixed: {@link
 * #lastFence} ends the one kind before the other begins.
 *
 * <p><b>Completion</b>. {@link #put}, {@link #get}, {@link #accumulate} and {@link #fetchAndOp}
 * only start: until the next {@link #fence}, {@link #flush} or {@link #unlock} that covers the
 * target, a source must not be changed nor a result be read. After it the operation is complete at
 * both sides. Operations of one epoch may happen in any order, except that accumulates (and
 * fetches) of one rank on the same elements of one target happen in the order in which they were
 * started.
 *
 * <p><b>Atomicity</b>. {@link #accumulate} and {@link #fetchAndOp} of any ranks on the same
 * elements with the same type are atomic element by element. Puts and gets are not.
 *
 * <p><b>One's own memory</b> may be read and written directly, through {@link #memory}: between two
 * fences only where no other rank writes, otherwise under a {@link #lock} on oneself.
 *
 * <p><b>Progress</b>. Over shared memory the target need not take part. Over a network without such
 * hardware (TCP, EFA) an operation moves while the target is in some call of its communicator.
 *
 * <p><b>Buffers</b> are native memory; offsets are bytes. No operation allocates after its first
 * calls. Confined to the communicator's thread.
 */
public interface Window extends AutoCloseable {
  /**
   * This rank's memory, page-aligned, zeroed when the window was opened.
   *
   * @return a segment that is valid until the window closes
   */
  MemorySegment memory();

  /**
   * The length of a rank's memory.
   *
   * @param rank of the communicator
   * @return bytes
   */
  long lengthBytes(int rank);

  /**
   * Starts to copy into a rank's memory (MPI_Put).
   *
   * @param source native memory
   * @param sourceOffsetBytes where the bytes start
   * @param lengthBytes how many
   * @param target whose memory; may be this rank
   * @param targetOffsetBytes where they go
   */
  void put(
      MemorySegment source,
      long sourceOffsetBytes,
      long lengthBytes,
      int target,
      long targetOffsetBytes);

  /**
   * Starts to copy from a rank's memory (MPI_Get).
   *
   * @param result native memory
   * @param resultOffsetBytes where the bytes go
   * @param lengthBytes how many
   * @param target whose memory; may be this rank
   * @param targetOffsetBytes where they start
   */
  void get(
      MemorySegment result,
      long resultOffsetBytes,
      long lengthBytes,
      int target,
      long targetOffsetBytes);

  /**
   * Starts to combine elements into those of a rank (MPI_Accumulate): {@code t[i] = t[i] op s[i]}.
   *
   * @param source native memory
   * @param sourceOffsetBytes where the elements start
   * @param count how many
   * @param type their type
   * @param op the operation
   * @param target whose memory; may be this rank
   * @param targetOffsetBytes where its elements start: a multiple of the type's size
   */
  void accumulate(
      MemorySegment source,
      long sourceOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op,
      int target,
      long targetOffsetBytes);

  /**
   * Starts to combine one element into that of a rank and to fetch what was there before
   * (MPI_Fetch_and_op).
   *
   * @param source native memory with the operand
   * @param sourceOffsetBytes where it lies
   * @param result native memory for the former value; must not overlap the operand
   * @param resultOffsetBytes where it goes
   * @param type the element's type
   * @param op the operation
   * @param target whose memory; may be this rank
   * @param targetOffsetBytes where its element lies: a multiple of the type's size
   */
  void fetchAndOp(
      MemorySegment source,
      long sourceOffsetBytes,
      MemorySegment result,
      long resultOffsetBytes,
      ElementType type,
      ReduceOp op,
      int target,
      long targetOffsetBytes);

  /**
   * Completes every rank's operations, waits for all ranks, and begins an epoch in which operations
   * on all of them are allowed (MPI_Win_fence); collective.
   *
   * @throws IllegalStateException while this rank holds a lock
   */
  void fence();

  /**
   * As {@link #fence}, but begins no epoch (MPI_MODE_NOSUCCEED); collective.
   *
   * @throws IllegalStateException while this rank holds a lock
   */
  void lastFence();

  /**
   * Begins an epoch of operations on one rank's memory (MPI_Win_lock); waits for its turn.
   *
   * @param target whose memory; may be this rank
   * @param exclusive true to keep all others out, false to keep out only those that ask for that
   * @throws IllegalStateException if this rank holds that lock, or is between two fences
   */
  void lock(int target, boolean exclusive);

  /**
   * Completes the operations on a rank's memory and gives its lock back (MPI_Win_unlock).
   *
   * @param target whose memory
   * @throws IllegalStateException if this rank does not hold that lock
   */
  void unlock(int target);

  /** Locks every rank's memory, not exclusively (MPI_Win_lock_all). */
  void lockAll();

  /** Gives the locks of {@link #lockAll} back (MPI_Win_unlock_all). */
  void unlockAll();

  /**
   * Completes the operations on a locked rank's memory at both sides (MPI_Win_flush).
   *
   * @param target whose memory
   * @throws IllegalStateException if this rank does not hold a lock on it
   */
  void flush(int target);

  /**
   * Completes the operations on all locked ranks' memory at both sides (MPI_Win_flush_all).
   *
   * @throws IllegalStateException if this rank holds no lock
   */
  void flushAll();

  /**
   * Waits for all ranks, then frees the memory; collective (MPI_Win_free). Closing twice does
   * nothing. A window that is still open when its communicator closes is closed by it.
   *
   * @throws IllegalStateException while this rank holds a lock or has operations of a fence's epoch
   *     under way
   */
  @Override
  void close();
}
