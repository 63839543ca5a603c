package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * The same with counts and displacements of 64 bits (MPI-4.0 chapter 6). Every method checks the
 * code that the C function returns and throws {@link io.weft.mpi.MpiException}; a function that the
 * library lacks, {@link UnsupportedOperationException}.
 */
public final class MpiLargeVectorCollectives {
  private static final MpiFunction GATHERV_C =
      MpiFunction.of(
          "MPI_Gatherv_c", POINTER, LONG, HANDLE, POINTER, POINTER, POINTER, HANDLE, INT, HANDLE);

  private static final MpiFunction SCATTERV_C =
      MpiFunction.of(
          "MPI_Scatterv_c", POINTER, POINTER, POINTER, HANDLE, POINTER, LONG, HANDLE, INT, HANDLE);

  private static final MpiFunction ALLGATHERV_C =
      MpiFunction.of(
          "MPI_Allgatherv_c", POINTER, LONG, HANDLE, POINTER, POINTER, POINTER, HANDLE, HANDLE);

  private static final MpiFunction ALLTOALLV_C =
      MpiFunction.of(
          "MPI_Alltoallv_c",
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE);

  private static final MpiFunction ALLTOALLW_C =
      MpiFunction.of(
          "MPI_Alltoallw_c",
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          HANDLE);

  private static final MpiFunction REDUCE_SCATTER_C =
      MpiFunction.of("MPI_Reduce_scatter_c", POINTER, POINTER, POINTER, HANDLE, HANDLE, HANDLE);

  private MpiLargeVectorCollectives() {}

  /**
   * {@code int (const void *sendbuf, MPI_Count sendcount, MPI_Datatype sendtype, void *recvbuf,
   * const MPI_Count recvcounts[], const MPI_Aint displs[], MPI_Datatype recvtype, int root,
   * MPI_Comm comm)}, MPI-4.0 section 6.5.
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
   */
  public static void gathervC(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long displs,
      long recvtype,
      int root,
      long comm) {
    try {
      GATHERV_C.check(
          (int)
              GATHERV_C
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
                      comm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, const MPI_Count sendcounts[], const MPI_Aint displs[],
   * MPI_Datatype sendtype, void *recvbuf, MPI_Count recvcount, MPI_Datatype recvtype, int root,
   * MPI_Comm comm)}, MPI-4.0 section 6.6.
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
   */
  public static void scattervC(
      long sendbuf,
      long sendcounts,
      long displs,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      int root,
      long comm) {
    try {
      SCATTERV_C.check(
          (int)
              SCATTERV_C
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
                      comm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, MPI_Count sendcount, MPI_Datatype sendtype, void *recvbuf,
   * const MPI_Count recvcounts[], const MPI_Aint displs[], MPI_Datatype recvtype, MPI_Comm comm)},
   * MPI-4.0 section 6.7.
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
  public static void allgathervC(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long displs,
      long recvtype,
      long comm) {
    try {
      ALLGATHERV_C.check(
          (int)
              ALLGATHERV_C
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
   * MPI_Datatype recvtype, MPI_Comm comm)}, MPI-4.0 section 6.8.
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
  public static void alltoallvC(
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
      ALLTOALLV_C.check(
          (int)
              ALLTOALLV_C
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
   * rdispls[], const MPI_Datatype recvtypes[], MPI_Comm comm)}, MPI-4.0 section 6.8.
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
  public static void alltoallwC(
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
      ALLTOALLW_C.check(
          (int)
              ALLTOALLW_C
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
   * {@code int (const void *sendbuf, void *recvbuf, const MPI_Count recvcounts[], MPI_Datatype
   * datatype, MPI_Op op, MPI_Comm comm)}, MPI-4.0 section 6.10.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param recvcounts the address of the numbers of elements received
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   */
  public static void reduceScatterC(
      long sendbuf, long recvbuf, long recvcounts, long datatype, long op, long comm) {
    try {
      REDUCE_SCATTER_C.check(
          (int)
              REDUCE_SCATTER_C
                  .handle()
                  .invokeExact(sendbuf, recvbuf, recvcounts, datatype, op, comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
