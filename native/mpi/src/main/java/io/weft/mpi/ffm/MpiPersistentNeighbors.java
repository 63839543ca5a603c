package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Persistent collectives of neighbours (MPI-4.0 section 8.8). Every method checks the code that the
 * C function returns and throws {@link io.weft.mpi.MpiException}; a function that the library
 * lacks, {@link UnsupportedOperationException}.
 */
public final class MpiPersistentNeighbors {
  private static final MpiFunction NEIGHBOR_ALLGATHER_INIT =
      MpiFunction.of(
          "MPI_Neighbor_allgather_init",
          POINTER,
          INT,
          HANDLE,
          POINTER,
          INT,
          HANDLE,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction NEIGHBOR_ALLGATHERV_INIT =
      MpiFunction.of(
          "MPI_Neighbor_allgatherv_init",
          POINTER,
          INT,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction NEIGHBOR_ALLTOALL_INIT =
      MpiFunction.of(
          "MPI_Neighbor_alltoall_init",
          POINTER,
          INT,
          HANDLE,
          POINTER,
          INT,
          HANDLE,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction NEIGHBOR_ALLTOALLV_INIT =
      MpiFunction.of(
          "MPI_Neighbor_alltoallv_init",
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction NEIGHBOR_ALLTOALLW_INIT =
      MpiFunction.of(
          "MPI_Neighbor_alltoallw_init",
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE,
          POINTER);

  private MpiPersistentNeighbors() {}

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0
   * section 8.8; its large-count form past 2^31-1.
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
  public static void neighborAllgatherInit(
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
        NEIGHBOR_ALLGATHER_INIT.check(
            (int)
                NEIGHBOR_ALLGATHER_INIT
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
        Large.NEIGHBOR_ALLGATHER_INIT.check(
            (int)
                Large.NEIGHBOR_ALLGATHER_INIT
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
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, const int
   * recvcounts[], const int displs[], MPI_Datatype recvtype, MPI_Comm comm, MPI_Info info,
   * MPI_Request *request)}, MPI-4.0 section 8.8.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcounts the address of the numbers of elements received
   * @param displs the address of where each block starts
   * @param recvtype the type received
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void neighborAllgathervInit(
      long sendbuf,
      int sendcount,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long displs,
      long recvtype,
      long comm,
      long info,
      long request) {
    try {
      NEIGHBOR_ALLGATHERV_INIT.check(
          (int)
              NEIGHBOR_ALLGATHERV_INIT
                  .handle()
                  .invokeExact(
                      sendbuf,
                      sendcount,
                      sendtype,
                      recvbuf,
                      recvcounts,
                      displs,
                      recvtype,
                      comm,
                      info,
                      request));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0
   * section 8.8; its large-count form past 2^31-1.
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
  public static void neighborAlltoallInit(
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
        NEIGHBOR_ALLTOALL_INIT.check(
            (int)
                NEIGHBOR_ALLTOALL_INIT
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
        Large.NEIGHBOR_ALLTOALL_INIT.check(
            (int)
                Large.NEIGHBOR_ALLTOALL_INIT
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
   * {@code int (const void *sendbuf, const int sendcounts[], const int sdispls[], MPI_Datatype
   * sendtype, void *recvbuf, const int recvcounts[], const int rdispls[], MPI_Datatype recvtype,
   * MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section 8.8.
   *
   * @param sendbuf the address of what is sent
   * @param sendcounts the address of the numbers of elements sent
   * @param sdispls the address of where each block sent starts
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcounts the address of the numbers of elements received
   * @param rdispls the address of where each block received starts
   * @param recvtype the type received
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void neighborAlltoallvInit(
      long sendbuf,
      long sendcounts,
      long sdispls,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long rdispls,
      long recvtype,
      long comm,
      long info,
      long request) {
    try {
      NEIGHBOR_ALLTOALLV_INIT.check(
          (int)
              NEIGHBOR_ALLTOALLV_INIT
                  .handle()
                  .invokeExact(
                      sendbuf,
                      sendcounts,
                      sdispls,
                      sendtype,
                      recvbuf,
                      recvcounts,
                      rdispls,
                      recvtype,
                      comm,
                      info,
                      request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, const int sendcounts[], const MPI_Aint sdispls[], const
   * MPI_Datatype sendtypes[], void *recvbuf, const int recvcounts[], const MPI_Aint rdispls[],
   * const MPI_Datatype recvtypes[], MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0
   * section 8.8.
   *
   * @param sendbuf the address of what is sent
   * @param sendcounts the address of the numbers of elements sent
   * @param sdispls the address of where each block sent starts
   * @param sendtypes the address of the types sent
   * @param recvbuf the address of what is received
   * @param recvcounts the address of the numbers of elements received
   * @param rdispls the address of where each block received starts
   * @param recvtypes the address of the types received
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void neighborAlltoallwInit(
      long sendbuf,
      long sendcounts,
      long sdispls,
      long sendtypes,
      long recvbuf,
      long recvcounts,
      long rdispls,
      long recvtypes,
      long comm,
      long info,
      long request) {
    try {
      NEIGHBOR_ALLTOALLW_INIT.check(
          (int)
              NEIGHBOR_ALLTOALLW_INIT
                  .handle()
                  .invokeExact(
                      sendbuf,
                      sendcounts,
                      sdispls,
                      sendtypes,
                      recvbuf,
                      recvcounts,
                      rdispls,
                      recvtypes,
                      comm,
                      info,
                      request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction NEIGHBOR_ALLGATHER_INIT =
        MpiFunction.of(
            "MPI_Neighbor_allgather_init_c",
            POINTER,
            LONG,
            HANDLE,
            POINTER,
            LONG,
            HANDLE,
            HANDLE,
            HANDLE,
            POINTER);

    private static final MpiFunction NEIGHBOR_ALLTOALL_INIT =
        MpiFunction.of(
            "MPI_Neighbor_alltoall_init_c",
            POINTER,
            LONG,
            HANDLE,
            POINTER,
            LONG,
            HANDLE,
            HANDLE,
            HANDLE,
            POINTER);

    private Large() {}
  }
}
