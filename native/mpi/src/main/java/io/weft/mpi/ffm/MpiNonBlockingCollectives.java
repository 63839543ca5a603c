package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Collective communication that does not block (MPI-4.0 section 6.12). Every method checks the code
 * that the C function returns and throws {@link io.weft.mpi.MpiException}; a function that the
 * library lacks, {@link UnsupportedOperationException}.
 */
public final class MpiNonBlockingCollectives {
  private static final MpiFunction IBARRIER = MpiFunction.of("MPI_Ibarrier", HANDLE, POINTER);

  private static final MpiFunction IBCAST =
      MpiFunction.of("MPI_Ibcast", POINTER, INT, HANDLE, INT, HANDLE, POINTER);

  private static final MpiFunction IALLGATHER =
      MpiFunction.of("MPI_Iallgather", POINTER, INT, HANDLE, POINTER, INT, HANDLE, HANDLE, POINTER);

  private static final MpiFunction IALLTOALL =
      MpiFunction.of("MPI_Ialltoall", POINTER, INT, HANDLE, POINTER, INT, HANDLE, HANDLE, POINTER);

  private static final MpiFunction IGATHER =
      MpiFunction.of(
          "MPI_Igather", POINTER, INT, HANDLE, POINTER, INT, HANDLE, INT, HANDLE, POINTER);

  private static final MpiFunction ISCATTER =
      MpiFunction.of(
          "MPI_Iscatter", POINTER, INT, HANDLE, POINTER, INT, HANDLE, INT, HANDLE, POINTER);

  private MpiNonBlockingCollectives() {}

  /**
   * {@code int (MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12.
   *
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void ibarrier(long comm, long request) {
    try {
      IBARRIER.check((int) IBARRIER.handle().invokeExact(comm, request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (void *buffer, int count, MPI_Datatype datatype, int root, MPI_Comm comm,
   * MPI_Request *request)}, MPI-4.0 section 6.12; its large-count form past 2^31-1.
   *
   * @param buffer the buffer's address
   * @param count elements
   * @param datatype their type
   * @param root the root rank
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void ibcast(
      long buffer, long count, long datatype, int root, long comm, long request) {
    try {
      if (count == (int) count) {
        IBCAST.check(
            (int) IBCAST.handle().invokeExact(buffer, (int) count, datatype, root, comm, request));
      } else {
        Large.IBCAST.check(
            (int) Large.IBCAST.handle().invokeExact(buffer, count, datatype, root, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12;
   * its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void iallgather(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      long comm,
      long request) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        IALLGATHER.check(
            (int)
                IALLGATHER
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        comm,
                        request));
      } else {
        Large.IALLGATHER.check(
            (int)
                Large.IALLGATHER
                    .handle()
                    .invokeExact(
                        sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, MPI_Comm comm, MPI_Request *request)}, MPI-4.0 section 6.12;
   * its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void ialltoall(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      long comm,
      long request) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        IALLTOALL.check(
            (int)
                IALLTOALL
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        comm,
                        request));
      } else {
        Large.IALLTOALL.check(
            (int)
                Large.IALLTOALL
                    .handle()
                    .invokeExact(
                        sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, int root, MPI_Comm comm, MPI_Request *request)}, MPI-4.0
   * section 6.12; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param root the root rank
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void igather(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      int root,
      long comm,
      long request) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        IGATHER.check(
            (int)
                IGATHER
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        root,
                        comm,
                        request));
      } else {
        Large.IGATHER.check(
            (int)
                Large.IGATHER
                    .handle()
                    .invokeExact(
                        sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm,
                        request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount, "root", root);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, void *recvbuf, int
   * recvcount, MPI_Datatype recvtype, int root, MPI_Comm comm, MPI_Request *request)}, MPI-4.0
   * section 6.12; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param root the root rank
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void iscatter(
      long sendbuf,
      long sendcount,
      long sendtype,
      long recvbuf,
      long recvcount,
      long recvtype,
      int root,
      long comm,
      long request) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        ISCATTER.check(
            (int)
                ISCATTER
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        root,
                        comm,
                        request));
      } else {
        Large.ISCATTER.check(
            (int)
                Large.ISCATTER
                    .handle()
                    .invokeExact(
                        sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root, comm,
                        request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "sendcount", sendcount, "recvcount", recvcount, "root", root);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction IBCAST =
        MpiFunction.of("MPI_Ibcast_c", POINTER, LONG, HANDLE, INT, HANDLE, POINTER);

    private static final MpiFunction IALLGATHER =
        MpiFunction.of(
            "MPI_Iallgather_c", POINTER, LONG, HANDLE, POINTER, LONG, HANDLE, HANDLE, POINTER);

    private static final MpiFunction IALLTOALL =
        MpiFunction.of(
            "MPI_Ialltoall_c", POINTER, LONG, HANDLE, POINTER, LONG, HANDLE, HANDLE, POINTER);

    private static final MpiFunction IGATHER =
        MpiFunction.of(
            "MPI_Igather_c", POINTER, LONG, HANDLE, POINTER, LONG, HANDLE, INT, HANDLE, POINTER);

    private static final MpiFunction ISCATTER =
        MpiFunction.of(
            "MPI_Iscatter_c", POINTER, LONG, HANDLE, POINTER, LONG, HANDLE, INT, HANDLE, POINTER);

    private Large() {}
  }
}
