package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Requests beyond one wait or test (MPI-4.0 sections 3.7.6 and 3.9). Every method checks the code
 * that the C function returns and throws {@link io.weft.mpi.MpiException}.
 */
public final class MpiRequests {
  private static final MpiFunction GET_STATUS =
      MpiFunction.of("MPI_Request_get_status", HANDLE, POINTER, POINTER);

  private static final MpiFunction SEND_INIT =
      MpiFunction.of("MPI_Send_init", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction RECV_INIT =
      MpiFunction.of("MPI_Recv_init", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction START = MpiFunction.of("MPI_Start", POINTER);

  private static final MpiFunction FREE = MpiFunction.of("MPI_Request_free", POINTER);

  private MpiRequests() {}

  /**
   * {@code int (MPI_Request request, int *flag, MPI_Status *status)}, MPI-4.0 section 3.7.6.
   *
   * @param request the request
   * @param flag the address of the answer
   * @param status filled with the outcome, or the ABI's ignore value
   */
  public static void getStatus(long request, long flag, long status) {
    try {
      GET_STATUS.check((int) GET_STATUS.handle().invokeExact(request, flag, status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm, MPI_Request *request)}, MPI-4.0 section 3.9.
   *
   * @param buf the message's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void sendInit(
      long buf, int count, long datatype, int dest, int tag, long comm, long request) {
    try {
      SEND_INIT.check(
          (int) SEND_INIT.handle().invokeExact(buf, count, datatype, dest, tag, comm, request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (void *buf, int count, MPI_Datatype datatype, int source, int tag, MPI_Comm comm,
   * MPI_Request *request)}, MPI-4.0 section 3.9.
   *
   * @param buf the message's address
   * @param count elements
   * @param datatype their type
   * @param source the sender
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void recvInit(
      long buf, int count, long datatype, int source, int tag, long comm, long request) {
    try {
      RECV_INIT.check(
          (int) RECV_INIT.handle().invokeExact(buf, count, datatype, source, tag, comm, request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Request *request)}, MPI-4.0 section 3.9.
   *
   * @param request the address of the request
   */
  public static void start(long request) {
    try {
      START.check((int) START.handle().invokeExact(request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Request *request)}, MPI-4.0 section 3.7.3.
   *
   * @param request the address of the request
   */
  public static void free(long request) {
    try {
      FREE.check((int) FREE.handle().invokeExact(request));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
