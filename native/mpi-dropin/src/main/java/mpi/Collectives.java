package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiCollectives;
import io.weft.mpi.ffm.MpiNonBlockingCollectives;

/**
 * Collective operations with a root, whose blocks are of equal length, and the barrier (MPI-4.0
 * chapter 6), blocking or only started: the latter give a request, the former null.
 */
final class Collectives {
  private Collectives() {}

  static Request barrier(boolean blocking, Comm comm) throws MPIException {
    long c = comm.handle(blocking ? "MPI_Barrier" : "MPI_Ibarrier");
    Scratch scratch = Scratch.begin();
    try {
      if (blocking) {
        MpiCollectives.barrier(c);
      } else {
        MpiNonBlockingCollectives.ibarrier(c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Sides.finished(blocking, scratch, null, null, 0, 0, null, null);
  }

  static Request bcast(boolean blocking, Comm comm, Object buf, int count, Datatype type, int root)
      throws MPIException {
    String f = blocking ? "MPI_Bcast" : "MPI_Ibcast";
    long c = comm.root(f, root);
    boolean gives = comm.isRoot(root);
    boolean takes = !gives && root != Lib.PROC_NULL;
    Errors.count(f, "count", count);
    long t = Sides.type(f, "type", type, gives || takes);
    Scratch scratch = Scratch.begin();
    // MPICH wants no elements where there is no buffer.
    int elements = gives || takes ? count : 0;
    long address = 0;
    if (gives) {
      address =
          blocking
              ? scratch.receive.source(f, "buf", buf, type.first(count), type.end(count))
              : Sides.source(false, f, "buf", scratch, buf, type.first(count), type.end(count));
    } else if (takes) {
      address = Sides.got(blocking, f, "buf", scratch, buf, count, type, false);
    }
    try {
      if (blocking) {
        MpiCollectives.bcast(address, elements, t, root, c);
      } else {
        MpiNonBlockingCollectives.ibcast(address, elements, t, root, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    long first = takes ? type.first(count) : 0;
    long end = takes ? type.end(count) : 0;
    return Sides.finished(blocking, scratch, null, buf, first, end, null, null);
  }

  /** A send buffer of {@link Sides#IN_PLACE} says that the root's part lies where it is to be. */
  static Request gather(
      boolean blocking,
      Comm comm,
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype,
      int root)
      throws MPIException {
    String f = blocking ? "MPI_Gather" : "MPI_Igather";
    long c = comm.root(f, root);
    boolean takes = comm.isRoot(root);
    boolean inPlace = sendbuf == Sides.IN_PLACE;
    boolean gives = comm.givesToRoot(root) && !inPlace;
    if (gives) {
      Errors.count(f, "sendcount", sendcount);
    }
    if (takes) {
      Errors.count(f, "recvcount", recvcount);
    }
    long st = Sides.type(f, "sendtype", sendtype, gives);
    long rt = Sides.type(f, "recvtype", recvtype, takes);
    Scratch scratch = Scratch.begin();
    long all = takes ? (long) recvcount * comm.peers(f) : 0;
    long from = inPlace ? Lib.IN_PLACE : 0;
    if (gives) {
      from =
          Sides.source(
              blocking,
              f,
              "sendbuf",
              scratch,
              sendbuf,
              sendtype.first(sendcount),
              sendtype.end(sendcount));
    }
    long to =
        takes ? Sides.got(blocking, f, "recvbuf", scratch, recvbuf, all, recvtype, inPlace) : 0;
    try {
      if (blocking) {
        MpiCollectives.gather(
            from, gives ? sendcount : 0, st, to, takes ? recvcount : 0, rt, root, c);
      } else {
        MpiNonBlockingCollectives.igather(
            from, gives ? sendcount : 0, st, to, takes ? recvcount : 0, rt, root, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    long first = takes ? recvtype.first(all) : 0;
    long end = takes ? recvtype.end(all) : 0;
    return Sides.finished(blocking, scratch, sendbuf, recvbuf, first, end, null, null);
  }

  /** A receive buffer of {@link Sides#IN_PLACE} says that the root's part stays where it is. */
  static Request scatter(
      boolean blocking,
      Comm comm,
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype,
      int root)
      throws MPIException {
    String f = blocking ? "MPI_Scatter" : "MPI_Iscatter";
    long c = comm.root(f, root);
    boolean gives = comm.isRoot(root);
    boolean inPlace = recvbuf == Sides.IN_PLACE;
    boolean takes = comm.givesToRoot(root) && !inPlace;
    if (gives) {
      Errors.count(f, "sendcount", sendcount);
    }
    if (takes) {
      Errors.count(f, "recvcount", recvcount);
    }
    long st = Sides.type(f, "sendtype", sendtype, gives);
    long rt = Sides.type(f, "recvtype", recvtype, takes);
    Scratch scratch = Scratch.begin();
    long from = 0;
    if (gives) {
      long all = (long) sendcount * comm.peers(f);
      from =
          Sides.source(
              blocking, f, "sendbuf", scratch, sendbuf, sendtype.first(all), sendtype.end(all));
    }
    long to = inPlace ? Lib.IN_PLACE : 0;
    if (takes) {
      to = Sides.got(blocking, f, "recvbuf", scratch, recvbuf, recvcount, recvtype, false);
    }
    try {
      if (blocking) {
        MpiCollectives.scatter(
            from, gives ? sendcount : 0, st, to, takes ? recvcount : 0, rt, root, c);
      } else {
        MpiNonBlockingCollectives.iscatter(
            from, gives ? sendcount : 0, st, to, takes ? recvcount : 0, rt, root, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    long first = takes ? recvtype.first(recvcount) : 0;
    long end = takes ? recvtype.end(recvcount) : 0;
    return Sides.finished(blocking, scratch, sendbuf, recvbuf, first, end, null, null);
  }
}
