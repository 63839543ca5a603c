package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

/**
 * Reductions that do not block (MPI-4.0 section 6.12). Every method checks the code that the C
 * function returns and throws {@link io.weft.mpi.MpiException}; a function that the library lacks,
 * {@link UnsupportedOperationException}.
 */
public final class MpiNonBlockingReductions {
  private static final MpiFunction IREDUCE =
      MpiFunction.of("MPI_Ireduce", POINTER, POINTER, INT, HANDLE, HANDLE, INT, HANDLE, POINTER);

  private static final MpiFunction IALLREDUCE =
      MpiFunction.of("MPI_Iallreduce", POINTER, POINTER, INT, HANDLE, HANDLE, HANDLE, POINTER);

  private static final MpiFunction IREDUCE_SCATTER_BLOCK =
      MpiFunction.of(
          "MPI_Ireduce_scatter_block", POINTER, POINTER, INT, HANDLE, HANDLE, HANDLE, POINTER);

  private static final MpiFunction ISCAN =
      MpiFunction.of("MPI_Iscan", POINTER, POINTER, INT, HANDLE, HANDLE, HANDLE, POINTER);

  private static final MpiFunction IEXSCAN =
      MpiFunction.of("MPI_Iexscan", POINTER, POINTER, INT, HANDLE, HANDLE, HANDLE, POINTER);

  private MpiNonBlockingReductions() {}

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * int root, MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12; its large-count form
   * past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param root the root rank
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void ireduce(
      long sendbuf,
      long recvbuf,
      long count,
      long datatype,
      long op,
      int root,
      long comm,
      long request) {
    try {
      if (count == (int) count) {
        IREDUCE.check(
            (int)
                IREDUCE
                    .handle()
                    .invokeExact(sendbuf, recvbuf, (int) count, datatype, op, root, comm, request));
      } else {
        Large.IREDUCE.check(
            (int)
                Large.IREDUCE
                    .handle()
                    .invokeExact(sendbuf, recvbuf, count, datatype, op, root, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void iallreduce(
      long sendbuf, long recvbuf, long count, long datatype, long op, long comm, long request) {
    try {
      if (count == (int) count) {
        IALLREDUCE.check(
            (int)
                IALLREDUCE
                    .handle()
                    .invokeExact(sendbuf, recvbuf, (int) count, datatype, op, comm, request));
      } else {
        Large.IALLREDUCE.check(
            (int)
                Large.IALLREDUCE
                    .handle()
                    .invokeExact(sendbuf, recvbuf, count, datatype, op, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int recvcount, MPI_Datatype datatype, MPI_Op
   * op, MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12; its large-count form past
   * 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void ireduceScatterBlock(
      long sendbuf, long recvbuf, long recvcount, long datatype, long op, long comm, long request) {
    try {
      if (recvcount == (int) recvcount) {
        IREDUCE_SCATTER_BLOCK.check(
            (int)
                IREDUCE_SCATTER_BLOCK
                    .handle()
                    .invokeExact(sendbuf, recvbuf, (int) recvcount, datatype, op, comm, request));
      } else {
        Large.IREDUCE_SCATTER_BLOCK.check(
            (int)
                Large.IREDUCE_SCATTER_BLOCK
                    .handle()
                    .invokeExact(sendbuf, recvbuf, recvcount, datatype, op, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "recvcount", recvcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void iscan(
      long sendbuf, long recvbuf, long count, long datatype, long op, long comm, long request) {
    try {
      if (count == (int) count) {
        ISCAN.check(
            (int)
                ISCAN
                    .handle()
                    .invokeExact(sendbuf, recvbuf, (int) count, datatype, op, comm, request));
      } else {
        Large.ISCAN.check(
            (int)
                Large.ISCAN
                    .handle()
                    .invokeExact(sendbuf, recvbuf, count, datatype, op, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void iexscan(
      long sendbuf, long recvbuf, long count, long datatype, long op, long comm, long request) {
    try {
      if (count == (int) count) {
        IEXSCAN.check(
            (int)
                IEXSCAN
                    .handle()
                    .invokeExact(sendbuf, recvbuf, (int) count, datatype, op, comm, request));
      } else {
        Large.IEXSCAN.check(
            (int)
                Large.IEXSCAN
                    .handle()
                    .invokeExact(sendbuf, recvbuf, count, datatype, op, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction IREDUCE =
        MpiFunction.of(
            "MPI_Ireduce_c", POINTER, POINTER, LONG, HANDLE, HANDLE, INT, HANDLE, POINTER);

    private static final MpiFunction IALLREDUCE =
        MpiFunction.of("MPI_Iallreduce_c", POINTER, POINTER, LONG, HANDLE, HANDLE, HANDLE, POINTER);

    private static final MpiFunction IREDUCE_SCATTER_BLOCK =
        MpiFunction.of(
            "MPI_Ireduce_scatter_block_c", POINTER, POINTER, LONG, HANDLE, HANDLE, HANDLE, POINTER);

    private static final MpiFunction ISCAN =
        MpiFunction.of("MPI_Iscan_c", POINTER, POINTER, LONG, HANDLE, HANDLE, HANDLE, POINTER);

    private static final MpiFunction IEXSCAN =
        MpiFunction.of("MPI_Iexscan_c", POINTER, POINTER, LONG, HANDLE, HANDLE, HANDLE, POINTER);

    private Large() {}
  }
}
