package io.weft.mpi;

import io.weft.mpi.ffm.MpiEpochs;
import java.lang.foreign.MemorySegment;

/** The epochs of a {@link Win} (MPI-4.0 section 12.5). */
abstract class WinSynchronization extends WinCore {
  /** Locks held; while there are some, operations may be under way. */
  private int locks;

  WinSynchronization(Comm comm, long lengthBytes, boolean shared, Info info) {
    super(comm, lengthBytes, shared, info);
  }

  WinSynchronization(Comm comm, MemorySegment memory, Info info) {
    super(comm, memory, info);
  }

  WinSynchronization(Comm comm, Info info) {
    super(comm, info);
  }

  /**
   * {@code MPI_Win_post}: lets some ranks operate on this rank's memory; does not block.
   *
   * @param origins which ranks
   * @param assertion {@link #noCheck}, {@link #noStore} and {@link #noPut}, joined by {@code |}, or
   *     0
   */
  public void post(Group origins, int assertion) {
    check();
    MpiEpochs.post(origins.handle(), assertion, handle);
  }

  /**
   * {@code MPI_Win_start}: begins an epoch of operations on the memory of some ranks, which {@link
   * #post}; may wait for them.
   *
   * @param targets whose memory
   * @param assertion {@link #noCheck}, or 0
   */
  public void start(Group targets, int assertion) {
    check();
    MpiEpochs.start(targets.handle(), assertion, handle);
  }

  /** {@code MPI_Win_complete}: completes the operations since {@link #start} at this side. */
  public void complete() {
    check();
    MpiEpochs.complete(handle);
    if (locks == 0) {
      held.release();
    }
  }

  /**
   * {@code MPI_Win_wait}: waits until all ranks that were let in by {@link #post} have completed.
   */
  public void await() {
    check();
    MpiEpochs.await(handle);
  }

  /**
   * {@code MPI_Win_test}: says whether {@link #await} would return at once, and ends the epoch if
   * so; does not block.
   *
   * @return true if the epoch is over
   */
  public boolean test() {
    check();
    MpiEpochs.test(handle, comm.scratch().address());
    return comm.answer() != 0;
  }

  /**
   * {@code MPI_Win_fence}: completes all operations, waits for all ranks, begins an epoch;
   * collective.
   *
   * @param assertion {@link #noStore}, {@link #noPut}, {@link #noPrecede} and {@link #noSucceed},
   *     joined by {@code |}, or 0
   */
  public void fence(int assertion) {
    check();
    MpiEpochs.fence(assertion, handle);
    if (locks == 0) {
      held.release();
    }
  }

  /**
   * {@code MPI_Win_lock}: begins an epoch of operations on one rank's memory; may wait for its
   * turn, or have the first operation or the unlock wait.
   *
   * @param target whose memory
   * @param exclusive {@code MPI_LOCK_EXCLUSIVE}, else {@code MPI_LOCK_SHARED}
   * @param assertion {@link #noCheck}, or 0
   */
  public void lock(int target, boolean exclusive, int assertion) {
    check(target);
    MpiEpochs.lock(exclusive ? abi.lockExclusive() : abi.lockShared(), target, assertion, handle);
    locks++;
  }

  /**
   * {@code MPI_Win_unlock}: completes the operations on a rank's memory and gives its lock back.
   *
   * @param target whose memory
   */
  public void unlock(int target) {
    check(target);
    MpiEpochs.unlock(target, handle);
    unlocked();
  }

  /**
   * {@code MPI_Win_lock_all}: locks every rank's memory, not exclusively.
   *
   * @param assertion {@link #noCheck}, or 0
   */
  public void lockAll(int assertion) {
    check();
    MpiEpochs.lockAll(assertion, handle);
    locks++;
  }

  /** {@code MPI_Win_unlock_all}: completes all operations and gives the locks back. */
  public void unlockAll() {
    check();
    MpiEpochs.unlockAll(handle);
    unlocked();
  }

  private void unlocked() {
    if (--locks == 0) {
      held.release();
    }
  }

  /**
   * {@code MPI_Win_flush}: completes the operations on a rank's memory at both sides.
   *
   * @param target whose memory
   */
  public void flush(int target) {
    check(target);
    MpiEpochs.flush(target, handle);
  }

  /** {@code MPI_Win_flush_all}: completes the operations on all ranks' memory at both sides. */
  public void flushAll() {
    check();
    MpiEpochs.flushAll(handle);
    held.release();
  }

  /**
   * {@code MPI_Win_flush_local}: completes the operations on a rank's memory at this side: buffers
   * may be used again.
   *
   * @param target whose memory
   */
  public void flushLocal(int target) {
    check(target);
    MpiEpochs.flushLocal(target, handle);
  }

  /** {@code MPI_Win_flush_local_all}: completes all operations at this side. */
  public void flushLocalAll() {
    check();
    MpiEpochs.flushLocalAll(handle);
    held.release();
  }

  /** {@code MPI_Win_sync}: makes what was stored here and from elsewhere visible to each other. */
  public void sync() {
    check();
    MpiEpochs.sync(handle);
  }
}
