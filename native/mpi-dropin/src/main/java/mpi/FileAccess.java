package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiFileFunction.AtOffset;
import io.weft.mpi.ffm.MpiFileFunction.AtPointer;
import io.weft.mpi.ffm.MpiFileFunction.BeginAtOffset;
import io.weft.mpi.ffm.MpiFileFunction.BeginAtPointer;
import io.weft.mpi.ffm.MpiFileFunction.End;
import java.lang.ref.Reference;
import java.nio.Buffer;

/**
 * How a {@link File} reads and writes: what all functions of a kind have in common. Their methods
 * are passed as constants, so that no call makes an object for it.
 */
final class FileAccess {
  /** Of functions that have no offset. */
  private static final long NONE = -1;

  /** What has begun and is to be ended: the name of the function that does, and its buffer. */
  private String ending;

  private Buffer begun;

  private static void offset(String function, long offset) throws MPIException {
    if (offset < 0) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_ARG, "offset is " + offset);
    }
  }

  Status read(String f, AtPointer call, long file, Object buf, int count, Datatype type)
      throws MPIException {
    return read(f, call, null, file, NONE, buf, count, type);
  }

  Status read(String f, AtOffset call, long file, long offset, Object buf, int count, Datatype type)
      throws MPIException {
    offset(f, offset);
    return read(f, null, call, file, offset, buf, count, type);
  }

  private Status read(
      String f,
      AtPointer plain,
      AtOffset at,
      long file,
      long offset,
      Object buf,
      int count,
      Datatype type)
      throws MPIException {
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    Scratch scratch = Scratch.begin();
    long address = Received.place(f, "buf", scratch, buf, count, type);
    try {
      if (plain != null) {
        plain.call(file, address, count, t, scratch.status);
      } else {
        at.call(file, offset, address, count, t, scratch.status);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    Reference.reachabilityFence(buf);
    return Received.taken(scratch, buf, count, type);
  }

  Status write(String f, AtPointer call, long file, Object buf, int count, Datatype type)
      throws MPIException {
    return write(f, call, null, file, NONE, buf, count, type);
  }

  Status write(
      String f, AtOffset call, long file, long offset, Object buf, int count, Datatype type)
      throws MPIException {
    offset(f, offset);
    return write(f, null, call, file, offset, buf, count, type);
  }

  private Status write(
      String f,
      AtPointer plain,
      AtOffset at,
      long file,
      long offset,
      Object buf,
      int count,
      Datatype type)
      throws MPIException {
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    Scratch scratch = Scratch.begin();
    long address = scratch.send.source(f, "buf", buf, type.first(count), type.end(count));
    try {
      if (plain != null) {
        plain.call(file, address, count, t, scratch.status);
      } else {
        at.call(file, offset, address, count, t, scratch.status);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    Reference.reachabilityFence(buf);
    return new Status(scratch.status);
  }

  private static long source(String f, Buffer buf, int count, Datatype type) throws MPIException {
    Errors.count(f, "count", count);
    Errors.notNull(f, "type", type).committed(f);
    return Buffers.direct(f, "buf", buf, type.first(count), type.end(count));
  }

  private static long target(String f, Buffer buf, int count, Datatype type) throws MPIException {
    Errors.count(f, "count", count);
    Errors.notNull(f, "type", type).committed(f);
    return Buffers.directTarget(f, "buf", buf, type.first(count), type.end(count));
  }

  Request startRead(String f, AtPointer call, long file, Buffer buf, int count, Datatype type)
      throws MPIException {
    return start(f, call, null, file, NONE, buf, target(f, buf, count, type), count, type);
  }

  Request startRead(
      String f, AtOffset call, long file, long offset, Buffer buf, int count, Datatype type)
      throws MPIException {
    offset(f, offset);
    return start(f, null, call, file, offset, buf, target(f, buf, count, type), count, type);
  }

  Request startWrite(String f, AtPointer call, long file, Buffer buf, int count, Datatype type)
      throws MPIException {
    return start(f, call, null, file, NONE, buf, source(f, buf, count, type), count, type);
  }

  Request startWrite(
      String f, AtOffset call, long file, long offset, Buffer buf, int count, Datatype type)
      throws MPIException {
    offset(f, offset);
    return start(f, null, call, file, offset, buf, source(f, buf, count, type), count, type);
  }

  private static Request start(
      String f,
      AtPointer plain,
      AtOffset at,
      long file,
      long offset,
      Buffer buf,
      long address,
      int count,
      Datatype type)
      throws MPIException {
    long t = type.committed(f);
    long place = Scratch.begin().cell;
    try {
      if (plain != null) {
        plain.call(file, address, count, t, place);
      } else {
        at.call(file, offset, address, count, t, place);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Request.started(Lib.readHandle(place), buf, null, null);
  }

  /** Buffers of what is begun are used until it is ended: no arrays. */
  private Buffer direct(String f, Object buf) {
    Errors.notNull(f, "buf", buf);
    if (!(buf instanceof Buffer buffer) || !buffer.isDirect()) {
      throw new IllegalArgumentException(
          "The buffer must be direct: "
              + f
              + " would use buf ("
              + buf.getClass().getSimpleName()
              + ") after it has returned; MPI.newByteBuffer and its like make direct ones");
    }
    return buffer;
  }

  /** Libraries keep one such operation for each file, and some do not look whether there is one. */
  void idle(String f) throws MPIException {
    if (ending != null) {
      throw Errors.argument(
          f, MpiErrorClass.MPI_ERR_OTHER, "an operation has begun: " + ending + " is to end it");
    }
  }

  void beginRead(
      String f, String end, BeginAtPointer call, long file, Object buf, int count, Datatype type)
      throws MPIException {
    Buffer buffer = direct(f, buf);
    begin(f, end, call, null, file, NONE, buffer, target(f, buffer, count, type), count, type);
  }

  void beginRead(
      String f,
      String end,
      BeginAtOffset call,
      long file,
      long offset,
      Object buf,
      int count,
      Datatype type)
      throws MPIException {
    offset(f, offset);
    Buffer buffer = direct(f, buf);
    begin(f, end, null, call, file, offset, buffer, target(f, buffer, count, type), count, type);
  }

  void beginWrite(
      String f, String end, BeginAtPointer call, long file, Object buf, int count, Datatype type)
      throws MPIException {
    Buffer buffer = direct(f, buf);
    begin(f, end, call, null, file, NONE, buffer, source(f, buffer, count, type), count, type);
  }

  void beginWrite(
      String f,
      String end,
      BeginAtOffset call,
      long file,
      long offset,
      Object buf,
      int count,
      Datatype type)
      throws MPIException {
    offset(f, offset);
    Buffer buffer = direct(f, buf);
    begin(f, end, null, call, file, offset, buffer, source(f, buffer, count, type), count, type);
  }

  private void begin(
      String f,
      String end,
      BeginAtPointer plain,
      BeginAtOffset at,
      long file,
      long offset,
      Buffer buf,
      long address,
      int count,
      Datatype type)
      throws MPIException {
    idle(f);
    long t = type.committed(f);
    try {
      if (plain != null) {
        plain.call(file, address, count, t);
      } else {
        at.call(file, offset, address, count, t);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    ending = end;
    begun = buf;
  }

  Status end(String f, End call, long file, Object buf) throws MPIException {
    if (!f.equals(ending)) {
      throw Errors.argument(
          f,
          MpiErrorClass.MPI_ERR_OTHER,
          ending == null ? "nothing has begun" : ending + " is to end what has begun");
    }
    long address = Buffers.address(begun);
    if (Buffers.address(direct(f, buf)) != address) {
      throw Errors.argument(
          f, MpiErrorClass.MPI_ERR_BUFFER, "buf is not the buffer that it was begun with");
    }
    long status = Scratch.begin().status;
    try {
      call.call(file, address, status);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    } finally {
      ending = null;
      begun = null;
    }
    return new Status(status);
  }
}
