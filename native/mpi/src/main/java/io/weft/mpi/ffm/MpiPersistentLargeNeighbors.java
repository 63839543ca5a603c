package io.weft.mpi.ffm;

import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Persistent collectives of neighbours on blocks of unequal length past 2^31-1 (MPI-4.0 section
 * 8.8). Every method checks the code that the C function returns and throws {@link
 * io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiPersistentLargeNeighbors {
  private static final MpiFunction NEIGHBOR_ALLGATHERV_INIT_C =
      MpiFunction.of(
          "MPI_Neighbor_allgatherv_init_c",
          POINTER,
          LONG,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction NEIGHBOR_ALLTOALLV_INIT_C =
      MpiFunction.of(
          "MPI_Neighbor_alltoallv_init_c",
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

  private static final MpiFunction NEIGHBOR_ALLTOALLW_INIT_C =
      MpiFunction.of(
          "MPI_Neighbor_alltoallw_init_c",
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

  private MpiPersistentLargeNeighbors() {}

  /**
   * {@code int (const void *sendbuf, MPI_Count sendcount, MPI_Datatype sendtype, void *recvbuf,
   * const MPI_Count recvcounts[], const MPI_Aint displs[], MPI_Datatype recvtype, MPI_Comm comm,
   * MPI_Info info, MPI_Request *request)}, MPI-4.0 section 8.8.
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
  public static void neighborAllgathervInitC(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long displs,
      long recvtype,
      long comm,
      long info,
      long request) {
    try {
      NEIGHBOR_ALLGATHERV_INIT_C.check(
          (int)
              NEIGHBOR_ALLGATHERV_INIT_C
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
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, const MPI_Count sendcounts[], const MPI_Aint sdispls[],
   * MPI_Datatype sendtype, void *recvbuf, const MPI_Count recvcounts[], const MPI_Aint rdispls[],
   * MPI_Datatype recvtype, MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section
   * 8.8.
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
  public static void neighborAlltoallvInitC(
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
      NEIGHBOR_ALLTOALLV_INIT_C.check(
          (int)
              NEIGHBOR_ALLTOALLV_INIT_C
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
   * {@code int (const void *sendbuf, const MPI_Count sendcounts[], const MPI_Aint sdispls[], const
   * MPI_Datatype sendtypes[], void *recvbuf, const MPI_Count recvcounts[], const MPI_Aint
   * rdispls[], const MPI_Datatype recvtypes[], MPI_Comm comm, MPI_Info info, MPI_Request
   * *request)}, MPI-4.0 section 8.8.
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
  public static void neighborAlltoallwInitC(
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
      NEIGHBOR_ALLTOALLW_INIT_C.check(
          (int)
              NEIGHBOR_ALLTOALLW_INIT_C
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
}
