package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Persistent collectives on blocks of equal length (MPI-4.0 section 6.13). Every method checks the
 * code that the C function returns and throws {@link io.weft.mpi.MpiException}; a function that the
 * library lacks, {@link UnsupportedOperationException}.
 */
public final class MpiPersistentCollectives {
  private static final MpiFunction BARRIER_INIT =
      MpiFunction.of("MPI_Barrier_init", HANDLE, HANDLE, POINTER);

  private static final MpiFunction BCAST_INIT =
      MpiFunction.of("MPI_Bcast_init", POINTER, INT, HANDLE, INT, HANDLE, HANDLE, POINTER);

  private static final MpiFunction ALLGATHER_INIT =
      MpiFunction.of(
          "MPI_Allgather_init",
          POINTER,
          INT,
          HANDLE,
          POINTER,
          INT,
          HANDLE,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction ALLTOALL_INIT =
      MpiFunction.of(
          "MPI_Alltoall_init", POINTER, INT, HANDLE, POINTER, INT, HANDLE, HANDLE, HANDLE, POINTER);

  private static final MpiFunction GATHER_INIT =
      MpiFunction.of(
          "MPI_Gather_init",
          POINTER,
          INT,
          HANDLE,
          POINTER,
          INT,
          HANDLE,
          INT,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction SCATTER_INIT =
      MpiFunction.of(
          "MPI_Scatter_init",
          POINTER,
          INT,
          HANDLE,
          POINTER,
          INT,
          HANDLE,
          INT,
          HANDLE,
          HANDLE,
          POINTER);

  private MpiPersistentCollectives() {}

  /**
   * {@code int (MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section 6.13.
   *
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void barrierInit(long comm, long info, long request) {
    try {
      BARRIER_INIT.check((int) BARRIER_INIT.handle().invokeExact(comm, info, request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (void *buffer, int count, MPI_Datatype datatype, int root, MPI_Comm comm, MPI_Info
   * info, MPI_Request *request)}, MPI-4.0 section 6.13; its large-count form past 2^31-1.
   *
   * @param buffer the buffer's address
   * @param count elements
   * @param datatype their type
   * @param root the root rank
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void bcastInit(
      long buffer, long count, long datatype, int root, long comm, long info, long request) {
    try {
      if (count == (int) count) {
        BCAST_INIT.check(
            (int)
                BCAST_INIT
                    .handle()
                    .invokeExact(buffer, (int) count, datatype, root, comm, info, request));
      } else {
        Large.BCAST_INIT.check(
            (int)
                Large.BCAST_INIT
                    .handle()
                    .invokeExact(buffer, count, datatype, root, comm, info, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0
   * section 6.13; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void allgatherInit(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      long comm,
      long info,
      long request) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        ALLGATHER_INIT.check(
            (int)
                ALLGATHER_INIT
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        comm,
                        info,
                        request));
      } else {
        Large.ALLGATHER_INIT.check(
            (int)
                Large.ALLGATHER_INIT
                    .handle()
                    .invokeExact(
                        sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, info,
                        request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0
   * section 6.13; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void alltoallInit(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      long comm,
      long info,
      long request) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        ALLTOALL_INIT.check(
            (int)
                ALLTOALL_INIT
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        comm,
                        info,
                        request));
      } else {
        Large.ALLTOALL_INIT.check(
            (int)
                Large.ALLTOALL_INIT
                    .handle()
                    .invokeExact(
                        sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, info,
                        request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, int root, MPI_Comm comm, MPI_Info info, MPI_Request
   * *request)}, MPI-4.0 section 6.13; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param root the root rank
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void gatherInit(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      int root,
      long comm,
      long info,
      long request) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        GATHER_INIT.check(
            (int)
                GATHER_INIT
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        root,
                        comm,
                        info,
                        request));
      } else {
        Large.GATHER_INIT.check(
            (int)
                Large.GATHER_INIT
                    .handle()
                    .invokeExact(
                        sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm,
                        info, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, int root, MPI_Comm comm, MPI_Info info, MPI_Request
   * *request)}, MPI-4.0 section 6.13; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param root the root rank
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void scatterInit(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      int root,
      long comm,
      long info,
      long request) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        SCATTER_INIT.check(
            (int)
                SCATTER_INIT
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        root,
                        comm,
                        info,
                        request));
      } else {
        Large.SCATTER_INIT.check(
            (int)
                Large.SCATTER_INIT
                    .handle()
                    .invokeExact(
                        sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm,
                        info, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount, "root", root);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction BCAST_INIT =
        MpiFunction.of("MPI_Bcast_init_c", POINTER, LONG, HANDLE, INT, HANDLE, HANDLE, POINTER);

    private static final MpiFunction ALLGATHER_INIT =
        MpiFunction.of(
            "MPI_Allgather_init_c",
            POINTER,
            LONG,
            HANDLE,
            POINTER,
            LONG,
            HANDLE,
            HANDLE,
            HANDLE,
            POINTER);

    private static final MpiFunction ALLTOALL_INIT =
        MpiFunction.of(
            "MPI_Alltoall_init_c",
            POINTER,
            LONG,
            HANDLE,
            POINTER,
            LONG,
            HANDLE,
            HANDLE,
            HANDLE,
            POINTER);

    private static final MpiFunction GATHER_INIT =
        MpiFunction.of(
            "MPI_Gather_init_c",
            POINTER,
            LONG,
            HANDLE,
            POINTER,
            LONG,
            HANDLE,
            INT,
            HANDLE,
            HANDLE,
            POINTER);

    private static final MpiFunction SCATTER_INIT =
        MpiFunction.of(
            "MPI_Scatter_init_c",
            POINTER,
            LONG,
            HANDLE,
            POINTER,
            LONG,
            HANDLE,
            INT,
            HANDLE,
            HANDLE,
            POINTER);

    private Large() {}
  }
}
