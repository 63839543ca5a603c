package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

/**
 * Persistent reductions (MPI-4.0 section 6.13). Every method checks the code that the C function
 * returns and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiPersistentReductions {
  private static final MpiFunction REDUCE_INIT =
      MpiFunction.of(
          "MPI_Reduce_init", POINTER, POINTER, INT, HANDLE, HANDLE, INT, HANDLE, HANDLE, POINTER);

  private static final MpiFunction ALLREDUCE_INIT =
      MpiFunction.of(
          "MPI_Allreduce_init", POINTER, POINTER, INT, HANDLE, HANDLE, HANDLE, HANDLE, POINTER);

  private static final MpiFunction REDUCE_SCATTER_BLOCK_INIT =
      MpiFunction.of(
          "MPI_Reduce_scatter_block_init",
          POINTER,
          POINTER,
          INT,
          HANDLE,
          HANDLE,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction SCAN_INIT =
      MpiFunction.of(
          "MPI_Scan_init", POINTER, POINTER, INT, HANDLE, HANDLE, HANDLE, HANDLE, POINTER);

  private static final MpiFunction EXSCAN_INIT =
      MpiFunction.of(
          "MPI_Exscan_init", POINTER, POINTER, INT, HANDLE, HANDLE, HANDLE, HANDLE, POINTER);

  private MpiPersistentReductions() {}

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * int root, MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section 6.13; its
   * large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param root the root rank
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void reduceInit(
      long sendbuf,
      long recvbuf,
      long count,
      long datatype,
      long op,
      int root,
      long comm,
      long info,
      long request) {
    try {
      if (count == (int) count) {
        REDUCE_INIT.check(
            (int)
                REDUCE_INIT
                    .handle()
                    .invokeExact(
                        sendbuf, recvbuf, (int) count, datatype, op, root, comm, info, request));
      } else {
        Large.REDUCE_INIT.check(
            (int)
                Large.REDUCE_INIT
                    .handle()
                    .invokeExact(sendbuf, recvbuf, count, datatype, op, root, comm, info, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section 6.13; its large-count
   * form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void allreduceInit(
      long sendbuf,
      long recvbuf,
      long count,
      long datatype,
      long op,
      long comm,
      long info,
      long request) {
    try {
      if (count == (int) count) {
        ALLREDUCE_INIT.check(
            (int)
                ALLREDUCE_INIT
                    .handle()
                    .invokeExact(sendbuf, recvbuf, (int) count, datatype, op, comm, info, request));
      } else {
        Large.ALLREDUCE_INIT.check(
            (int)
                Large.ALLREDUCE_INIT
                    .handle()
                    .invokeExact(sendbuf, recvbuf, count, datatype, op, comm, info, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int recvcount, MPI_Datatype datatype, MPI_Op
   * op, MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section 6.13; its large-count
   * form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void reduceScatterBlockInit(
      long sendbuf,
      long recvbuf,
      long recvcount,
      long datatype,
      long op,
      long comm,
      long info,
      long request) {
    try {
      if (recvcount == (int) recvcount) {
        REDUCE_SCATTER_BLOCK_INIT.check(
            (int)
                REDUCE_SCATTER_BLOCK_INIT
                    .handle()
                    .invokeExact(
                        sendbuf, recvbuf, (int) recvcount, datatype, op, comm, info, request));
      } else {
        Large.REDUCE_SCATTER_BLOCK_INIT.check(
            (int)
                Large.REDUCE_SCATTER_BLOCK_INIT
                    .handle()
                    .invokeExact(sendbuf, recvbuf, recvcount, datatype, op, comm, info, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "recvcount", recvcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section 6.13; its large-count
   * form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void scanInit(
      long sendbuf,
      long recvbuf,
      long count,
      long datatype,
      long op,
      long comm,
      long info,
      long request) {
    try {
      if (count == (int) count) {
        SCAN_INIT.check(
            (int)
                SCAN_INIT
                    .handle()
                    .invokeExact(sendbuf, recvbuf, (int) count, datatype, op, comm, info, request));
      } else {
        Large.SCAN_INIT.check(
            (int)
                Large.SCAN_INIT
                    .handle()
                    .invokeExact(sendbuf, recvbuf, count, datatype, op, comm, info, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section 6.13; its large-count
   * form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void exscanInit(
      long sendbuf,
      long recvbuf,
      long count,
      long datatype,
      long op,
      long comm,
      long info,
      long request) {
    try {
      if (count == (int) count) {
        EXSCAN_INIT.check(
            (int)
                EXSCAN_INIT
                    .handle()
                    .invokeExact(sendbuf, recvbuf, (int) count, datatype, op, comm, info, request));
      } else {
        Large.EXSCAN_INIT.check(
            (int)
                Large.EXSCAN_INIT
                    .handle()
                    .invokeExact(sendbuf, recvbuf, count, datatype, op, comm, info, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction REDUCE_INIT =
        MpiFunction.of(
            "MPI_Reduce_init_c",
            POINTER,
            POINTER,
            LONG,
            HANDLE,
            HANDLE,
            INT,
            HANDLE,
            HANDLE,
            POINTER);

    private static final MpiFunction ALLREDUCE_INIT =
        MpiFunction.of(
            "MPI_Allreduce_init_c",
            POINTER,
            POINTER,
            LONG,
            HANDLE,
            HANDLE,
            HANDLE,
            HANDLE,
            POINTER);

    private static final MpiFunction REDUCE_SCATTER_BLOCK_INIT =
        MpiFunction.of(
            "MPI_Reduce_scatter_block_init_c",
            POINTER,
            POINTER,
            LONG,
            HANDLE,
            HANDLE,
            HANDLE,
            HANDLE,
            POINTER);

    private static final MpiFunction SCAN_INIT =
        MpiFunction.of(
            "MPI_Scan_init_c", POINTER, POINTER, LONG, HANDLE, HANDLE, HANDLE, HANDLE, POINTER);

    private static final MpiFunction EXSCAN_INIT =
        MpiFunction.of(
            "MPI_Exscan_init_c", POINTER, POINTER, LONG, HANDLE, HANDLE, HANDLE, HANDLE, POINTER);

    private Large() {}
  }
}
