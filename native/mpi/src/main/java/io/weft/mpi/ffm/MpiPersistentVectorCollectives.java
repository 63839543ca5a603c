package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Persistent collectives on blocks of unequal length (MPI-4.0 section 6.13). Every method checks
 * the code that the C function returns and throws {@link io.weft.mpi.MpiException}; a function that
 * the library lacks, {@link UnsupportedOperationException}.
 */
public final class MpiPersistentVectorCollectives {
  private static final MpiFunction GATHERV_INIT =
      MpiFunction.of(
          "MPI_Gatherv_init",
          POINTER,
          INT,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          INT,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction SCATTERV_INIT =
      MpiFunction.of(
          "MPI_Scatterv_init",
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          POINTER,
          INT,
          HANDLE,
          INT,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction ALLGATHERV_INIT =
      MpiFunction.of(
          "MPI_Allgatherv_init",
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

  private static final MpiFunction ALLTOALLV_INIT =
      MpiFunction.of(
          "MPI_Alltoallv_init",
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

  private static final MpiFunction ALLTOALLW_INIT =
      MpiFunction.of(
          "MPI_Alltoallw_init",
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

  private static final MpiFunction REDUCE_SCATTER_INIT =
      MpiFunction.of(
          "MPI_Reduce_scatter_init",
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE,
          HANDLE,
          HANDLE,
          POINTER);

  private MpiPersistentVectorCollectives() {}

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, const int
   * recvcounts[], const int displs[], MPI_Datatype recvtype, int root, MPI_Comm comm, MPI_Info
   * info, MPI_Request *request)}, MPI-4.0 section 6.13.
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
   * @param info hints
   * @param request the address of the request
   */
  public static void gathervInit(
      long sendbuf,
      int sendcount,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long displs,
      long recvtype,
      int root,
      long comm,
      long info,
      long request) {
    try {
      GATHERV_INIT.check(
          (int)
              GATHERV_INIT
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
                      info,
                      request));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, const int sendcounts[], const int displs[], MPI_Datatype
   * sendtype, void *recvbuf, int recvcount, MPI_Datatype recvtype, int root, MPI_Comm comm,
   * MPI_Info info, MPI_Request *request)}, MPI-4.0 section 6.13.
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
   * @param info hints
   * @param request the address of the request
   */
  public static void scattervInit(
      long sendbuf,
      long sendcounts,
      long displs,
      long sendtype,
      long recvbuf,
      int recvcount,
      long recvtype,
      int root,
      long comm,
      long info,
      long request) {
    try {
      SCATTERV_INIT.check(
          (int)
              SCATTERV_INIT
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
                      info,
                      request));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "recvcount", recvcount, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, const int
   * recvcounts[], const int displs[], MPI_Datatype recvtype, MPI_Comm comm, MPI_Info info,
   * MPI_Request *request)}, MPI-4.0 section 6.13.
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
  public static void allgathervInit(
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
      ALLGATHERV_INIT.check(
          (int)
              ALLGATHERV_INIT
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
   * {@code int (const void *sendbuf, const int sendcounts[], const int sdispls[], MPI_Datatype
   * sendtype, void *recvbuf, const int recvcounts[], const int rdispls[], MPI_Datatype recvtype,
   * MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section 6.13.
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
  public static void alltoallvInit(
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
      ALLTOALLV_INIT.check(
          (int)
              ALLTOALLV_INIT
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
   * {@code int (const void *sendbuf, const int sendcounts[], const int sdispls[], const
   * MPI_Datatype sendtypes[], void *recvbuf, const int recvcounts[], const int rdispls[], const
   * MPI_Datatype recvtypes[], MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section
   * 6.13.
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
  public static void alltoallwInit(
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
      ALLTOALLW_INIT.check(
          (int)
              ALLTOALLW_INIT
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

  /**
   * {@code int (const void *sendbuf, void *recvbuf, const int recvcounts[], MPI_Datatype datatype,
   * MPI_Op op, MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section 6.13.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param recvcounts the address of the numbers of elements received
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   * @param info hints
   * @param request the address of the request
   */
  public static void reduceScatterInit(
      long sendbuf,
      long recvbuf,
      long recvcounts,
      long datatype,
      long op,
      long comm,
      long info,
      long request) {
    try {
      REDUCE_SCATTER_INIT.check(
          (int)
              REDUCE_SCATTER_INIT
                  .handle()
                  .invokeExact(sendbuf, recvbuf, recvcounts, datatype, op, comm, info, request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
