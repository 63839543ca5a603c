package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Synchronising windows (MPI-4.0 section 12.5). Every method checks the code that the C function
 * returns and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiEpochs {
  private static final MpiFunction FENCE = MpiFunction.of("MPI_Win_fence", INT, HANDLE);

  private static final MpiFunction LOCK = MpiFunction.of("MPI_Win_lock", INT, INT, INT, HANDLE);

  private static final MpiFunction LOCK_ALL = MpiFunction.of("MPI_Win_lock_all", INT, HANDLE);

  private static final MpiFunction UNLOCK = MpiFunction.of("MPI_Win_unlock", INT, HANDLE);

  private static final MpiFunction UNLOCK_ALL = MpiFunction.of("MPI_Win_unlock_all", HANDLE);

  private static final MpiFunction FLUSH = MpiFunction.of("MPI_Win_flush", INT, HANDLE);

  private static final MpiFunction FLUSH_ALL = MpiFunction.of("MPI_Win_flush_all", HANDLE);

  private static final MpiFunction FLUSH_LOCAL = MpiFunction.of("MPI_Win_flush_local", INT, HANDLE);

  private static final MpiFunction FLUSH_LOCAL_ALL =
      MpiFunction.of("MPI_Win_flush_local_all", HANDLE);

  private static final MpiFunction SYNC = MpiFunction.of("MPI_Win_sync", HANDLE);

  private static final MpiFunction POST = MpiFunction.of("MPI_Win_post", HANDLE, INT, HANDLE);

  private static final MpiFunction START = MpiFunction.of("MPI_Win_start", HANDLE, INT, HANDLE);

  private static final MpiFunction COMPLETE = MpiFunction.of("MPI_Win_complete", HANDLE);

  private static final MpiFunction WAIT = MpiFunction.of("MPI_Win_wait", HANDLE);

  private static final MpiFunction TEST = MpiFunction.of("MPI_Win_test", HANDLE, POINTER);

  private MpiEpochs() {}

  /**
   * {@code int (int assert, MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param assertion assertions, or 0
   * @param win the window
   */
  public static void fence(int assertion, long win) {
    try {
      FENCE.check((int) FENCE.handle().invokeExact(assertion, win));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "assertion", assertion);
    }
  }

  /**
   * {@code int (int lock_type, int rank, int assert, MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param lockType shared or exclusive
   * @param rank the rank
   * @param assertion assertions, or 0
   * @param win the window
   */
  public static void lock(int lockType, int rank, int assertion, long win) {
    try {
      LOCK.check((int) LOCK.handle().invokeExact(lockType, rank, assertion, win));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "lockType", lockType, "rank", rank, "assertion", assertion);
    }
  }

  /**
   * {@code int (int assert, MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param assertion assertions, or 0
   * @param win the window
   */
  public static void lockAll(int assertion, long win) {
    try {
      LOCK_ALL.check((int) LOCK_ALL.handle().invokeExact(assertion, win));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "assertion", assertion);
    }
  }

  /**
   * {@code int (int rank, MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param rank the rank
   * @param win the window
   */
  public static void unlock(int rank, long win) {
    try {
      UNLOCK.check((int) UNLOCK.handle().invokeExact(rank, win));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "rank", rank);
    }
  }

  /**
   * {@code int (MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param win the window
   */
  public static void unlockAll(long win) {
    try {
      UNLOCK_ALL.check((int) UNLOCK_ALL.handle().invokeExact(win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int rank, MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param rank the rank
   * @param win the window
   */
  public static void flush(int rank, long win) {
    try {
      FLUSH.check((int) FLUSH.handle().invokeExact(rank, win));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "rank", rank);
    }
  }

  /**
   * {@code int (MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param win the window
   */
  public static void flushAll(long win) {
    try {
      FLUSH_ALL.check((int) FLUSH_ALL.handle().invokeExact(win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int rank, MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param rank the rank
   * @param win the window
   */
  public static void flushLocal(int rank, long win) {
    try {
      FLUSH_LOCAL.check((int) FLUSH_LOCAL.handle().invokeExact(rank, win));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "rank", rank);
    }
  }

  /**
   * {@code int (MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param win the window
   */
  public static void flushLocalAll(long win) {
    try {
      FLUSH_LOCAL_ALL.check((int) FLUSH_LOCAL_ALL.handle().invokeExact(win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param win the window
   */
  public static void sync(long win) {
    try {
      SYNC.check((int) SYNC.handle().invokeExact(win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Group group, int assert, MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param group the group
   * @param assertion assertions, or 0
   * @param win the window
   */
  public static void post(long group, int assertion, long win) {
    try {
      POST.check((int) POST.handle().invokeExact(group, assertion, win));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "assertion", assertion);
    }
  }

  /**
   * {@code int (MPI_Group group, int assert, MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param group the group
   * @param assertion assertions, or 0
   * @param win the window
   */
  public static void start(long group, int assertion, long win) {
    try {
      START.check((int) START.handle().invokeExact(group, assertion, win));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "assertion", assertion);
    }
  }

  /**
   * {@code int (MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param win the window
   */
  public static void complete(long win) {
    try {
      COMPLETE.check((int) COMPLETE.handle().invokeExact(win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win)}, MPI-4.0 section 12.5.
   *
   * @param win the window
   */
  public static void await(long win) {
    try {
      WAIT.check((int) WAIT.handle().invokeExact(win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win, int *flag)}, MPI-4.0 section 12.5.
   *
   * @param win the window
   * @param flag the address for the answer
   */
  public static void test(long win, long flag) {
    try {
      TEST.check((int) TEST.handle().invokeExact(win, flag));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
