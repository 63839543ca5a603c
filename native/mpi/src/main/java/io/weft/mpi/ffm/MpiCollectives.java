package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Collective communication (MPI-4.0 chapter 6). Every method checks the code that the C function
 * returns and throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
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

  private static final MpiFunction EXSCAN =
      MpiFunction.of("MPI_Exscan", POINTER, POINTER, INT, HANDLE, HANDLE, HANDLE);

  private static final MpiFunction REDUCE_LOCAL =
      MpiFunction.of("MPI_Reduce_local", POINTER, POINTER, INT, HANDLE, HANDLE);

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
   * section 6.4; its large-count form past 2^31-1.
   *
   * @param buffer the buffer's address
   * @param count elements
   * @param datatype their type
   * @param root the root rank
   * @param comm the communicator
   */
  public static void bcast(long buffer, long count, long datatype, int root, long comm) {
    try {
      if (count == (int) count) {
        BCAST.check((int) BCAST.handle().invokeExact(buffer, (int) count, datatype, root, comm));
      } else {
        Large.BCAST.check(
            (int) Large.BCAST.handle().invokeExact(buffer, count, datatype, root, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * int root, MPI_Comm comm)}, MPI-4.0 section 6.9; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param root the root rank
   * @param comm the communicator
   */
  public static void reduce(
      long sendbuf, long recvbuf, long count, long datatype, long op, int root, long comm) {
    try {
      if (count == (int) count) {
        REDUCE.check(
            (int)
                REDUCE
                    .handle()
                    .invokeExact(sendbuf, recvbuf, (int) count, datatype, op, root, comm));
      } else {
        Large.REDUCE.check(
            (int)
                Large.REDUCE
                    .handle()
                    .invokeExact(sendbuf, recvbuf, count, datatype, op, root, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * MPI_Comm comm)}, MPI-4.0 section 6.9; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   */
  public static void allreduce(
      long sendbuf, long recvbuf, long count, long datatype, long op, long comm) {
    try {
      if (count == (int) count) {
        ALLREDUCE.check(
            (int)
                ALLREDUCE.handle().invokeExact(sendbuf, recvbuf, (int) count, datatype, op, comm));
      } else {
        Large.ALLREDUCE.check(
            (int)
                Large.ALLREDUCE.handle().invokeExact(sendbuf, recvbuf, count, datatype, op, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, MPI_Comm comm)}, MPI-4.0 section 6.7; its large-count form
   * past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param comm the communicator
   */
  public static void allgather(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      long comm) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        ALLGATHER.check(
            (int)
                ALLGATHER
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        comm));
      } else {
        Large.ALLGATHER.check(
            (int)
                Large.ALLGATHER
                    .handle()
                    .invokeExact(sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, MPI_Comm comm)}, MPI-4.0 section 6.8; its large-count form
   * past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param comm the communicator
   */
  public static void alltoall(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      long comm) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        ALLTOALL.check(
            (int)
                ALLTOALL
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        comm));
      } else {
        Large.ALLTOALL.check(
            (int)
                Large.ALLTOALL
                    .handle()
                    .invokeExact(sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, int root, MPI_Comm comm)}, MPI-4.0 section 6.5; its large-
   * count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param root the root rank
   * @param comm the communicator
   */
  public static void gather(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      int root,
      long comm) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        GATHER.check(
            (int)
                GATHER
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        root,
                        comm));
      } else {
        Large.GATHER.check(
            (int)
                Large.GATHER
                    .handle()
                    .invokeExact(
                        sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, int root, MPI_Comm comm)}, MPI-4.0 section 6.6; its large-
   * count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param root the root rank
   * @param comm the communicator
   */
  public static void scatter(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      int root,
      long comm) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        SCATTER.check(
            (int)
                SCATTER
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        root,
                        comm));
      } else {
        Large.SCATTER.check(
            (int)
                Large.SCATTER
                    .handle()
                    .invokeExact(
                        sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int recvcount, MPI_Datatype datatype, MPI_Op
   * op, MPI_Comm comm)}, MPI-4.0 section 6.10; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   */
  public static void reduceScatterBlock(
      long sendbuf, long recvbuf, long recvcount, long datatype, long op, long comm) {
    try {
      if (recvcount == (int) recvcount) {
        REDUCE_SCATTER_BLOCK.check(
            (int)
                REDUCE_SCATTER_BLOCK
                    .handle()
                    .invokeExact(sendbuf, recvbuf, (int) recvcount, datatype, op, comm));
      } else {
        Large.REDUCE_SCATTER_BLOCK.check(
            (int)
                Large.REDUCE_SCATTER_BLOCK
                    .handle()
                    .invokeExact(sendbuf, recvbuf, recvcount, datatype, op, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "recvcount", recvcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * MPI_Comm comm)}, MPI-4.0 section 6.11; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   */
  public static void scan(
      long sendbuf, long recvbuf, long count, long datatype, long op, long comm) {
    try {
      if (count == (int) count) {
        SCAN.check(
            (int) SCAN.handle().invokeExact(sendbuf, recvbuf, (int) count, datatype, op, comm));
      } else {
        Large.SCAN.check(
            (int) Large.SCAN.handle().invokeExact(sendbuf, recvbuf, count, datatype, op, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (const void *sendbuf, void *recvbuf, int count, MPI_Datatype datatype, MPI_Op op,
   * MPI_Comm comm)}, MPI-4.0 section 6.11; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param recvbuf the address of what is received
   * @param count elements
   * @param datatype their type
   * @param op the operation
   * @param comm the communicator
   */
  public static void exscan(
      long sendbuf, long recvbuf, long count, long datatype, long op, long comm) {
    try {
      if (count == (int) count) {
        EXSCAN.check(
            (int) EXSCAN.handle().invokeExact(sendbuf, recvbuf, (int) count, datatype, op, comm));
      } else {
        Large.EXSCAN.check(
            (int) Large.EXSCAN.handle().invokeExact(sendbuf, recvbuf, count, datatype, op, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (const void *inbuf, void *inoutbuf, int count, MPI_Datatype datatype, MPI_Op op)},
   * MPI-4.0 section 6.9.7; its large-count form past 2^31-1.
   *
   * @param inbuf {@code inbuf} of the C function
   * @param inoutbuf {@code inoutbuf} of the C function
   * @param count elements
   * @param datatype their type
   * @param op the operation
   */
  public static void reduceLocal(long inbuf, long inoutbuf, long count, long datatype, long op) {
    try {
      if (count == (int) count) {
        REDUCE_LOCAL.check(
            (int) REDUCE_LOCAL.handle().invokeExact(inbuf, inoutbuf, (int) count, datatype, op));
      } else {
        Large.REDUCE_LOCAL.check(
            (int) Large.REDUCE_LOCAL.handle().invokeExact(inbuf, inoutbuf, count, datatype, op));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction BCAST =
        MpiFunction.of("MPI_Bcast_c", POINTER, LONG, HANDLE, INT, HANDLE);

    private static final MpiFunction REDUCE =
        MpiFunction.of("MPI_Reduce_c", POINTER, POINTER, LONG, HANDLE, HANDLE, INT, HANDLE);

    private static final MpiFunction ALLREDUCE =
        MpiFunction.of("MPI_Allreduce_c", POINTER, POINTER, LONG, HANDLE, HANDLE, HANDLE);

    private static final MpiFunction ALLGATHER =
        MpiFunction.of("MPI_Allgather_c", POINTER, LONG, HANDLE, POINTER, LONG, HANDLE, HANDLE);

    private static final MpiFunction ALLTOALL =
        MpiFunction.of("MPI_Alltoall_c", POINTER, LONG, HANDLE, POINTER, LONG, HANDLE, HANDLE);

    private static final MpiFunction GATHER =
        MpiFunction.of("MPI_Gather_c", POINTER, LONG, HANDLE, POINTER, LONG, HANDLE, INT, HANDLE);

    private static final MpiFunction SCATTER =
        MpiFunction.of("MPI_Scatter_c", POINTER, LONG, HANDLE, POINTER, LONG, HANDLE, INT, HANDLE);

    private static final MpiFunction REDUCE_SCATTER_BLOCK =
        MpiFunction.of(
            "MPI_Reduce_scatter_block_c", POINTER, POINTER, LONG, HANDLE, HANDLE, HANDLE);

    private static final MpiFunction SCAN =
        MpiFunction.of("MPI_Scan_c", POINTER, POINTER, LONG, HANDLE, HANDLE, HANDLE);

    private static final MpiFunction EXSCAN =
        MpiFunction.of("MPI_Exscan_c", POINTER, POINTER, LONG, HANDLE, HANDLE, HANDLE);

    private static final MpiFunction REDUCE_LOCAL =
        MpiFunction.of("MPI_Reduce_local_c", POINTER, POINTER, LONG, HANDLE, HANDLE);

    private Large() {}
  }
}
