package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Communicators (MPI-4.0 chapter 7). Every method checks the code that the C function returns and
 * throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiComms {
  private static final MpiFunction SET_ERRHANDLER =
      MpiFunction.of("MPI_Comm_set_errhandler", HANDLE, HANDLE);

  private static final MpiFunction GET_ERRHANDLER =
      MpiFunction.of("MPI_Comm_get_errhandler", HANDLE, POINTER);

  private static final MpiFunction RANK = MpiFunction.of("MPI_Comm_rank", HANDLE, POINTER);

  private static final MpiFunction SIZE = MpiFunction.of("MPI_Comm_size", HANDLE, POINTER);

  private static final MpiFunction DUP = MpiFunction.of("MPI_Comm_dup", HANDLE, POINTER);

  private static final MpiFunction DUP_WITH_INFO =
      MpiFunction.of("MPI_Comm_dup_with_info", HANDLE, HANDLE, POINTER);

  private static final MpiFunction IDUP = MpiFunction.of("MPI_Comm_idup", HANDLE, POINTER, POINTER);

  private static final MpiFunction SPLIT =
      MpiFunction.of("MPI_Comm_split", HANDLE, INT, INT, POINTER);

  private static final MpiFunction SPLIT_TYPE =
      MpiFunction.of("MPI_Comm_split_type", HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction CREATE =
      MpiFunction.of("MPI_Comm_create", HANDLE, HANDLE, POINTER);

  private static final MpiFunction CREATE_GROUP =
      MpiFunction.of("MPI_Comm_create_group", HANDLE, HANDLE, INT, POINTER);

  private static final MpiFunction FREE = MpiFunction.of("MPI_Comm_free", POINTER);

  private static final MpiFunction COMPARE =
      MpiFunction.of("MPI_Comm_compare", HANDLE, HANDLE, POINTER);

  private static final MpiFunction GROUP = MpiFunction.of("MPI_Comm_group", HANDLE, POINTER);

  private static final MpiFunction GET_NAME =
      MpiFunction.of("MPI_Comm_get_name", HANDLE, POINTER, POINTER);

  private static final MpiFunction SET_NAME = MpiFunction.of("MPI_Comm_set_name", HANDLE, POINTER);

  private static final MpiFunction GET_INFO = MpiFunction.of("MPI_Comm_get_info", HANDLE, POINTER);

  private static final MpiFunction SET_INFO = MpiFunction.of("MPI_Comm_set_info", HANDLE, HANDLE);

  private MpiComms() {}

  /**
   * {@code int (MPI_Comm comm, MPI_Errhandler errhandler)}, MPI-4.0 section 9.3.
   *
   * @param comm the communicator
   * @param errhandler the error handler
   */
  public static void setErrhandler(long comm, long errhandler) {
    try {
      SET_ERRHANDLER.check((int) SET_ERRHANDLER.handle().invokeExact(comm, errhandler));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, MPI_Errhandler *errhandler)}, MPI-4.0 section 9.3.
   *
   * @param comm the communicator
   * @param errhandler the error handler
   */
  public static void getErrhandler(long comm, long errhandler) {
    try {
      GET_ERRHANDLER.check((int) GET_ERRHANDLER.handle().invokeExact(comm, errhandler));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int *rank)}, MPI-4.0 section 7.4.
   *
   * @param comm the communicator
   * @param rank the rank
   */
  public static void rank(long comm, long rank) {
    try {
      RANK.check((int) RANK.handle().invokeExact(comm, rank));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int *size)}, MPI-4.0 section 7.4.
   *
   * @param comm the communicator
   * @param size the size
   */
  public static void size(long comm, long size) {
    try {
      SIZE.check((int) SIZE.handle().invokeExact(comm, size));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, MPI_Comm *newcomm)}, MPI-4.0 section 7.4.
   *
   * @param comm the communicator
   * @param newcomm the address for the new communicator
   */
  public static void dup(long comm, long newcomm) {
    try {
      DUP.check((int) DUP.handle().invokeExact(comm, newcomm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, MPI_Info info, MPI_Comm *newcomm)}, MPI-4.0 section 7.4.
   *
   * @param comm the communicator
   * @param info the hints
   * @param newcomm the address for the new communicator
   */
  public static void dupWithInfo(long comm, long info, long newcomm) {
    try {
      DUP_WITH_INFO.check((int) DUP_WITH_INFO.handle().invokeExact(comm, info, newcomm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, MPI_Comm *newcomm, MPI_Request *request)}, MPI-4.0 section 7.4.
   *
   * @param comm the communicator
   * @param newcomm the address for the new communicator
   * @param request the address of the request
   */
  public static void idup(long comm, long newcomm, long request) {
    try {
      IDUP.check((int) IDUP.handle().invokeExact(comm, newcomm, request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int color, int key, MPI_Comm *newcomm)}, MPI-4.0 section 7.4.
   *
   * @param comm the communicator
   * @param color {@code color} of the C function
   * @param key {@code key} of the C function
   * @param newcomm the address for the new communicator
   */
  public static void split(long comm, int color, int key, long newcomm) {
    try {
      SPLIT.check((int) SPLIT.handle().invokeExact(comm, color, key, newcomm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "color", color, "key", key);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int split_type, int key, MPI_Info info, MPI_Comm *newcomm)}, MPI-4.0
   * section 7.4.
   *
   * @param comm the communicator
   * @param splitType {@code split_type} of the C function
   * @param key {@code key} of the C function
   * @param info the hints
   * @param newcomm the address for the new communicator
   */
  public static void splitType(long comm, int splitType, int key, long info, long newcomm) {
    try {
      SPLIT_TYPE.check((int) SPLIT_TYPE.handle().invokeExact(comm, splitType, key, info, newcomm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "splitType", splitType, "key", key);
    }
  }

  /**
   * {@code int (MPI_Comm comm, MPI_Group group, MPI_Comm *newcomm)}, MPI-4.0 section 7.4.
   *
   * @param comm the communicator
   * @param group the group
   * @param newcomm the address for the new communicator
   */
  public static void create(long comm, long group, long newcomm) {
    try {
      CREATE.check((int) CREATE.handle().invokeExact(comm, group, newcomm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, MPI_Group group, int tag, MPI_Comm *newcomm)}, MPI-4.0 section 7.4.
   *
   * @param comm the communicator
   * @param group the group
   * @param tag the tag
   * @param newcomm the address for the new communicator
   */
  public static void createGroup(long comm, long group, int tag, long newcomm) {
    try {
      CREATE_GROUP.check((int) CREATE_GROUP.handle().invokeExact(comm, group, tag, newcomm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "tag", tag);
    }
  }

  /**
   * {@code int (MPI_Comm *comm)}, MPI-4.0 section 7.4.
   *
   * @param comm the communicator
   */
  public static void free(long comm) {
    try {
      FREE.check((int) FREE.handle().invokeExact(comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm1, MPI_Comm comm2, int *result)}, MPI-4.0 section 7.4.
   *
   * @param comm1 {@code comm1} of the C function
   * @param comm2 {@code comm2} of the C function
   * @param result {@code result} of the C function
   */
  public static void compare(long comm1, long comm2, long result) {
    try {
      COMPARE.check((int) COMPARE.handle().invokeExact(comm1, comm2, result));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, MPI_Group *group)}, MPI-4.0 section 7.4.
   *
   * @param comm the communicator
   * @param group the group
   */
  public static void group(long comm, long group) {
    try {
      GROUP.check((int) GROUP.handle().invokeExact(comm, group));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, char *comm_name, int *resultlen)}, MPI-4.0 section 7.8.
   *
   * @param comm the communicator
   * @param commName {@code comm_name} of the C function
   * @param resultlen {@code resultlen} of the C function
   */
  public static void getName(long comm, long commName, long resultlen) {
    try {
      GET_NAME.check((int) GET_NAME.handle().invokeExact(comm, commName, resultlen));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, const char *comm_name)}, MPI-4.0 section 7.8.
   *
   * @param comm the communicator
   * @param commName {@code comm_name} of the C function
   */
  public static void setName(long comm, long commName) {
    try {
      SET_NAME.check((int) SET_NAME.handle().invokeExact(comm, commName));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, MPI_Info *info_used)}, MPI-4.0 section 7.4.4.
   *
   * @param comm the communicator
   * @param infoUsed {@code info_used} of the C function
   */
  public static void getInfo(long comm, long infoUsed) {
    try {
      GET_INFO.check((int) GET_INFO.handle().invokeExact(comm, infoUsed));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, MPI_Info info)}, MPI-4.0 section 7.4.4.
   *
   * @param comm the communicator
   * @param info the hints
   */
  public static void setInfo(long comm, long info) {
    try {
      SET_INFO.check((int) SET_INFO.handle().invokeExact(comm, info));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
