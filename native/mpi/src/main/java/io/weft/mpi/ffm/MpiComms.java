package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Communicators (MPI-4.0 chapters 7 and 9.3). Every method checks the code that the C function
 * returns and throws {@link io.weft.mpi.MpiException}.
 */
public final class MpiComms {
  private static final MpiFunction SET_ERRHANDLER =
      MpiFunction.of("MPI_Comm_set_errhandler", HANDLE, HANDLE);

  private static final MpiFunction RANK = MpiFunction.of("MPI_Comm_rank", HANDLE, POINTER);

  private static final MpiFunction SIZE = MpiFunction.of("MPI_Comm_size", HANDLE, POINTER);

  private static final MpiFunction DUP = MpiFunction.of("MPI_Comm_dup", HANDLE, POINTER);

  private static final MpiFunction SPLIT =
      MpiFunction.of("MPI_Comm_split", HANDLE, INT, INT, POINTER);

  private static final MpiFunction FREE = MpiFunction.of("MPI_Comm_free", POINTER);

  private MpiComms() {}

  /**
   * {@code int (MPI_Comm comm, MPI_Errhandler errhandler)}, MPI-4.0 section 9.3.1.
   *
   * @param comm the communicator
   * @param errhandler the handler
   */
  public static void setErrhandler(long comm, long errhandler) {
    try {
      SET_ERRHANDLER.check((int) SET_ERRHANDLER.handle().invokeExact(comm, errhandler));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int *rank)}, MPI-4.0 section 7.4.1.
   *
   * @param comm the communicator
   * @param rank the address of the answer
   */
  public static void rank(long comm, long rank) {
    try {
      RANK.check((int) RANK.handle().invokeExact(comm, rank));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int *size)}, MPI-4.0 section 7.4.1.
   *
   * @param comm the communicator
   * @param size the address of the answer
   */
  public static void size(long comm, long size) {
    try {
      SIZE.check((int) SIZE.handle().invokeExact(comm, size));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, MPI_Comm *newcomm)}, MPI-4.0 section 7.4.2.
   *
   * @param comm the communicator
   * @param newcomm the address of the new handle
   */
  public static void dup(long comm, long newcomm) {
    try {
      DUP.check((int) DUP.handle().invokeExact(comm, newcomm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int color, int key, MPI_Comm *newcomm)}, MPI-4.0 section 7.4.2.
   *
   * @param comm the communicator
   * @param color which part
   * @param key the order in it
   * @param newcomm the address of the new handle
   */
  public static void split(long comm, int color, int key, long newcomm) {
    try {
      SPLIT.check((int) SPLIT.handle().invokeExact(comm, color, key, newcomm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm *comm)}, MPI-4.0 section 7.4.3.
   *
   * @param comm the address of the handle
   */
  public static void free(long comm) {
    try {
      FREE.check((int) FREE.handle().invokeExact(comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
