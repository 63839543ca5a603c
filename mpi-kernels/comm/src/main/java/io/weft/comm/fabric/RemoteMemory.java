package io.weft.comm.fabric;

import io.weft.comm.ElementType;
import io.weft.comm.ReduceOp;
import java.lang.foreign.MemorySegment;

/**
 * Memory of each rank of a group that the others reach; the arguments have been checked. Ranks are
 * the group's.
 */
public abstract class RemoteMemory implements AutoCloseable {
  /** Makes one. */
  RemoteMemory() {}

  /** Tells every rank of a group what each has to say; collective. */
  @FunctionalInterface
  public interface ByteExchange {
    /**
     * Exchanges.
     *
     * @param mine what this rank has to say
     * @return what each has, in the order of ranks
     */
    byte[][] allgather(byte[] mine);
  }

  /**
   * This rank's memory.
   *
   * @return page-aligned
   */
  public abstract MemorySegment memory();

  /**
   * The length of a rank's memory.
   *
   * @param rank whose
   * @return bytes
   */
  public abstract long lengthBytes(int rank);

  /**
   * Starts to copy to a rank's memory.
   *
   * @param from holds the bytes
   * @param at where they start
   * @param bytes how many
   * @param target whose memory
   * @param to where they go
   */
  public abstract void put(MemorySegment from, long at, long bytes, int target, long to);

  /**
   * Starts to copy from a rank's memory.
   *
   * @param into takes the bytes
   * @param at where they go
   * @param bytes how many
   * @param target whose memory
   * @param from where they start
   */
  public abstract void get(MemorySegment into, long at, long bytes, int target, long from);

  /**
   * Starts to combine elements into a rank's.
   *
   * @param from holds the elements
   * @param at where they start
   * @param bytes their length
   * @param type their type
   * @param op the operation
   * @param target whose memory
   * @param to where its elements start
   */
  public abstract void accumulate(
      MemorySegment from, long at, long bytes, ElementType type, ReduceOp op, int target, long to);

  /**
   * Starts to combine an element into a rank's and to fetch the former one.
   *
   * @param from holds the operand
   * @param at where it lies
   * @param into takes the former value
   * @param resultAt where it goes
   * @param type their type
   * @param op the operation
   * @param target whose memory
   * @param to where its element lies
   */
  public abstract void fetchAndOp(
      MemorySegment from,
      long at,
      MemorySegment into,
      long resultAt,
      ElementType type,
      ReduceOp op,
      int target,
      long to);

  /**
   * Waits until this rank's operations on a rank's memory are complete on both sides.
   *
   * @param target whose memory
   */
  public abstract void flush(int target);

  /** Waits until this rank's operations are complete on both sides. */
  public abstract void flushAll();

  /** Makes what others have completed here visible to this thread, and the other way round. */
  public abstract void synchronise();

  /**
   * Waits for a lock.
   *
   * @param target on whose memory
   * @param exclusive whether nobody else may have one
   */
  public abstract void lock(int target, boolean exclusive);

  /**
   * Gives a lock back; this rank's operations on that memory are complete.
   *
   * @param target on whose memory
   */
  public abstract void unlock(int target);

  /**
   * Waits until nothing that other ranks have said of this memory is still under way to this one.
   * All of them have given their locks back and then met in a barrier, which may be over before
   * this rank has heard of each lock.
   */
  public void settle() {}

  /** Frees the memory; no rank uses it any more. */
  @Override
  public abstract void close();
}
