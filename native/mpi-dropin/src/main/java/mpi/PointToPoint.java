package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiPointToPoint;
import io.weft.mpi.ffm.MpiTypeQueries;
import java.lang.ref.Reference;

/** Blocking messages between two ranks (MPI-4.0 chapter 3), and packing (section 5.2). */
final class PointToPoint {
  private PointToPoint() {}

  static void send(
      SendMode mode, Comm comm, Object buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    String f = mode.blocking;
    long c = comm.to(f, dest, tag);
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    Scratch scratch = Scratch.begin();
    long address = scratch.send.source(f, "buf", buf, type.first(count), type.end(count));
    try {
      switch (mode) {
        case STANDARD -> MpiPointToPoint.send(address, count, t, dest, tag, c);
        case BUFFERED -> MpiPointToPoint.bsend(address, count, t, dest, tag, c);
        case SYNCHRONOUS -> MpiPointToPoint.ssend(address, count, t, dest, tag, c);
        case READY -> MpiPointToPoint.rsend(address, count, t, dest, tag, c);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    Reference.reachabilityFence(buf);
  }

  static Status recv(Comm comm, Object buf, int count, Datatype type, int source, int tag)
      throws MPIException {
    String f = "MPI_Recv";
    long c = comm.from(f, source, tag);
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    Scratch scratch = Scratch.begin();
    long address = Received.place(f, "buf", scratch, buf, count, type);
    try {
      MpiPointToPoint.recv(address, count, t, source, tag, c, scratch.status);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    Reference.reachabilityFence(buf);
    return Received.taken(scratch, buf, count, type);
  }

  static Status sendRecv(
      Comm comm,
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      int dest,
      int sendtag,
      Object recvbuf,
      int recvcount,
      Datatype recvtype,
      int source,
      int recvtag)
      throws MPIException {
    String f = "MPI_Sendrecv";
    comm.to(f, dest, sendtag);
    long c = comm.from(f, source, recvtag);
    Errors.count(f, "sendcount", sendcount);
    Errors.count(f, "recvcount", recvcount);
    long st = Errors.notNull(f, "sendtype", sendtype).committed(f);
    long rt = Errors.notNull(f, "recvtype", recvtype).committed(f);
    Scratch scratch = Scratch.begin();
    long from =
        scratch.send.source(
            f, "sendbuf", sendbuf, sendtype.first(sendcount), sendtype.end(sendcount));
    long to = Received.place(f, "recvbuf", scratch, recvbuf, recvcount, recvtype);
    try {
      MpiPointToPoint.sendrecv(
          from,
          sendcount,
          st,
          dest,
          sendtag,
          to,
          recvcount,
          rt,
          source,
          recvtag,
          c,
          scratch.status);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    Reference.reachabilityFence(sendbuf);
    Reference.reachabilityFence(recvbuf);
    return Received.taken(scratch, recvbuf, recvcount, recvtype);
  }

  static Status sendRecvReplace(
      Comm comm,
      Object buf,
      int count,
      Datatype type,
      int dest,
      int sendtag,
      int source,
      int recvtag)
      throws MPIException {
    String f = "MPI_Sendrecv_replace";
    comm.to(f, dest, sendtag);
    long c = comm.from(f, source, recvtag);
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    Scratch scratch = Scratch.begin();
    long first = type.first(count);
    long end = type.end(count);
    long address = scratch.receive.both(f, "buf", buf, first, end);
    try {
      MpiPointToPoint.sendrecvReplace(
          address, count, t, dest, sendtag, source, recvtag, c, scratch.status);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    Reference.reachabilityFence(buf);
    // What did not come is as it was, in the copy too.
    scratch.receive.back(buf, first, first, end);
    return new Status(scratch.status);
  }

  static Status probe(Comm comm, int source, int tag) throws MPIException {
    long c = comm.from("MPI_Probe", source, tag);
    Scratch scratch = Scratch.begin();
    try {
      MpiPointToPoint.probe(source, tag, c, scratch.status);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Status(scratch.status);
  }

  /** Null if there is no message. */
  static Status iProbe(Comm comm, int source, int tag) throws MPIException {
    long c = comm.from("MPI_Iprobe", source, tag);
    Scratch scratch = Scratch.begin();
    try {
      MpiPointToPoint.iprobe(source, tag, c, scratch.cell, scratch.status);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readFlag(scratch.cell) ? new Status(scratch.status) : null;
  }

  static int pack(Comm comm, Object inbuf, int incount, Datatype type, byte[] outbuf, int position)
      throws MPIException {
    String f = "MPI_Pack";
    long c = comm.handle(f);
    Errors.count(f, "incount", incount);
    long t = Errors.notNull(f, "type", type).committed(f);
    Errors.notNull(f, "outbuf", outbuf);
    packed(f, "outbuf", outbuf.length, position, incount * type.sizeBytes());
    Scratch scratch = Scratch.begin();
    long from = scratch.send.source(f, "inbuf", inbuf, type.first(incount), type.end(incount));
    long to = scratch.receive.target(f, "outbuf", outbuf, position, outbuf.length);
    Lib.writeInt(scratch.cell, position);
    try {
      MpiTypeQueries.pack(from, incount, t, to, outbuf.length, scratch.cell, c);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    Reference.reachabilityFence(inbuf);
    int end = Lib.readInt(scratch.cell);
    scratch.receive.back(outbuf, position, position, end);
    return end;
  }

  static int unpack(
      Comm comm, byte[] inbuf, int position, Object outbuf, int outcount, Datatype type)
      throws MPIException {
    String f = "MPI_Unpack";
    long c = comm.handle(f);
    Errors.count(f, "outcount", outcount);
    long t = Errors.notNull(f, "type", type).committed(f);
    Errors.notNull(f, "inbuf", inbuf);
    packed(f, "inbuf", inbuf.length, position, outcount * type.sizeBytes());
    Scratch scratch = Scratch.begin();
    long first = type.first(outcount);
    long end = type.end(outcount);
    long from = scratch.send.source(f, "inbuf", inbuf, position, inbuf.length);
    long to = scratch.receive.both(f, "outbuf", outbuf, first, end);
    Lib.writeInt(scratch.cell, position);
    try {
      MpiTypeQueries.unpack(from, inbuf.length, scratch.cell, to, outcount, t, c);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    Reference.reachabilityFence(outbuf);
    scratch.receive.back(outbuf, first, first, end);
    return Lib.readInt(scratch.cell);
  }

  /** MPICH packs what there is room for, and says nothing. */
  private static void packed(String function, String name, int length, int position, long bytes)
      throws MPIException {
    if (position < 0 || position > length) {
      throw new ArrayIndexOutOfBoundsException(
          function + ": position is " + position + ", and " + name + " has " + length + " bytes");
    }
    if (bytes > length - position) {
      throw Errors.argument(
          function,
          MpiErrorClass.MPI_ERR_TRUNCATE,
          bytes
              + " bytes are packed from position "
              + position
              + " on, and "
              + name
              + " has "
              + length);
    }
  }

  static int packSize(Comm comm, int incount, Datatype type) throws MPIException {
    String f = "MPI_Pack_size";
    long c = comm.handle(f);
    Errors.count(f, "incount", incount);
    long t = Errors.notNull(f, "type", type).committed(f);
    Scratch scratch = Scratch.begin();
    try {
      MpiTypeQueries.packSize(incount, t, c, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readInt(scratch.cell);
  }
}
