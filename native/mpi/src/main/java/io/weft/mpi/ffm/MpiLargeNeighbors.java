package io.weft.mpi.ffm;

import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * The same with counts and displacements of 64 bits (MPI-4.0 sections 8.6 and 8.7). Every method
 * checks the code that the C function returns and throws {@link io.weft.mpi.MpiException}; a
 * function that the library lacks, {@link UnsupportedOperationException}.
 */
public final class MpiLargeNeighbors {
  private static final MpiFunction NEIGHBOR_ALLGATHERV_C =
      MpiFunction.of(
          "MPI_Neighbor_allgatherv_c",
          POINTER,
          LONG,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE);

  private static final MpiFunction NEIGHBOR_ALLTOALLV_C =
      MpiFunction.of(
          "MPI_Neighbor_alltoallv_c",
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE);

  private static final MpiFunction NEIGHBOR_ALLTOALLW_C =
      MpiFunction.of(
          "MPI_Neighbor_alltoallw_c",
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          HANDLE);

  private static final MpiFunction INEIGHBOR_ALLGATHERV_C =
      MpiFunction.of(
          "MPI_Ineighbor_allgatherv_c",
          POINTER,
          LONG,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction INEIGHBOR_ALLTOALLV_C =
      MpiFunction.of(
          "MPI_Ineighbor_alltoallv_c",
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

  private static final MpiFunction INEIGHBOR_ALLTOALLW_C =
      MpiFunction.of(
          "MPI_Ineighbor_alltoallw_c",
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

  private MpiLargeNeighbors() {}

  /**
   * {@code int (const void *sendbuf, MPI_Count sendcount, MPI_Datatype sendtype, void *recvbuf,
   * const MPI_Count recvcounts[], const MPI_Aint displs[], MPI_Datatype recvtype, MPI_Comm comm)},
   * MPI-4.0 section 8.6.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcounts the address of the numbers of elements received
   * @param displs the address of where each block starts
   * @param recvtype the type received
   * @param comm the communicator
   */
  public static void neighborAllgathervC(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long displs,
      long recvtype,
      long comm) {
    try {
      NEIGHBOR_ALLGATHERV_C.check(
          (int)
              NEIGHBOR_ALLGATHERV_C
                  .handle()
                  .invokeExact(
                      sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, const MPI_Count sendcounts[], const MPI_Aint sdispls[],
   * MPI_Datatype sendtype, void *recvbuf, const MPI_Count recvcounts[], const MPI_Aint rdispls[],
   * MPI_Datatype recvtype, MPI_Comm comm)}, MPI-4.0 section 8.6.
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
   */
  public static void neighborAlltoallvC(
      long sendbuf,
      long sendcounts,
      long sdispls,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long rdispls,
      long recvtype,
      long comm) {
    try {
      NEIGHBOR_ALLTOALLV_C.check(
          (int)
              NEIGHBOR_ALLTOALLV_C
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
                      comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, const MPI_Count sendcounts[], const MPI_Aint sdispls[], const
   * MPI_Datatype sendtypes[], void *recvbuf, const MPI_Count recvcounts[], const MPI_Aint
   * rdispls[], const MPI_Datatype recvtypes[], MPI_Comm comm)}, MPI-4.0 section 8.6.
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
   */
  public static void neighborAlltoallwC(
      long sendbuf,
      long sendcounts,
      long sdispls,
      long sendtypes,
      long recvbuf,
      long recvcounts,
      long rdispls,
      long recvtypes,
      long comm) {
    try {
      NEIGHBOR_ALLTOALLW_C.check(
          (int)
              NEIGHBOR_ALLTOALLW_C
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
                      comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, MPI_Count sendcount, MPI_Datatype sendtype, void *recvbuf,
   * const MPI_Count recvcounts[], const MPI_Aint displs[], MPI_Datatype recvtype, MPI_Comm comm,
   * MPI_Request *request)}, MPI-4.0 section 8.7.
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
  public static void ineighborAllgathervC(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long displs,
      long recvtype,
      long comm,
      long request) {
    try {
      INEIGHBOR_ALLGATHERV_C.check(
          (int)
              INEIGHBOR_ALLGATHERV_C
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
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, const MPI_Count sendcounts[], const MPI_Aint sdispls[],
   * MPI_Datatype sendtype, void *recvbuf, const MPI_Count recvcounts[], const MPI_Aint rdispls[],
   * MPI_Datatype recvtype, MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 8.7.
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
  public static void ineighborAlltoallvC(
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
      INEIGHBOR_ALLTOALLV_C.check(
          (int)
              INEIGHBOR_ALLTOALLV_C
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
   * {@code int (const void *sendbuf, const MPI_Count sendcounts[], const MPI_Aint sdispls[], const
   * MPI_Datatype sendtypes[], void *recvbuf, const MPI_Count recvcounts[], const MPI_Aint
   * rdispls[], const MPI_Datatype recvtypes[], MPI_Comm comm, MPI_Request *request)}, MPI-4.0
   * section 8.7.
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
  public static void ineighborAlltoallwC(
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
      INEIGHBOR_ALLTOALLW_C.check(
          (int)
              INEIGHBOR_ALLTOALLW_C
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
}
