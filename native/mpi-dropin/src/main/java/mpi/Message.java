package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiPointToPoint;
import io.weft.mpi.ffm.MpiStarts;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.ref.Reference;
import java.nio.Buffer;

/**
 * A message that a probe has matched, so that no other receive can take it (MPI-4.0 section 3.8.2).
 */
public final class Message {
  private static final long NULL = Lib.handle(PredefinedHandle.MPI_MESSAGE_NULL);
  private static final long NO_PROC = Lib.handle(PredefinedHandle.MPI_MESSAGE_NO_PROC);

  private long handle = NULL;

  /** No message yet. */
  public Message() {}

  /**
   * Whether there is no message: none was matched, or it is received.
   *
   * @return true if there is none
   */
  public boolean isNull() {
    return handle == NULL;
  }

  /**
   * Whether it is the message without data of {@link MPI#PROC_NULL}.
   *
   * @return true if it is
   */
  public boolean isNoProc() {
    return handle == NO_PROC;
  }

  /**
   * Waits for a message and matches it, {@code MPI_Mprobe} (MPI-4.0 section 3.8.2).
   *
   * @param source from whom, or {@link MPI#ANY_SOURCE}
   * @param tag with which tag, or {@link MPI#ANY_TAG}
   * @param comm the communicator
   * @return who sent it, and how much
   * @throws MPIException if an argument is wrong
   */
  public Status mProbe(int source, int tag, Comm comm) throws MPIException {
    String f = "MPI_Mprobe";
    long c = Errors.notNull(f, "comm", comm).from(f, source, tag);
    Scratch scratch = Scratch.begin();
    try {
      MpiPointToPoint.mprobe(source, tag, c, scratch.cell, scratch.status);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    handle = Lib.readHandle(scratch.cell);
    return new Status(scratch.status);
  }

  /**
   * Looks for a message and matches it, {@code MPI_Improbe} (MPI-4.0 section 3.8.2).
   *
   * @param source from whom, or {@link MPI#ANY_SOURCE}
   * @param tag with which tag, or {@link MPI#ANY_TAG}
   * @param comm the communicator
   * @return who sent it, and how much; null if there is none
   * @throws MPIException if an argument is wrong
   */
  public Status imProbe(int source, int tag, Comm comm) throws MPIException {
    String f = "MPI_Improbe";
    long c = Errors.notNull(f, "comm", comm).from(f, source, tag);
    Scratch scratch = Scratch.begin();
    try {
      MpiPointToPoint.improbe(source, tag, c, scratch.cell2, scratch.cell, scratch.status);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    if (!Lib.readFlag(scratch.cell2)) {
      return null;
    }
    handle = Lib.readHandle(scratch.cell);
    return new Status(scratch.status);
  }

  /**
   * Receives the message, {@code MPI_Mrecv} (MPI-4.0 section 3.8.3).
   *
   * @param buf where to
   * @param count how many elements there is room for
   * @param type of what
   * @return what came
   * @throws MPIException if there is no message, or an argument is wrong
   */
  public Status mRecv(Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_Mrecv";
    Scratch scratch = place(f);
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    long address = Received.place(f, "buf", scratch, buf, count, type);
    try {
      MpiPointToPoint.mrecv(address, count, t, scratch.cell, scratch.status);
    } catch (MpiException failed) {
      handle = Lib.readHandle(scratch.cell);
      throw Errors.of(failed);
    }
    handle = Lib.readHandle(scratch.cell);
    Reference.reachabilityFence(buf);
    return Received.taken(scratch, buf, count, type);
  }

  /**
   * Starts receiving the message, {@code MPI_Imrecv} (MPI-4.0 section 3.8.3).
   *
   * @param buf where to; direct
   * @param count how many elements there is room for
   * @param type of what
   * @return to be completed
   * @throws MPIException if there is no message, or an argument is wrong
   */
  public Request imRecv(Buffer buf, int count, Datatype type) throws MPIException {
    String f = "MPI_Imrecv";
    Scratch scratch = place(f);
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    long address = Buffers.directTarget(f, "buf", buf, type.first(count), type.end(count));
    try {
      MpiStarts.imrecv(address, count, t, scratch.cell, scratch.cell2);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    handle = Lib.readHandle(scratch.cell);
    return Request.started(Lib.readHandle(scratch.cell2), buf, null, null);
  }

  private Scratch place(String function) throws MPIException {
    State.check(function);
    if (isNull()) {
      throw Errors.argument(
          function, MpiErrorClass.MPI_ERR_REQUEST, "there is no message: none was matched");
    }
    Scratch scratch = Scratch.begin();
    Lib.writeHandle(scratch.cell, handle);
    return scratch;
  }
}
