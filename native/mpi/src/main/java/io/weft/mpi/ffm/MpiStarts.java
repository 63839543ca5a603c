package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

/**
 * Non-blocking communication between two ranks (MPI-4.0 section 3.7). Every method checks the code
 * that the C function returns and throws {@link io.weft.mpi.MpiException}; a function that the
 * library lacks, {@link UnsupportedOperationException}.
 */
public final class MpiStarts {
  private static final MpiFunction ISEND =
      MpiFunction.of("MPI_Isend", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction IBSEND =
      MpiFunction.of("MPI_Ibsend", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction ISSEND =
      MpiFunction.of("MPI_Issend", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction IRSEND =
      MpiFunction.of("MPI_Irsend", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction IRECV =
      MpiFunction.of("MPI_Irecv", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction IMRECV =
      MpiFunction.of("MPI_Imrecv", POINTER, INT, HANDLE, POINTER, POINTER);

  private static final MpiFunction SEND_INIT =
      MpiFunction.of("MPI_Send_init", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction BSEND_INIT =
      MpiFunction.of("MPI_Bsend_init", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction SSEND_INIT =
      MpiFunction.of("MPI_Ssend_init", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction RSEND_INIT =
      MpiFunction.of("MPI_Rsend_init", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private static final MpiFunction RECV_INIT =
      MpiFunction.of("MPI_Recv_init", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

  private MpiStarts() {}

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm, MPI_Request *request)}, MPI-4.0 section 3.7.2; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void isend(
      long buf, long count, long datatype, int dest, int tag, long comm, long request) {
    try {
      if (count == (int) count) {
        ISEND.check(
            (int) ISEND.handle().invokeExact(buf, (int) count, datatype, dest, tag, comm, request));
      } else {
        Large.ISEND.check(
            (int) Large.ISEND.handle().invokeExact(buf, count, datatype, dest, tag, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "dest", dest, "tag", tag);
    }
  }

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm, MPI_Request *request)}, MPI-4.0 section 3.7.2; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void ibsend(
      long buf, long count, long datatype, int dest, int tag, long comm, long request) {
    try {
      if (count == (int) count) {
        IBSEND.check(
            (int)
                IBSEND.handle().invokeExact(buf, (int) count, datatype, dest, tag, comm, request));
      } else {
        Large.IBSEND.check(
            (int)
                Large.IBSEND.handle().invokeExact(buf, count, datatype, dest, tag, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "dest", dest, "tag", tag);
    }
  }

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm, MPI_Request *request)}, MPI-4.0 section 3.7.2; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void issend(
      long buf, long count, long datatype, int dest, int tag, long comm, long request) {
    try {
      if (count == (int) count) {
        ISSEND.check(
            (int)
                ISSEND.handle().invokeExact(buf, (int) count, datatype, dest, tag, comm, request));
      } else {
        Large.ISSEND.check(
            (int)
                Large.ISSEND.handle().invokeExact(buf, count, datatype, dest, tag, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "dest", dest, "tag", tag);
    }
  }

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm, MPI_Request *request)}, MPI-4.0 section 3.7.2; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void irsend(
      long buf, long count, long datatype, int dest, int tag, long comm, long request) {
    try {
      if (count == (int) count) {
        IRSEND.check(
            (int)
                IRSEND.handle().invokeExact(buf, (int) count, datatype, dest, tag, comm, request));
      } else {
        Large.IRSEND.check(
            (int)
                Large.IRSEND.handle().invokeExact(buf, count, datatype, dest, tag, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "dest", dest, "tag", tag);
    }
  }

  /**
   * {@code int (void *buf, int count, MPI_Datatype datatype, int source, int tag, MPI_Comm comm,
   * MPI_Request *request)}, MPI-4.0 section 3.7.2; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param source the sender
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void irecv(
      long buf, long count, long datatype, int source, int tag, long comm, long request) {
    try {
      if (count == (int) count) {
        IRECV.check(
            (int)
                IRECV.handle().invokeExact(buf, (int) count, datatype, source, tag, comm, request));
      } else {
        Large.IRECV.check(
            (int)
                Large.IRECV.handle().invokeExact(buf, count, datatype, source, tag, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "source", source, "tag", tag);
    }
  }

  /**
   * {@code int (void *buf, int count, MPI_Datatype datatype, MPI_Message *message, MPI_Request
   * *request)}, MPI-4.0 section 3.8; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param message the address of the message
   * @param request the address of the request
   */
  public static void imrecv(long buf, long count, long datatype, long message, long request) {
    try {
      if (count == (int) count) {
        IMRECV.check(
            (int) IMRECV.handle().invokeExact(buf, (int) count, datatype, message, request));
      } else {
        Large.IMRECV.check(
            (int) Large.IMRECV.handle().invokeExact(buf, count, datatype, message, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm, MPI_Request *request)}, MPI-4.0 section 3.9; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void sendInit(
      long buf, long count, long datatype, int dest, int tag, long comm, long request) {
    try {
      if (count == (int) count) {
        SEND_INIT.check(
            (int)
                SEND_INIT
                    .handle()
                    .invokeExact(buf, (int) count, datatype, dest, tag, comm, request));
      } else {
        Large.SEND_INIT.check(
            (int)
                Large.SEND_INIT
                    .handle()
                    .invokeExact(buf, count, datatype, dest, tag, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "dest", dest, "tag", tag);
    }
  }

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm, MPI_Request *request)}, MPI-4.0 section 3.9; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void bsendInit(
      long buf, long count, long datatype, int dest, int tag, long comm, long request) {
    try {
      if (count == (int) count) {
        BSEND_INIT.check(
            (int)
                BSEND_INIT
                    .handle()
                    .invokeExact(buf, (int) count, datatype, dest, tag, comm, request));
      } else {
        Large.BSEND_INIT.check(
            (int)
                Large.BSEND_INIT
                    .handle()
                    .invokeExact(buf, count, datatype, dest, tag, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "dest", dest, "tag", tag);
    }
  }

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm, MPI_Request *request)}, MPI-4.0 section 3.9; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void ssendInit(
      long buf, long count, long datatype, int dest, int tag, long comm, long request) {
    try {
      if (count == (int) count) {
        SSEND_INIT.check(
            (int)
                SSEND_INIT
                    .handle()
                    .invokeExact(buf, (int) count, datatype, dest, tag, comm, request));
      } else {
        Large.SSEND_INIT.check(
            (int)
                Large.SSEND_INIT
                    .handle()
                    .invokeExact(buf, count, datatype, dest, tag, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "dest", dest, "tag", tag);
    }
  }

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm, MPI_Request *request)}, MPI-4.0 section 3.9; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void rsendInit(
      long buf, long count, long datatype, int dest, int tag, long comm, long request) {
    try {
      if (count == (int) count) {
        RSEND_INIT.check(
            (int)
                RSEND_INIT
                    .handle()
                    .invokeExact(buf, (int) count, datatype, dest, tag, comm, request));
      } else {
        Large.RSEND_INIT.check(
            (int)
                Large.RSEND_INIT
                    .handle()
                    .invokeExact(buf, count, datatype, dest, tag, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "dest", dest, "tag", tag);
    }
  }

  /**
   * {@code int (void *buf, int count, MPI_Datatype datatype, int source, int tag, MPI_Comm comm,
   * MPI_Request *request)}, MPI-4.0 section 3.9; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param source the sender
   * @param tag the tag
   * @param comm the communicator
   * @param request the address of the request
   */
  public static void recvInit(
      long buf, long count, long datatype, int source, int tag, long comm, long request) {
    try {
      if (count == (int) count) {
        RECV_INIT.check(
            (int)
                RECV_INIT
                    .handle()
                    .invokeExact(buf, (int) count, datatype, source, tag, comm, request));
      } else {
        Large.RECV_INIT.check(
            (int)
                Large.RECV_INIT
                    .handle()
                    .invokeExact(buf, count, datatype, source, tag, comm, request));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "source", source, "tag", tag);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction ISEND =
        MpiFunction.of("MPI_Isend_c", POINTER, LONG, HANDLE, INT, INT, HANDLE, POINTER);

    private static final MpiFunction IBSEND =
        MpiFunction.of("MPI_Ibsend_c", POINTER, LONG, HANDLE, INT, INT, HANDLE, POINTER);

    private static final MpiFunction ISSEND =
        MpiFunction.of("MPI_Issend_c", POINTER, LONG, HANDLE, INT, INT, HANDLE, POINTER);

    private static final MpiFunction IRSEND =
        MpiFunction.of("MPI_Irsend_c", POINTER, LONG, HANDLE, INT, INT, HANDLE, POINTER);

    private static final MpiFunction IRECV =
        MpiFunction.of("MPI_Irecv_c", POINTER, LONG, HANDLE, INT, INT, HANDLE, POINTER);

    private static final MpiFunction IMRECV =
        MpiFunction.of("MPI_Imrecv_c", POINTER, LONG, HANDLE, POINTER, POINTER);

    private static final MpiFunction SEND_INIT =
        MpiFunction.of("MPI_Send_init_c", POINTER, LONG, HANDLE, INT, INT, HANDLE, POINTER);

    private static final MpiFunction BSEND_INIT =
        MpiFunction.of("MPI_Bsend_init_c", POINTER, LONG, HANDLE, INT, INT, HANDLE, POINTER);

    private static final MpiFunction SSEND_INIT =
        MpiFunction.of("MPI_Ssend_init_c", POINTER, LONG, HANDLE, INT, INT, HANDLE, POINTER);

    private static final MpiFunction RSEND_INIT =
        MpiFunction.of("MPI_Rsend_init_c", POINTER, LONG, HANDLE, INT, INT, HANDLE, POINTER);

    private static final MpiFunction RECV_INIT =
        MpiFunction.of("MPI_Recv_init_c", POINTER, LONG, HANDLE, INT, INT, HANDLE, POINTER);

    private Large() {}
  }
}
