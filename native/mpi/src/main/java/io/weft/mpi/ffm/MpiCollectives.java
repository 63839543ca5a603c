package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Collective communication (MPI-4.0 chapter 6). Every method checks the code that the C function
 * returns and throws {@link io.weft.mpi.MpiException}.
 */
public final class MpiCollectives {
  private static final MpiFunction BARRIER = MpiFunction.of("MPI_Barrier", HANDLE);

  private static final MpiFunction BCAST =
      MpiFunction.of("MPI_Bcast", POINTER, INT, HANDLE, INT, HANDLE);

  private static final MpiFunction REDUCE =
      MpiFunction.of("MPI_Reduce", POINTER, POINTER, INT, HANDLE, HANDLE, INT, HANDLE);

  private static final MpiFunction ALLREDUCE =
      MpiFunction.of("MPI_Allreduce", POINTER, POINTER, INT, HANDLE, HANDLE, HANDLE);

  private static final MpiFunction ALLGATHER =
      MpiFunction.of("MPI_Allgather", POINTER, INT, HANDLE, POINTER, INT, HANDLE, HANDLE);

  private static final MpiFunction ALLTOALL =
      MpiFunction.of("MPI_Alltoall", POINTER, INT, HANDLE, POINTER, INT, HANDLE, HANDLE);

  private static final MpiFunction GATHER =
      MpiFunction.of("MPI_Gather", POINTER, INT, HANDLE, POINTER, INT, HANDLE, INT, HANDLE);

  private static final MpiFunction SCATTER =
      MpiFunction.of("MPI_Scatter", POINTER, INT, HANDLE, POINTER, INT, HANDLE, INT, HANDLE);

  private static final MpiFunction REDUCE_SCATTER_BLOCK =
      MpiFunction.of("MPI_Reduce_scatter_block", POINTER, POINTER, INT, HANDLE, HANDLE, HANDLE);

  private static final MpiFunction SCAN =
      MpiFunction.of("MPI_Scan", POINTER, POINTER, INT, HANDLE, HANDLE, HANDLE);

  private MpiCollectives() {}

  /**
   * {@code int (MPI_Comm comm)}, MPI-4.0 section 6.3.
   *
   * @param comm the communicator
   */
  public static void barrier(long comm) {
    try {
      BARRIER.check((int) BARRIER.handle().invokeExact(comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (void *buffer, int count, MPI_Datatype datatype, int root, MPI_Comm comm)}, MPI-4.0
   * section 6.4.
   *
   * @param buffer the bytes' address
   * @param count elements
   * @param datatype their type
   * @param root the root rank
   * @param comm the communicator
   */
  public static void bcast(long buffer, int count, long datatype, int root, long comm) {
    try {
      BCAST.check((int) BCAST.handle().invokeExact(buffer, count, datatype, root, comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * int root, MPI_Comm comm)}, MPI-4.0 section 6.9.1.
   *
   * @param sendbuf the elements' address
   * @param recvbuf the result's address
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param root the root rank
   * @param comm the communicator
   */
  public static void reduce(
      long sendbuf, long recvbuf, int count, long datatype, long op, int root, long comm) {
    try {
      REDUCE.check(
          (int) REDUCE.handle().invokeExact(sendbuf, recvbuf, count, datatype, op, root, comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * MPI_Comm comm)}, MPI-4.0 section 6.9.6.
   *
   * @param sendbuf the elements' address
   * @param recvbuf the result's address
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   */
  public static void allreduce(
      long sendbuf, long recvbuf, int count, long datatype, long op, long comm) {
    try {
      ALLREDUCE.check(
          (int) ALLREDUCE.handle().invokeExact(sendbuf, recvbuf, count, datatype, op, comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, MPI_Comm comm)}, MPI-4.0 section 6.7.
   *
   * @param sendbuf the elements' address
   * @param sendcount elements sent
   * @param sendtype their type
   * @param recvbuf the result's address
   * @param recvcount elements received
   * @param recvtype their type
   * @param comm the communicator
   */
  public static void allgather(
      long sendbuf,
      int sendcount,
      long sendtype,
      long recvbuf,
      int recvcount,
      long recvtype,
      long comm) {
    try {
      ALLGATHER.check(
          (int)
              ALLGATHER
                  .handle()
                  .invokeExact(sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, MPI_Comm comm)}, MPI-4.0 section 6.8.
   *
   * @param sendbuf the elements' address
   * @param sendcount elements sent
   * @param sendtype their type
   * @param recvbuf the result's address
   * @param recvcount elements received
   * @param recvtype their type
   * @param comm the communicator
   */
  public static void alltoall(
      long sendbuf,
      int sendcount,
      long sendtype,
      long recvbuf,
      int recvcount,
      long recvtype,
      long comm) {
    try {
      ALLTOALL.check(
          (int)
              ALLTOALL
                  .handle()
                  .invokeExact(sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, int root, MPI_Comm comm)}, MPI-4.0 section 6.5.
   *
   * @param sendbuf the elements' address
   * @param sendcount elements sent
   * @param sendtype their type
   * @param recvbuf the result's address
   * @param recvcount elements received
   * @param recvtype their type
   * @param root the root rank
   * @param comm the communicator
   */
  public static void gather(
      long sendbuf,
      int sendcount,
      long sendtype,
      long recvbuf,
      int recvcount,
      long recvtype,
      int root,
      long comm) {
    try {
      GATHER.check(
          (int)
              GATHER
                  .handle()
                  .invokeExact(
                      sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, int root, MPI_Comm comm)}, MPI-4.0 section 6.6.
   *
   * @param sendbuf the elements' address
   * @param sendcount elements sent
   * @param sendtype their type
   * @param recvbuf the result's address
   * @param recvcount elements received
   * @param recvtype their type
   * @param root the root rank
   * @param comm the communicator
   */
  public static void scatter(
      long sendbuf,
      int sendcount,
      long sendtype,
      long recvbuf,
      int recvcount,
      long recvtype,
      int root,
      long comm) {
    try {
      SCATTER.check(
          (int)
              SCATTER
                  .handle()
                  .invokeExact(
                      sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int recvcount, MPI_Datatype datatype, MPI_Op
   * op, MPI_Comm comm)}, MPI-4.0 section 6.10.1.
   *
   * @param sendbuf the elements' address
   * @param recvbuf the result's address
   * @param recvcount elements of one block
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   */
  public static void reduceScatterBlock(
      long sendbuf, long recvbuf, int recvcount, long datatype, long op, long comm) {
    try {
      REDUCE_SCATTER_BLOCK.check(
          (int)
              REDUCE_SCATTER_BLOCK
                  .handle()
                  .invokeExact(sendbuf, recvbuf, recvcount, datatype, op, comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * MPI_Comm comm)}, MPI-4.0 section 6.11.1.
   *
   * @param sendbuf the elements' address
   * @param recvbuf the result's address
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   */
  public static void scan(
      long sendbuf, long recvbuf, int count, long datatype, long op, long comm) {
    try {
      SCAN.check((int) SCAN.handle().invokeExact(sendbuf, recvbuf, count, datatype, op, comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
