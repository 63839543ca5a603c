package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Persistent collectives on blocks of unequal length past 2^31-1 (MPI-4.0 section 6.13). Every
 * method checks the code that the C function returns and throws {@link io.weft.mpi.MpiException}; a
 * function that the library lacks, {@link UnsupportedOperationException}.
 */
public final class MpiPersistentLargeVectorCollectives {
  private static final MpiFunction GATHERV_INIT_C =
      MpiFunction.of(
          "MPI_Gatherv_init_c",
          POINTER,
          LONG,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          INT,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction SCATTERV_INIT_C =
      MpiFunction.of(
          "MPI_Scatterv_init_c",
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          POINTER,
          LONG,
          HANDLE,
          INT,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction ALLGATHERV_INIT_C =
      MpiFunction.of(
          "MPI_Allgatherv_init_c",
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

  private static final MpiFunction ALLTOALLV_INIT_C =
      MpiFunction.of(
          "MPI_Alltoallv_init_c",
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

  private static final MpiFunction ALLTOALLW_INIT_C =
      MpiFunction.of(
          "MPI_Alltoallw_init_c",
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

  private static final MpiFunction REDUCE_SCATTER_INIT_C =
      MpiFunction.of(
          "MPI_Reduce_scatter_init_c",
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE,
          HANDLE,
          HANDLE,
          POINTER);

  private MpiPersistentLargeVectorCollectives() {}

  /**
   * {@code int (const void *sendbuf, MPI_Count sendcount, MPI_Datatype sendtype, void *recvbuf,
   * const MPI_Count recvcounts[], const MPI_Aint displs[], MPI_Datatype recvtype, int root,
   * MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section 6.13.
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
  public static void gathervInitC(
      long sendbuf,
      long sendcount,
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
      GATHERV_INIT_C.check(
          (int)
              GATHERV_INIT_C
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
      throw MpiErrors.told(t, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, const MPI_Count sendcounts[], const MPI_Aint displs[],
   * MPI_Datatype sendtype, void *recvbuf, MPI_Count recvcount, MPI_Datatype recvtype, int root,
   * MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section 6.13.
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
  public static void scattervInitC(
      long sendbuf,
      long sendcounts,
      long displs,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      int root,
      long comm,
      long info,
      long request) {
    try {
      SCATTERV_INIT_C.check(
          (int)
              SCATTERV_INIT_C
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
      throw MpiErrors.told(t, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, MPI_Count sendcount, MPI_Datatype sendtype, void *recvbuf,
   * const MPI_Count recvcounts[], const MPI_Aint displs[], MPI_Datatype recvtype, MPI_Comm comm,
   * MPI_Info info, MPI_Request *request)}, MPI-4.0 section 6.13.
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
  public static void allgathervInitC(
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
      ALLGATHERV_INIT_C.check(
          (int)
              ALLGATHERV_INIT_C
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
   * 6.13.
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
  public static void alltoallvInitC(
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
      ALLTOALLV_INIT_C.check(
          (int)
              ALLTOALLV_INIT_C
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
   * *request)}, MPI-4.0 section 6.13.
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
  public static void alltoallwInitC(
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
      ALLTOALLW_INIT_C.check(
          (int)
              ALLTOALLW_INIT_C
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
   * {@code int (const void *sendbuf, void *recvbuf, const MPI_Count recvcounts[], MPI_Datatype
   * datatype, MPI_Op op, MPI_Comm comm, MPI_Info info, MPI_Request *request)}, MPI-4.0 section
   * 6.13.
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
  public static void reduceScatterInitC(
      long sendbuf,
      long recvbuf,
      long recvcounts,
      long datatype,
      long op,
      long comm,
      long info,
      long request) {
    try {
      REDUCE_SCATTER_INIT_C.check(
          (int)
              REDUCE_SCATTER_INIT_C
                  .handle()
                  .invokeExact(sendbuf, recvbuf, recvcounts, datatype, op, comm, info, request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
