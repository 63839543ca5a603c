package io.weft.mpi;

import io.weft.mpi.ffm.MpiWindows;

/** The epochs of a {@link Win} (MPI-4.0 section 12.5). */
abstract class WinSynchronization extends WinCore {
  /** Locks held; while there are some, operations may be under way. */
  private int locks;

  WinSynchronization(Comm comm, long lengthBytes) {
    super(comm, lengthBytes);
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
    MpiWindows.fence(assertion, handle);
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
    MpiWindows.lock(exclusive ? abi.lockExclusive() : abi.lockShared(), target, assertion, handle);
    locks++;
  }

  /**
   * {@code MPI_Win_unlock}: completes the operations on a rank's memory and gives its lock back.
   *
   * @param target whose memory
   */
  public void unlock(int target) {
    check(target);
    MpiWindows.unlock(target, handle);
    unlocked();
  }

  /**
   * {@code MPI_Win_lock_all}: locks every rank's memory, not exclusively.
   *
   * @param assertion {@link #noCheck}, or 0
   */
  public void lockAll(int assertion) {
    check();
    MpiWindows.lockAll(assertion, handle);
    locks++;
  }

  /** {@code MPI_Win_unlock_all}: completes all operations and gives the locks back. */
  public void unlockAll() {
    check();
    MpiWindows.unlockAll(handle);
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
    MpiWindows.flush(target, handle);
  }

  /** {@code MPI_Win_flush_all}: completes the operations on all ranks' memory at both sides. */
  public void flushAll() {
    check();
    MpiWindows.flushAll(handle);
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
    MpiWindows.flushLocal(target, handle);
  }

  /** {@code MPI_Win_flush_local_all}: completes all operations at this side. */
  public void flushLocalAll() {
    check();
    MpiWindows.flushLocalAll(handle);
    held.release();
  }

  /** {@code MPI_Win_sync}: makes what was stored here and from elsewhere visible to each other. */
  public void sync() {
    check();
    MpiWindows.sync(handle);
  }
}
