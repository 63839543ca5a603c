package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * The same with counts and displacements of 64 bits (MPI-4.0 section 6.12). Every method checks the
 * code that the C function returns and throws {@link io.weft.mpi.MpiException}; a function that the
 * library lacks, {@link UnsupportedOperationException}.
 */
public final class MpiNonBlockingLargeVectorCollectives {
  private static final MpiFunction IGATHERV_C =
      MpiFunction.of(
          "MPI_Igatherv_c",
          POINTER,
          LONG,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          INT,
          HANDLE,
          POINTER);

  private static final MpiFunction ISCATTERV_C =
      MpiFunction.of(
          "MPI_Iscatterv_c",
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          POINTER,
          LONG,
          HANDLE,
          INT,
          HANDLE,
          POINTER);

  private static final MpiFunction IALLGATHERV_C =
      MpiFunction.of(
          "MPI_Iallgatherv_c",
          POINTER,
          LONG,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE,
          POINTER);

  private static final MpiFunction IALLTOALLV_C =
      MpiFunction.of(
          "MPI_Ialltoallv_c",
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

  private static final MpiFunction IALLTOALLW_C =
      MpiFunction.of(
          "MPI_Ialltoallw_c",
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

  private static final MpiFunction IREDUCE_SCATTER_C =
      MpiFunction.of(
          "MPI_Ireduce_scatter_c", POINTER, POINTER, POINTER, HANDLE, HANDLE, HANDLE, POINTER);

  private MpiNonBlockingLargeVectorCollectives() {}

  /**
   * {@code int (const void *sendbuf, MPI_Count sendcount, MPI_Datatype sendtype, void *recvbuf,
   * const MPI_Count recvcounts[], const MPI_Aint displs[], MPI_Datatype recvtype, int root,
   * MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12.
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
  public static void igathervC(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long displs,
      long recvtype,
      int root,
      long comm,
      long request) {
    try {
      IGATHERV_C.check(
          (int)
              IGATHERV_C
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
      throw MpiErrors.told(t, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, const MPI_Count sendcounts[], const MPI_Aint displs[],
   * MPI_Datatype sendtype, void *recvbuf, MPI_Count recvcount, MPI_Datatype recvtype, int root,
   * MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12.
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
  public static void iscattervC(
      long sendbuf,
      long sendcounts,
      long displs,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      int root,
      long comm,
      long request) {
    try {
      ISCATTERV_C.check(
          (int)
              ISCATTERV_C
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
      throw MpiErrors.told(t, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, MPI_Count sendcount, MPI_Datatype sendtype, void *recvbuf,
   * const MPI_Count recvcounts[], const MPI_Aint displs[], MPI_Datatype recvtype, MPI_Comm comm,
   * MPI_Request *request)}, MPI-4.0 section 6.12.
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
  public static void iallgathervC(
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
      IALLGATHERV_C.check(
          (int)
              IALLGATHERV_C
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
   * MPI_Datatype recvtype, MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12.
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
  public static void ialltoallvC(
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
      IALLTOALLV_C.check(
          (int)
              IALLTOALLV_C
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
   * section 6.12.
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
  public static void ialltoallwC(
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
      IALLTOALLW_C.check(
          (int)
              IALLTOALLW_C
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
   * {@code int (const void *sendbuf, void *recvbuf, const MPI_Count recvcounts[], MPI_Datatype
   * datatype, MPI_Op op, MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param recvcounts the address of the numbers of elements received
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void ireduceScatterC(
      long sendbuf,
      long recvbuf,
      long recvcounts,
      long datatype,
      long op,
      long comm,
      long request) {
    try {
      IREDUCE_SCATTER_C.check(
          (int)
              IREDUCE_SCATTER_C
                  .handle()
                  .invokeExact(sendbuf, recvbuf, recvcounts, datatype, op, comm, request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
