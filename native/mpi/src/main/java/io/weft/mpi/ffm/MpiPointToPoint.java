package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Point-to-point communication (MPI-4.0 chapter 3). Every method checks the code that the C
 * function returns and throws {@link io.weft.mpi.MpiException}.
 */
public final class MpiPointToPoint {
  private static final MpiFunction SEND =
      MpiFunction.of("MPI_Send", POINTER, INT, HANDLE, INT, INT, HANDLE);

  private static final MpiFunction RECV =
      MpiFunction.of("MPI_Recv", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction ISEND =
      MpiFunction.of("MPI_Isend", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction IRECV =
      MpiFunction.of("MPI_Irecv", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction SENDRECV =
      MpiFunction.of(
          "MPI_Sendrecv",
          POINTER,
          INT,
          HANDLE,
          INT,
          INT,
          POINTER,
          INT,
          HANDLE,
          INT,
          INT,
          HANDLE,
          POINTER);

  private static final MpiFunction AWAIT = MpiFunction.of("MPI_Wait", POINTER, POINTER);

  private static final MpiFunction TEST = MpiFunction.of("MPI_Test", POINTER, POINTER, POINTER);

  private static final MpiFunction CANCEL = MpiFunction.of("MPI_Cancel", POINTER);

  private static final MpiFunction GET_COUNT =
      MpiFunction.of("MPI_Get_count", POINTER, HANDLE, POINTER);

  private static final MpiFunction PROBE = MpiFunction.of("MPI_Probe", INT, INT, HANDLE, POINTER);

  private static final MpiFunction IPROBE =
      MpiFunction.of("MPI_Iprobe", INT, INT, HANDLE, POINTER, POINTER);

  private MpiPointToPoint() {}

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm)}, MPI-4.0 section 3.2.1.
   *
   * @param buf the message's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   */
  public static void send(long buf, int count, long datatype, int dest, int tag, long comm) {
    try {
      SEND.check((int) SEND.handle().invokeExact(buf, count, datatype, dest, tag, comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (void *buf, int count, MPI_Datatype datatype, int source, int tag, MPI_Comm comm,
   * MPI_Status *status)}, MPI-4.0 section 3.2.4.
   *
   * @param buf the message's address
   * @param count elements
   * @param datatype their type
   * @param source the sender
   * @param tag the tag
   * @param comm the communicator
   * @param status filled with the outcome, or the ABI's ignore value
   */
  public static void recv(
      long buf, int count, long datatype, int source, int tag, long comm, long status) {
    try {
      RECV.check((int) RECV.handle().invokeExact(buf, count, datatype, source, tag, comm, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm, MPI_Request *request)}, MPI-4.0 section 3.7.2.
   *
   * @param buf the message's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void isend(
      long buf, int count, long datatype, int dest, int tag, long comm, long request) {
    try {
      ISEND.check((int) ISEND.handle().invokeExact(buf, count, datatype, dest, tag, comm, request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (void *buf, int count, MPI_Datatype datatype, int source, int tag, MPI_Comm comm,
   * MPI_Request *request)}, MPI-4.0 section 3.7.2.
   *
   * @param buf the message's address
   * @param count elements
   * @param datatype their type
   * @param source the sender
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void irecv(
      long buf, int count, long datatype, int source, int tag, long comm, long request) {
    try {
      IRECV.check(
          (int) IRECV.handle().invokeExact(buf, count, datatype, source, tag, comm, request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, int dest, int sendtag,
   * void *recvbuf, int recvcount, MPI_Datatype recvtype, int source, int recvtag, MPI_Comm comm,
   * MPI_Status *status)}, MPI-4.0 section 3.10.
   *
   * @param sendbuf the elements' address
   * @param sendcount elements sent
   * @param sendtype their type
   * @param dest the receiver
   * @param sendtag the sent message's tag
   * @param recvbuf the result's address
   * @param recvcount elements received
   * @param recvtype their type
   * @param source the sender
   * @param recvtag the received message's tag
   * @param comm the communicator
   * @param status filled with the outcome, or the ABI's ignore value
   */
  public static void sendrecv(
      long sendbuf,
      int sendcount,
      long sendtype,
      int dest,
      int sendtag,
      long recvbuf,
      int recvcount,
      long recvtype,
      int source,
      int recvtag,
      long comm,
      long status) {
    try {
      SENDRECV.check(
          (int)
              SENDRECV
                  .handle()
                  .invokeExact(
                      sendbuf, sendcount, sendtype, dest, sendtag, recvbuf, recvcount, recvtype,
                      source, recvtag, comm, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Request *request, MPI_Status *status)}, MPI-4.0 section 3.7.3.
   *
   * @param request the address of the request
   * @param status filled with the outcome, or the ABI's ignore value
   */
  public static void await(long request, long status) {
    try {
      AWAIT.check((int) AWAIT.handle().invokeExact(request, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Request *request, int *flag, MPI_Status *status)}, MPI-4.0 section 3.7.3.
   *
   * @param request the address of the request
   * @param flag the address of the answer
   * @param status filled with the outcome, or the ABI's ignore value
   */
  public static void test(long request, long flag, long status) {
    try {
      TEST.check((int) TEST.handle().invokeExact(request, flag, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Request *request)}, MPI-4.0 section 3.8.4.
   *
   * @param request the address of the request
   */
  public static void cancel(long request) {
    try {
      CANCEL.check((int) CANCEL.handle().invokeExact(request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const MPI_Status *status, MPI_Datatype datatype, int *count)}, MPI-4.0 section
   * 3.2.5.
   *
   * @param status filled with the outcome, or the ABI's ignore value
   * @param datatype their type
   * @param count the address of the answer
   */
  public static void getCount(long status, long datatype, long count) {
    try {
      GET_COUNT.check((int) GET_COUNT.handle().invokeExact(status, datatype, count));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int source, int tag, MPI_Comm comm, MPI_Status *status)}, MPI-4.0 section 3.8.1.
   *
   * @param source the sender
   * @param tag the tag
   * @param comm the communicator
   * @param status filled with the outcome, or the ABI's ignore value
   */
  public static void probe(int source, int tag, long comm, long status) {
    try {
      PROBE.check((int) PROBE.handle().invokeExact(source, tag, comm, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (int source, int tag, MPI_Comm comm, int *flag, MPI_Status *status)}, MPI-4.0
   * section 3.8.1.
   *
   * @param source the sender
   * @param tag the tag
   * @param comm the communicator
   * @param flag the address of the answer
   * @param status filled with the outcome, or the ABI's ignore value
   */
  public static void iprobe(int source, int tag, long comm, long flag, long status) {
    try {
      IPROBE.check((int) IPROBE.handle().invokeExact(source, tag, comm, flag, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
