package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Collective communication of blocks of unequal length (MPI-4.0 chapter 6). Every method checks the
 * code that the C function returns and throws {@link io.weft.mpi.MpiException}; a function that the
 * library lacks, {@link UnsupportedOperationException}.
 */
public final class MpiVectorCollectives {
  private static final MpiFunction GATHERV =
      MpiFunction.of(
          "MPI_Gatherv", POINTER, INT, HANDLE, POINTER, POINTER, POINTER, HANDLE, INT, HANDLE);

  private static final MpiFunction SCATTERV =
      MpiFunction.of(
          "MPI_Scatterv", POINTER, POINTER, POINTER, HANDLE, POINTER, INT, HANDLE, INT, HANDLE);

  private static final MpiFunction ALLGATHERV =
      MpiFunction.of(
          "MPI_Allgatherv", POINTER, INT, HANDLE, POINTER, POINTER, POINTER, HANDLE, HANDLE);

  private static final MpiFunction ALLTOALLV =
      MpiFunction.of(
          "MPI_Alltoallv",
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          POINTER,
          POINTER,
          POINTER,
          HANDLE,
          HANDLE);

  private static final MpiFunction ALLTOALLW =
      MpiFunction.of(
          "MPI_Alltoallw",
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          HANDLE);

  private static final MpiFunction REDUCE_SCATTER =
      MpiFunction.of("MPI_Reduce_scatter", POINTER, POINTER, POINTER, HANDLE, HANDLE, HANDLE);

  private MpiVectorCollectives() {}

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, const int
   * recvcounts[], const int displs[], MPI_Datatype recvtype, int root, MPI_Comm comm)}, MPI-4.0
   * section 6.5.
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
  public static void gatherv(
      long sendbuf,
      int sendcount,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long displs,
      long recvtype,
      int root,
      long comm) {
    try {
      GATHERV.check(
          (int)
              GATHERV
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
      throw MpiErrors.told(t, "sendcount", sendcount, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, const int sendcounts[], const int displs[], MPI_Datatype
   * sendtype, void *recvbuf, int recvcount, MPI_Datatype recvtype, int root, MPI_Comm comm)},
   * MPI-4.0 section 6.6.
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
  public static void scatterv(
      long sendbuf,
      long sendcounts,
      long displs,
      long sendtype,
      long recvbuf,
      int recvcount,
      long recvtype,
      int root,
      long comm) {
    try {
      SCATTERV.check(
          (int)
              SCATTERV
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
      throw MpiErrors.told(t, "recvcount", recvcount, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, const int
   * recvcounts[], const int displs[], MPI_Datatype recvtype, MPI_Comm comm)}, MPI-4.0 section 6.7.
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
  public static void allgatherv(
      long sendbuf,
      int sendcount,
      long sendtype,
      long recvbuf,
      long recvcounts,
      long displs,
      long recvtype,
      long comm) {
    try {
      ALLGATHERV.check(
          (int)
              ALLGATHERV
                  .handle()
                  .invokeExact(
                      sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, comm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, const int sendcounts[], const int sdispls[], MPI_Datatype
   * sendtype, void *recvbuf, const int recvcounts[], const int rdispls[], MPI_Datatype recvtype,
   * MPI_Comm comm)}, MPI-4.0 section 6.8.
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
  public static void alltoallv(
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
      ALLTOALLV.check(
          (int)
              ALLTOALLV
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
   * {@code int (const void *sendbuf, const int sendcounts[], const int sdispls[], const
   * MPI_Datatype sendtypes[], void *recvbuf, const int recvcounts[], const int rdispls[], const
   * MPI_Datatype recvtypes[], MPI_Comm comm)}, MPI-4.0 section 6.8.
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
  public static void alltoallw(
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
      ALLTOALLW.check(
          (int)
              ALLTOALLW
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
   * {@code int (const void *sendbuf, void *recvbuf, const int recvcounts[], MPI_Datatype datatype,
   * MPI_Op op, MPI_Comm comm)}, MPI-4.0 section 6.10.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param recvcounts the address of the numbers of elements received
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   */
  public static void reduceScatter(
      long sendbuf, long recvbuf, long recvcounts, long datatype, long op, long comm) {
    try {
      REDUCE_SCATTER.check(
          (int)
              REDUCE_SCATTER
                  .handle()
                  .invokeExact(sendbuf, recvbuf, recvcounts, datatype, op, comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
