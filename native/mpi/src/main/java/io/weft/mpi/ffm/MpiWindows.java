package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Windows of memory (MPI-4.0 section 12.2). Every method checks the code that the C function
 * returns and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiWindows {
  private static final MpiFunction ALLOCATE =
      MpiFunction.of("MPI_Win_allocate", LONG, INT, HANDLE, HANDLE, POINTER, POINTER);

  private static final MpiFunction CREATE =
      MpiFunction.of("MPI_Win_create", POINTER, LONG, INT, HANDLE, HANDLE, POINTER);

  private static final MpiFunction CREATE_DYNAMIC =
      MpiFunction.of("MPI_Win_create_dynamic", HANDLE, HANDLE, POINTER);

  private static final MpiFunction ALLOCATE_SHARED =
      MpiFunction.of("MPI_Win_allocate_shared", LONG, INT, HANDLE, HANDLE, POINTER, POINTER);

  private static final MpiFunction SHARED_QUERY =
      MpiFunction.of("MPI_Win_shared_query", HANDLE, INT, POINTER, POINTER, POINTER);

  private static final MpiFunction ATTACH = MpiFunction.of("MPI_Win_attach", HANDLE, POINTER, LONG);

  private static final MpiFunction DETACH = MpiFunction.of("MPI_Win_detach", HANDLE, POINTER);

  private static final MpiFunction FREE = MpiFunction.of("MPI_Win_free", POINTER);

  private static final MpiFunction SET_ERRHANDLER =
      MpiFunction.of("MPI_Win_set_errhandler", HANDLE, HANDLE);

  private static final MpiFunction GET_ERRHANDLER =
      MpiFunction.of("MPI_Win_get_errhandler", HANDLE, POINTER);

  private static final MpiFunction GET_GROUP = MpiFunction.of("MPI_Win_get_group", HANDLE, POINTER);

  private static final MpiFunction GET_INFO = MpiFunction.of("MPI_Win_get_info", HANDLE, POINTER);

  private static final MpiFunction SET_INFO = MpiFunction.of("MPI_Win_set_info", HANDLE, HANDLE);

  private static final MpiFunction GET_NAME =
      MpiFunction.of("MPI_Win_get_name", HANDLE, POINTER, POINTER);

  private static final MpiFunction SET_NAME = MpiFunction.of("MPI_Win_set_name", HANDLE, POINTER);

  private MpiWindows() {}

  /**
   * {@code int (MPI_Aint size, int disp_unit, MPI_Info info, MPI_Comm comm, void *baseptr, MPI_Win
   * *win)}, MPI-4.0 section 12.2; its large-count form past 2^31-1.
   *
   * @param size the size
   * @param dispUnit {@code disp_unit} of the C function
   * @param info the hints
   * @param comm the communicator
   * @param baseptr {@code baseptr} of the C function
   * @param win the window
   */
  public static void allocate(
      long size, long dispUnit, long info, long comm, long baseptr, long win) {
    try {
      if (dispUnit == (int) dispUnit) {
        ALLOCATE.check(
            (int) ALLOCATE.handle().invokeExact(size, (int) dispUnit, info, comm, baseptr, win));
      } else {
        Large.ALLOCATE.check(
            (int) Large.ALLOCATE.handle().invokeExact(size, dispUnit, info, comm, baseptr, win));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "dispUnit", dispUnit);
    }
  }

  /**
   * {@code int (void *base, MPI_Aint size, int disp_unit, MPI_Info info, MPI_Comm comm, MPI_Win
   * *win)}, MPI-4.0 section 12.2; its large-count form past 2^31-1.
   *
   * @param base {@code base} of the C function
   * @param size the size
   * @param dispUnit {@code disp_unit} of the C function
   * @param info the hints
   * @param comm the communicator
   * @param win the window
   */
  public static void create(long base, long size, long dispUnit, long info, long comm, long win) {
    try {
      if (dispUnit == (int) dispUnit) {
        CREATE.check(
            (int) CREATE.handle().invokeExact(base, size, (int) dispUnit, info, comm, win));
      } else {
        Large.CREATE.check(
            (int) Large.CREATE.handle().invokeExact(base, size, dispUnit, info, comm, win));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "dispUnit", dispUnit);
    }
  }

  /**
   * {@code int (MPI_Info info, MPI_Comm comm, MPI_Win *win)}, MPI-4.0 section 12.2.
   *
   * @param info the hints
   * @param comm the communicator
   * @param win the window
   */
  public static void createDynamic(long info, long comm, long win) {
    try {
      CREATE_DYNAMIC.check((int) CREATE_DYNAMIC.handle().invokeExact(info, comm, win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Aint size, int disp_unit, MPI_Info info, MPI_Comm comm, void *baseptr, MPI_Win
   * *win)}, MPI-4.0 section 12.2; its large-count form past 2^31-1.
   *
   * @param size the size
   * @param dispUnit {@code disp_unit} of the C function
   * @param info the hints
   * @param comm the communicator
   * @param baseptr {@code baseptr} of the C function
   * @param win the window
   */
  public static void allocateShared(
      long size, long dispUnit, long info, long comm, long baseptr, long win) {
    try {
      if (dispUnit == (int) dispUnit) {
        ALLOCATE_SHARED.check(
            (int)
                ALLOCATE_SHARED
                    .handle()
                    .invokeExact(size, (int) dispUnit, info, comm, baseptr, win));
      } else {
        Large.ALLOCATE_SHARED.check(
            (int)
                Large.ALLOCATE_SHARED
                    .handle()
                    .invokeExact(size, dispUnit, info, comm, baseptr, win));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "dispUnit", dispUnit);
    }
  }

  /**
   * {@code int (MPI_Win win, int rank, MPI_Aint *size, int *disp_unit, void *baseptr)}, MPI-4.0
   * section 12.2.
   *
   * @param win the window
   * @param rank the rank
   * @param size the size
   * @param dispUnit {@code disp_unit} of the C function
   * @param baseptr {@code baseptr} of the C function
   */
  public static void sharedQuery(long win, int rank, long size, long dispUnit, long baseptr) {
    try {
      SHARED_QUERY.check(
          (int) SHARED_QUERY.handle().invokeExact(win, rank, size, dispUnit, baseptr));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "rank", rank);
    }
  }

  /**
   * {@code int (MPI_Win win, void *base, MPI_Aint size)}, MPI-4.0 section 12.2.
   *
   * @param win the window
   * @param base {@code base} of the C function
   * @param size the size
   */
  public static void attach(long win, long base, long size) {
    try {
      ATTACH.check((int) ATTACH.handle().invokeExact(win, base, size));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win, const void *base)}, MPI-4.0 section 12.2.
   *
   * @param win the window
   * @param base {@code base} of the C function
   */
  public static void detach(long win, long base) {
    try {
      DETACH.check((int) DETACH.handle().invokeExact(win, base));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win *win)}, MPI-4.0 section 12.2.
   *
   * @param win the window
   */
  public static void free(long win) {
    try {
      FREE.check((int) FREE.handle().invokeExact(win));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win, MPI_Errhandler errhandler)}, MPI-4.0 section 9.3.
   *
   * @param win the window
   * @param errhandler the error handler
   */
  public static void setErrhandler(long win, long errhandler) {
    try {
      SET_ERRHANDLER.check((int) SET_ERRHANDLER.handle().invokeExact(win, errhandler));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win, MPI_Errhandler *errhandler)}, MPI-4.0 section 9.3.
   *
   * @param win the window
   * @param errhandler the error handler
   */
  public static void getErrhandler(long win, long errhandler) {
    try {
      GET_ERRHANDLER.check((int) GET_ERRHANDLER.handle().invokeExact(win, errhandler));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win, MPI_Group *group)}, MPI-4.0 section 12.2.
   *
   * @param win the window
   * @param group the group
   */
  public static void getGroup(long win, long group) {
    try {
      GET_GROUP.check((int) GET_GROUP.handle().invokeExact(win, group));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win, MPI_Info *info_used)}, MPI-4.0 section 12.2.
   *
   * @param win the window
   * @param infoUsed {@code info_used} of the C function
   */
  public static void getInfo(long win, long infoUsed) {
    try {
      GET_INFO.check((int) GET_INFO.handle().invokeExact(win, infoUsed));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win, MPI_Info info)}, MPI-4.0 section 12.2.
   *
   * @param win the window
   * @param info the hints
   */
  public static void setInfo(long win, long info) {
    try {
      SET_INFO.check((int) SET_INFO.handle().invokeExact(win, info));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win, char *win_name, int *resultlen)}, MPI-4.0 section 7.8.
   *
   * @param win the window
   * @param winName {@code win_name} of the C function
   * @param resultlen {@code resultlen} of the C function
   */
  public static void getName(long win, long winName, long resultlen) {
    try {
      GET_NAME.check((int) GET_NAME.handle().invokeExact(win, winName, resultlen));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Win win, const char *win_name)}, MPI-4.0 section 7.8.
   *
   * @param win the window
   * @param winName {@code win_name} of the C function
   */
  public static void setName(long win, long winName) {
    try {
      SET_NAME.check((int) SET_NAME.handle().invokeExact(win, winName));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction ALLOCATE =
        MpiFunction.of("MPI_Win_allocate_c", LONG, LONG, HANDLE, HANDLE, POINTER, POINTER);

    private static final MpiFunction CREATE =
        MpiFunction.of("MPI_Win_create_c", POINTER, LONG, LONG, HANDLE, HANDLE, POINTER);

    private static final MpiFunction ALLOCATE_SHARED =
        MpiFunction.of("MPI_Win_allocate_shared_c", LONG, LONG, HANDLE, HANDLE, POINTER, POINTER);

    private Large() {}
  }
}
