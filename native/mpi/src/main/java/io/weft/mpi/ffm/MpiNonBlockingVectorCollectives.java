package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * The same of blocks of unequal length (MPI-4.0 section 6.12). Every method checks the code that
 * the C function returns and throws {@link io.weft.mpi.MpiException}; a function that the library
 * lacks, {@link UnsupportedOperationException}.
 */
public final class MpiNonBlockingVectorCollectives {
  private static final MpiFunction IGATHERV =
      MpiFunction.of(
          "MPI_Igatherv",
          POINTER,
          INT,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          INT,
          HANDLE,
          POINTER);

  private static final MpiFunction ISCATTERV =
      MpiFunction.of(
          "MPI_Iscatterv",
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          POINTER,
          INT,
          HANDLE,
          INT,
          HANDLE,
          POINTER);

  private static final MpiFunction IALLGATHERV =
      MpiFunction.of(
          "MPI_Iallgatherv",
          POINTER,
          INT,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction IALLTOALLV =
      MpiFunction.of(
          "MPI_Ialltoallv",
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

  private static final MpiFunction IALLTOALLW =
      MpiFunction.of(
          "MPI_Ialltoallw",
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

  private static final MpiFunction IREDUCE_SCATTER =
      MpiFunction.of(
          "MPI_Ireduce_scatter", POINTER, POINTER, POINTER, HANDLE, HANDLE, HANDLE, POINTER);

  private MpiNonBlockingVectorCollectives() {}

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, const int
   * recvcounts[], const int displs[], MPI_Datatype recvtype, int root, MPI_Comm comm, MPI_Request
   * *request)}, MPI-4.0 section 6.12.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcounts the address of the numbers of elements received
   * @param displs the address of where each block starts
   * @param recvtype the type received
   * @param root the root rank
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void igatherv(
      long sendbuf,
      int sendcount,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long displs,
      long recvtype,
      int root,
      long comm,
      long request) {
    try {
      IGATHERV.check(
          (int)
              IGATHERV
                  .handle()
                  .invokeExact(
                      sendbuf,
                      sendcount,
                      sendtype,
                      recvbuf,
                      recvcounts,
                      displs,
                      recvtype,
                      root,
                      comm,
                      request));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, const int sendcounts[], const int displs[], MPI_Datatype
   * sendtype, void *recvbuf, int recvcount, MPI_Datatype recvtype, int root, MPI_Comm comm,
   * MPI_Request *request)}, MPI-4.0 section 6.12.
   *
   * @param sendbuf the address of what is sent
   * @param sendcounts the address of the numbers of elements sent
   * @param displs the address of where each block starts
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param root the root rank
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void iscatterv(
      long sendbuf,
      long sendcounts,
      long displs,
      long sendtype,
      long recvbuf,
      int recvcount,
      long recvtype,
      int root,
      long comm,
      long request) {
    try {
      ISCATTERV.check(
          (int)
              ISCATTERV
                  .handle()
                  .invokeExact(
                      sendbuf,
                      sendcounts,
                      displs,
                      sendtype,
                      recvbuf,
                      recvcount,
                      recvtype,
                      root,
                      comm,
                      request));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "recvcount", recvcount, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, const int
   * recvcounts[], const int displs[], MPI_Datatype recvtype, MPI_Comm comm, MPI_Request *request)},
   * MPI-4.0 section 6.12.
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
  public static void iallgatherv(
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
      IALLGATHERV.check(
          (int)
              IALLGATHERV
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
   * {@code int (const void *sendbuf, const int sendcounts[], const int sdispls[], MPI_Datatype
   * sendtype, void *recvbuf, const int recvcounts[], const int rdispls[], MPI_Datatype recvtype,
   * MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12.
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
  public static void ialltoallv(
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
      IALLTOALLV.check(
          (int)
              IALLTOALLV
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
   * {@code int (const void *sendbuf, const int sendcounts[], const int sdispls[], const
   * MPI_Datatype sendtypes[], void *recvbuf, const int recvcounts[], const int rdispls[], const
   * MPI_Datatype recvtypes[], MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12.
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
  public static void ialltoallw(
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
      IALLTOALLW.check(
          (int)
              IALLTOALLW
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

  /**
   * {@code int (const void *sendbuf, void *recvbuf, const int recvcounts[], MPI_Datatype datatype,
   * MPI_Op op, MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param recvcounts the address of the numbers of elements received
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void ireduceScatter(
      long sendbuf,
      long recvbuf,
      long recvcounts,
      long datatype,
      long op,
      long comm,
      long request) {
    try {
      IREDUCE_SCATTER.check(
          (int)
              IREDUCE_SCATTER
                  .handle()
                  .invokeExact(sendbuf, recvbuf, recvcounts, datatype, op, comm, request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
