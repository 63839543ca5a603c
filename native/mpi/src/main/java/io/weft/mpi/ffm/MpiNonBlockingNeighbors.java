package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * The same without blocking (MPI-4.0 section 8.7). Every method checks the code that the C function
 * returns and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiNonBlockingNeighbors {
  private static final MpiFunction INEIGHBOR_ALLGATHER =
      MpiFunction.of(
          "MPI_Ineighbor_allgather", POINTER, INT, HANDLE, POINTER, INT, HANDLE, HANDLE, POINTER);

  private static final MpiFunction INEIGHBOR_ALLGATHERV =
      MpiFunction.of(
          "MPI_Ineighbor_allgatherv",
          POINTER,
          INT,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction INEIGHBOR_ALLTOALL =
      MpiFunction.of(
          "MPI_Ineighbor_alltoall", POINTER, INT, HANDLE, POINTER, INT, HANDLE, HANDLE, POINTER);

  private static final MpiFunction INEIGHBOR_ALLTOALLV =
      MpiFunction.of(
          "MPI_Ineighbor_alltoallv",
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction INEIGHBOR_ALLTOALLW =
      MpiFunction.of(
          "MPI_Ineighbor_alltoallw",
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          POINTER);

  private MpiNonBlockingNeighbors() {}

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 8.7;
   * its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void ineighborAllgather(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      long comm,
      long request) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        INEIGHBOR_ALLGATHER.check(
            (int)
                INEIGHBOR_ALLGATHER
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        comm,
                        request));
      } else {
        Large.INEIGHBOR_ALLGATHER.check(
            (int)
                Large.INEIGHBOR_ALLGATHER
                    .handle()
                    .invokeExact(
                        sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, const int
   * recvcounts[], const int displs[], MPI_Datatype recvtype, MPI_Comm comm, MPI_Request *request)},
   * MPI-4.0 section 8.7.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcounts the address of the numbers of elements received
   * @param displs the address of where each block starts
   * @param recvtype the type received
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void ineighborAllgatherv(
      long sendbuf,
      int sendcount,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long displs,
      long recvtype,
      long comm,
      long request) {
    try {
      INEIGHBOR_ALLGATHERV.check(
          (int)
              INEIGHBOR_ALLGATHERV
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
                      request));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 8.7;
   * its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void ineighborAlltoall(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      long comm,
      long request) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        INEIGHBOR_ALLTOALL.check(
            (int)
                INEIGHBOR_ALLTOALL
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        comm,
                        request));
      } else {
        Large.INEIGHBOR_ALLTOALL.check(
            (int)
                Large.INEIGHBOR_ALLTOALL
                    .handle()
                    .invokeExact(
                        sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, const int sendcounts[], const int sdispls[], MPI_Datatype
   * sendtype, void *recvbuf, const int recvcounts[], const int rdispls[], MPI_Datatype recvtype,
   * MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 8.7.
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
   * @param request the address of the request
   */
  public static void ineighborAlltoallv(
      long sendbuf,
      long sendcounts,
      long sdispls,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long rdispls,
      long recvtype,
      long comm,
      long request) {
    try {
      INEIGHBOR_ALLTOALLV.check(
          (int)
              INEIGHBOR_ALLTOALLV
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
                      request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, const int sendcounts[], const MPI_Aint sdispls[], const
   * MPI_Datatype sendtypes[], void *recvbuf, const int recvcounts[], const MPI_Aint rdispls[],
   * const MPI_Datatype recvtypes[], MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 8.7.
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
   * @param request the address of the request
   */
  public static void ineighborAlltoallw(
      long sendbuf,
      long sendcounts,
      long sdispls,
      long sendtypes,
      long recvbuf,
      long recvcounts,
      long rdispls,
      long recvtypes,
      long comm,
      long request) {
    try {
      INEIGHBOR_ALLTOALLW.check(
          (int)
              INEIGHBOR_ALLTOALLW
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
                      request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction INEIGHBOR_ALLGATHER =
        MpiFunction.of(
            "MPI_Ineighbor_allgather_c",
            POINTER,
            LONG,
            HANDLE,
            POINTER,
            LONG,
            HANDLE,
            HANDLE,
            POINTER);

    private static final MpiFunction INEIGHBOR_ALLTOALL =
        MpiFunction.of(
            "MPI_Ineighbor_alltoall_c",
            POINTER,
            LONG,
            HANDLE,
            POINTER,
            LONG,
            HANDLE,
            HANDLE,
            POINTER);

    private Large() {}
  }
}
