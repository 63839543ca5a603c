package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Windows and their synchronisation (MPI-4.0 sections 12.2, 12.5 and 9.3.2). Every method checks
 * the code that the C function returns and throws {@link io.weft.mpi.MpiException}.
 */
public final class MpiWindows {
  private static final MpiFunction ALLOCATE =
      MpiFunction.of("MPI_Win_allocate", LONG, INT, HANDLE, HANDLE, POINTER, POINTER);

  private static final MpiFunction FREE = MpiFunction.of("MPI_Win_free", POINTER);

  private static final MpiFunction SET_ERRHANDLER =
      MpiFunction.of("MPI_Win_set_errhandler", HANDLE, HANDLE);

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

  private MpiWindows() {}

  /**
   * {@code int (MPI_Aint size, int disp_unit, MPI_Info info, MPI_Comm comm, void *baseptr, MPI_Win
   * *win)}, MPI-4.0 section 12.2.2.
   *
   * @param size bytes of this rank
   * @param dispUnit bytes of a displacement unit
   * @param info hints
   * @param comm the communicator
   * @param baseptr the address for the memory's address
   * @param win the address of the new handle
   */
  public static void allocate(
      long size, int dispUnit, long info, long comm, long baseptr, long win) {
    try {
      ALLOCATE.check((int) ALLOCATE.handle().invokeExact(size, dispUnit, info, comm, baseptr, win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win *win)}, MPI-4.0 section 12.2.5.
   *
   * @param win the address of the handle
   */
  public static void free(long win) {
    try {
      FREE.check((int) FREE.handle().invokeExact(win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win, MPI_Errhandler errhandler)}, MPI-4.0 section 9.3.2.
   *
   * @param win the window
   * @param errhandler the handler
   */
  public static void setErrhandler(long win, long errhandler) {
    try {
      SET_ERRHANDLER.check((int) SET_ERRHANDLER.handle().invokeExact(win, errhandler));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int assert, MPI_Win win)}, MPI-4.0 section 12.5.1.
   *
   * @param assertion assertions, or 0
   * @param win the window
   */
  public static void fence(int assertion, long win) {
    try {
      FENCE.check((int) FENCE.handle().invokeExact(assertion, win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int lock_type, int rank, int assert, MPI_Win win)}, MPI-4.0 section 12.5.3.
   *
   * @param lockType shared or exclusive
   * @param rank whose memory
   * @param assertion assertions, or 0
   * @param win the window
   */
  public static void lock(int lockType, int rank, int assertion, long win) {
    try {
      LOCK.check((int) LOCK.handle().invokeExact(lockType, rank, assertion, win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int assert, MPI_Win win)}, MPI-4.0 section 12.5.3.
   *
   * @param assertion assertions, or 0
   * @param win the window
   */
  public static void lockAll(int assertion, long win) {
    try {
      LOCK_ALL.check((int) LOCK_ALL.handle().invokeExact(assertion, win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int rank, MPI_Win win)}, MPI-4.0 section 12.5.3.
   *
   * @param rank whose memory
   * @param win the window
   */
  public static void unlock(int rank, long win) {
    try {
      UNLOCK.check((int) UNLOCK.handle().invokeExact(rank, win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win)}, MPI-4.0 section 12.5.3.
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
   * {@code int (int rank, MPI_Win win)}, MPI-4.0 section 12.5.4.
   *
   * @param rank whose memory
   * @param win the window
   */
  public static void flush(int rank, long win) {
    try {
      FLUSH.check((int) FLUSH.handle().invokeExact(rank, win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win)}, MPI-4.0 section 12.5.4.
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
   * {@code int (int rank, MPI_Win win)}, MPI-4.0 section 12.5.4.
   *
   * @param rank whose memory
   * @param win the window
   */
  public static void flushLocal(int rank, long win) {
    try {
      FLUSH_LOCAL.check((int) FLUSH_LOCAL.handle().invokeExact(rank, win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win)}, MPI-4.0 section 12.5.4.
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
   * {@code int (MPI_Win win)}, MPI-4.0 section 12.5.4.
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
}
