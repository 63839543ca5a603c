package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Blocking communication between two ranks (MPI-4.0 chapter 3). Every method checks the code that
 * the C function returns and throws {@link io.weft.mpi.MpiException}; a function that the library
 * lacks, {@link UnsupportedOperationException}.
 */
public final class MpiPointToPoint {
  private static final MpiFunction SEND =
      MpiFunction.of("MPI_Send", POINTER, INT, HANDLE, INT, INT, HANDLE);

  private static final MpiFunction BSEND =
      MpiFunction.of("MPI_Bsend", POINTER, INT, HANDLE, INT, INT, HANDLE);

  private static final MpiFunction SSEND =
      MpiFunction.of("MPI_Ssend", POINTER, INT, HANDLE, INT, INT, HANDLE);

  private static final MpiFunction RSEND =
      MpiFunction.of("MPI_Rsend", POINTER, INT, HANDLE, INT, INT, HANDLE);

  private static final MpiFunction RECV =
      MpiFunction.of("MPI_Recv", POINTER, INT, HANDLE, INT, INT, HANDLE, POINTER);

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

  private static final MpiFunction SENDRECV_REPLACE =
      MpiFunction.of(
          "MPI_Sendrecv_replace", POINTER, INT, HANDLE, INT, INT, INT, INT, HANDLE, POINTER);

  private static final MpiFunction PROBE = MpiFunction.of("MPI_Probe", INT, INT, HANDLE, POINTER);

  private static final MpiFunction IPROBE =
      MpiFunction.of("MPI_Iprobe", INT, INT, HANDLE, POINTER, POINTER);

  private static final MpiFunction MPROBE =
      MpiFunction.of("MPI_Mprobe", INT, INT, HANDLE, POINTER, POINTER);

  private static final MpiFunction IMPROBE =
      MpiFunction.of("MPI_Improbe", INT, INT, HANDLE, POINTER, POINTER, POINTER);

  private static final MpiFunction MRECV =
      MpiFunction.of("MPI_Mrecv", POINTER, INT, HANDLE, POINTER, POINTER);

  private static final MpiFunction GET_COUNT =
      MpiFunction.of("MPI_Get_count", POINTER, HANDLE, POINTER);

  private MpiPointToPoint() {}

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm)}, MPI-4.0 section 3.2; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   */
  public static void send(long buf, long count, long datatype, int dest, int tag, long comm) {
    try {
      if (count == (int) count) {
        SEND.check((int) SEND.handle().invokeExact(buf, (int) count, datatype, dest, tag, comm));
      } else {
        Large.SEND.check(
            (int) Large.SEND.handle().invokeExact(buf, count, datatype, dest, tag, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "dest", dest, "tag", tag);
    }
  }

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm)}, MPI-4.0 section 3.4; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   */
  public static void bsend(long buf, long count, long datatype, int dest, int tag, long comm) {
    try {
      if (count == (int) count) {
        BSEND.check((int) BSEND.handle().invokeExact(buf, (int) count, datatype, dest, tag, comm));
      } else {
        Large.BSEND.check(
            (int) Large.BSEND.handle().invokeExact(buf, count, datatype, dest, tag, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "dest", dest, "tag", tag);
    }
  }

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm)}, MPI-4.0 section 3.4; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   */
  public static void ssend(long buf, long count, long datatype, int dest, int tag, long comm) {
    try {
      if (count == (int) count) {
        SSEND.check((int) SSEND.handle().invokeExact(buf, (int) count, datatype, dest, tag, comm));
      } else {
        Large.SSEND.check(
            (int) Large.SSEND.handle().invokeExact(buf, count, datatype, dest, tag, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "dest", dest, "tag", tag);
    }
  }

  /**
   * {@code int (const void *buf, int count, MPI_Datatype datatype, int dest, int tag, MPI_Comm
   * comm)}, MPI-4.0 section 3.4; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param tag the tag
   * @param comm the communicator
   */
  public static void rsend(long buf, long count, long datatype, int dest, int tag, long comm) {
    try {
      if (count == (int) count) {
        RSEND.check((int) RSEND.handle().invokeExact(buf, (int) count, datatype, dest, tag, comm));
      } else {
        Large.RSEND.check(
            (int) Large.RSEND.handle().invokeExact(buf, count, datatype, dest, tag, comm));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "dest", dest, "tag", tag);
    }
  }

  /**
   * {@code int (void *buf, int count, MPI_Datatype datatype, int source, int tag, MPI_Comm comm,
   * MPI_Status *status)}, MPI-4.0 section 3.2; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param source the sender
   * @param tag the tag
   * @param comm the communicator
   * @param status the address for the status, or the value that ignores it
   */
  public static void recv(
      long buf, long count, long datatype, int source, int tag, long comm, long status) {
    try {
      if (count == (int) count) {
        RECV.check(
            (int) RECV.handle().invokeExact(buf, (int) count, datatype, source, tag, comm, status));
      } else {
        Large.RECV.check(
            (int) Large.RECV.handle().invokeExact(buf, count, datatype, source, tag, comm, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "source", source, "tag", tag);
    }
  }

  /**
   * {@code int (const void *sendbuf, int sendcount, MPI_Datatype sendtype, int dest, int sendtag,
   * void *recvbuf, int recvcount, MPI_Datatype recvtype, int source, int recvtag, MPI_Comm comm,
   * MPI_Status *status)}, MPI-4.0 section 3.10; its large-count form past 2^31-1.
   *
   * @param sendbuf the address of what is sent
   * @param sendcount elements sent
   * @param sendtype the type sent
   * @param dest the receiver
   * @param sendtag the tag of what is sent
   * @param recvbuf the address of what is received
   * @param recvcount elements received
   * @param recvtype the type received
   * @param source the sender
   * @param recvtag the tag of what is received
   * @param comm the communicator
   * @param status the address for the status, or the value that ignores it
   */
  public static void sendrecv(
      long sendbuf,
      long sendcount,
      long sendtype,
      int dest,
      int sendtag,
      long recvbuf,
      long recvcount,
      long recvtype,
      int source,
      int recvtag,
      long comm,
      long status) {
    try {
      if (sendcount == (int) sendcount && recvcount == (int) recvcount) {
        SENDRECV.check(
            (int)
                SENDRECV
                    .handle()
                    .invokeExact(
                        sendbuf,
                        (int) sendcount,
                        sendtype,
                        dest,
                        sendtag,
                        recvbuf,
                        (int) recvcount,
                        recvtype,
                        source,
                        recvtag,
                        comm,
                        status));
      } else {
        Large.SENDRECV.check(
            (int)
                Large.SENDRECV
                    .handle()
                    .invokeExact(
                        sendbuf, sendcount, sendtype, dest, sendtag, recvbuf, recvcount, recvtype,
                        source, recvtag, comm, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(
          t,
          "sendcount",
          sendcount,
          "dest",
          dest,
          "sendtag",
          sendtag,
          "recvcount",
          recvcount,
          "source",
          source,
          "recvtag",
          recvtag);
    }
  }

  /**
   * {@code int (void *buf, int count, MPI_Datatype datatype, int dest, int sendtag, int source, int
   * recvtag, MPI_Comm comm, MPI_Status *status)}, MPI-4.0 section 3.10; its large-count form past
   * 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param dest the receiver
   * @param sendtag the tag of what is sent
   * @param source the sender
   * @param recvtag the tag of what is received
   * @param comm the communicator
   * @param status the address for the status, or the value that ignores it
   */
  public static void sendrecvReplace(
      long buf,
      long count,
      long datatype,
      int dest,
      int sendtag,
      int source,
      int recvtag,
      long comm,
      long status) {
    try {
      if (count == (int) count) {
        SENDRECV_REPLACE.check(
            (int)
                SENDRECV_REPLACE
                    .handle()
                    .invokeExact(
                        buf, (int) count, datatype, dest, sendtag, source, recvtag, comm, status));
      } else {
        Large.SENDRECV_REPLACE.check(
            (int)
                Large.SENDRECV_REPLACE
                    .handle()
                    .invokeExact(
                        buf, count, datatype, dest, sendtag, source, recvtag, comm, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(
          t, "count", count, "dest", dest, "sendtag", sendtag, "source", source, "recvtag",
          recvtag);
    }
  }

  /**
   * {@code int (int source, int tag, MPI_Comm comm, MPI_Status *status)}, MPI-4.0 section 3.8.
   *
   * @param source the sender
   * @param tag the tag
   * @param comm the communicator
   * @param status the address for the status, or the value that ignores it
   */
  public static void probe(int source, int tag, long comm, long status) {
    try {
      PROBE.check((int) PROBE.handle().invokeExact(source, tag, comm, status));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "source", source, "tag", tag);
    }
  }

  /**
   * {@code int (int source, int tag, MPI_Comm comm, int *flag, MPI_Status *status)}, MPI-4.0
   * section 3.8.
   *
   * @param source the sender
   * @param tag the tag
   * @param comm the communicator
   * @param flag the address for the answer
   * @param status the address for the status, or the value that ignores it
   */
  public static void iprobe(int source, int tag, long comm, long flag, long status) {
    try {
      IPROBE.check((int) IPROBE.handle().invokeExact(source, tag, comm, flag, status));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "source", source, "tag", tag);
    }
  }

  /**
   * {@code int (int source, int tag, MPI_Comm comm, MPI_Message *message, MPI_Status *status)},
   * MPI-4.0 section 3.8.
   *
   * @param source the sender
   * @param tag the tag
   * @param comm the communicator
   * @param message the address of the message
   * @param status the address for the status, or the value that ignores it
   */
  public static void mprobe(int source, int tag, long comm, long message, long status) {
    try {
      MPROBE.check((int) MPROBE.handle().invokeExact(source, tag, comm, message, status));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "source", source, "tag", tag);
    }
  }

  /**
   * {@code int (int source, int tag, MPI_Comm comm, int *flag, MPI_Message *message, MPI_Status
   * *status)}, MPI-4.0 section 3.8.
   *
   * @param source the sender
   * @param tag the tag
   * @param comm the communicator
   * @param flag the address for the answer
   * @param message the address of the message
   * @param status the address for the status, or the value that ignores it
   */
  public static void improbe(int source, int tag, long comm, long flag, long message, long status) {
    try {
      IMPROBE.check((int) IMPROBE.handle().invokeExact(source, tag, comm, flag, message, status));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "source", source, "tag", tag);
    }
  }

  /**
   * {@code int (void *buf, int count, MPI_Datatype datatype, MPI_Message *message, MPI_Status
   * *status)}, MPI-4.0 section 3.8; its large-count form past 2^31-1.
   *
   * @param buf the buffer's address
   * @param count elements
   * @param datatype their type
   * @param message the address of the message
   * @param status the address for the status, or the value that ignores it
   */
  public static void mrecv(long buf, long count, long datatype, long message, long status) {
    try {
      if (count == (int) count) {
        MRECV.check((int) MRECV.handle().invokeExact(buf, (int) count, datatype, message, status));
      } else {
        Large.MRECV.check(
            (int) Large.MRECV.handle().invokeExact(buf, count, datatype, message, status));
      }
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count);
    }
  }

  /**
   * {@code int (const MPI_Status *status, MPI_Datatype datatype, int *count)}, MPI-4.0 section
   * 3.2.5.
   *
   * @param status the address for the status, or the value that ignores it
   * @param datatype their type
   * @param count elements
   */
  public static void getCount(long status, long datatype, long count) {
    try {
      GET_COUNT.check((int) GET_COUNT.handle().invokeExact(status, datatype, count));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The same for counts past 2^31-1; bound when the first of them comes. */
  private static final class Large {
    private static final MpiFunction SEND =
        MpiFunction.of("MPI_Send_c", POINTER, LONG, HANDLE, INT, INT, HANDLE);

    private static final MpiFunction BSEND =
        MpiFunction.of("MPI_Bsend_c", POINTER, LONG, HANDLE, INT, INT, HANDLE);

    private static final MpiFunction SSEND =
        MpiFunction.of("MPI_Ssend_c", POINTER, LONG, HANDLE, INT, INT, HANDLE);

    private static final MpiFunction RSEND =
        MpiFunction.of("MPI_Rsend_c", POINTER, LONG, HANDLE, INT, INT, HANDLE);

    private static final MpiFunction RECV =
        MpiFunction.of("MPI_Recv_c", POINTER, LONG, HANDLE, INT, INT, HANDLE, POINTER);

    private static final MpiFunction SENDRECV =
        MpiFunction.of(
            "MPI_Sendrecv_c",
            POINTER,
            LONG,
            HANDLE,
            INT,
            INT,
            POINTER,
            LONG,
            HANDLE,
            INT,
            INT,
            HANDLE,
            POINTER);

    private static final MpiFunction SENDRECV_REPLACE =
        MpiFunction.of(
            "MPI_Sendrecv_replace_c", POINTER, LONG, HANDLE, INT, INT, INT, INT, HANDLE, POINTER);

    private static final MpiFunction MRECV =
        MpiFunction.of("MPI_Mrecv_c", POINTER, LONG, HANDLE, POINTER, POINTER);

    private Large() {}
  }
}
