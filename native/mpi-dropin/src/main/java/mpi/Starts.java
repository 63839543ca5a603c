package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiStarts;
import java.nio.Buffer;

/** Messages that are started, at once or again and again (MPI-4.0 sections 3.7 and 3.9). */
final class Starts {
  private Starts() {}

  static Request send(
      SendMode mode, Comm comm, Buffer buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    String f = mode.nonBlocking;
    long c = comm.to(f, dest, tag);
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    long address = Buffers.direct(f, "buf", buf, type.first(count), type.end(count));
    long place = Scratch.begin().cell;
    try {
      switch (mode) {
        case STANDARD -> MpiStarts.isend(address, count, t, dest, tag, c, place);
        case BUFFERED -> MpiStarts.ibsend(address, count, t, dest, tag, c, place);
        case SYNCHRONOUS -> MpiStarts.issend(address, count, t, dest, tag, c, place);
        case READY -> MpiStarts.irsend(address, count, t, dest, tag, c, place);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Request.started(Lib.readHandle(place), buf, null, null);
  }

  static Request recv(Comm comm, Buffer buf, int count, Datatype type, int source, int tag)
      throws MPIException {
    String f = "MPI_Irecv";
    long c = comm.from(f, source, tag);
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    long address = Buffers.directTarget(f, "buf", buf, type.first(count), type.end(count));
    long place = Scratch.begin().cell;
    try {
      MpiStarts.irecv(address, count, t, source, tag, c, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Request.started(Lib.readHandle(place), buf, null, null);
  }

  static Prequest sendInit(
      SendMode mode, Comm comm, Buffer buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    String f = mode.persistent;
    long c = comm.to(f, dest, tag);
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    long address = Buffers.direct(f, "buf", buf, type.first(count), type.end(count));
    long place = Scratch.begin().cell;
    try {
      switch (mode) {
        case STANDARD -> MpiStarts.sendInit(address, count, t, dest, tag, c, place);
        case BUFFERED -> MpiStarts.bsendInit(address, count, t, dest, tag, c, place);
        case SYNCHRONOUS -> MpiStarts.ssendInit(address, count, t, dest, tag, c, place);
        case READY -> MpiStarts.rsendInit(address, count, t, dest, tag, c, place);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Prequest(Lib.readHandle(place), buf);
  }

  static Prequest recvInit(Comm comm, Buffer buf, int count, Datatype type, int source, int tag)
      throws MPIException {
    String f = "MPI_Recv_init";
    long c = comm.from(f, source, tag);
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    long address = Buffers.directTarget(f, "buf", buf, type.first(count), type.end(count));
    long place = Scratch.begin().cell;
    try {
      MpiStarts.recvInit(address, count, t, source, tag, c, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Prequest(Lib.readHandle(place), buf);
  }
}
