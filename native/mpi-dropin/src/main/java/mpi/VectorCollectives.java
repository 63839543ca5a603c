package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiNonBlockingVectorCollectives;
import io.weft.mpi.ffm.MpiVectorCollectives;
import java.lang.foreign.Arena;

/**
 * Collective operations with a root whose blocks are of any length, and the one whose blocks are of
 * any type (MPI-4.0 chapter 6), blocking or only started: the latter give a request, the former
 * null.
 */
final class VectorCollectives {
  private VectorCollectives() {}

  /** A send buffer of {@link Sides#IN_PLACE} says that the root's part lies where it is to be. */
  static Request gatherv(
      boolean blocking,
      Comm comm,
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int[] recvcounts,
      int[] displs,
      Datatype recvtype,
      int root)
      throws MPIException {
    String f = blocking ? "MPI_Gatherv" : "MPI_Igatherv";
    long c = comm.root(f, root);
    boolean takes = comm.isRoot(root);
    boolean inPlace = sendbuf == Sides.IN_PLACE;
    boolean gives = comm.givesToRoot(root) && !inPlace;
    if (gives) {
      Errors.count(f, "sendcount", sendcount);
    }
    long st = Sides.type(f, "sendtype", sendtype, gives);
    long rt = Sides.type(f, "recvtype", recvtype, takes);
    Scratch scratch = Scratch.begin();
    Arena arena = Sides.arena(blocking);
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
    long to = 0;
    long first = 0;
    long end = 0;
    long counts = 0;
    long places = 0;
    if (takes) {
      int peers = comm.peers(f);
      Sides.sum(f, "recvcounts", recvcounts, peers);
      counts = Sides.ints(arena, scratch, f, "recvcounts", recvcounts, peers);
      places = Sides.ints(arena, scratch, f, "displs", displs, peers);
      first = Sides.first(recvcounts, displs, peers, recvtype);
      end = Sides.end(recvcounts, displs, peers, recvtype);
      to = Sides.both(blocking, f, "recvbuf", scratch, recvbuf, first, end);
    }
    try {
      if (blocking) {
        MpiVectorCollectives.gatherv(
            from, gives ? sendcount : 0, st, to, counts, places, rt, root, c);
      } else {
        MpiNonBlockingVectorCollectives.igatherv(
            from, gives ? sendcount : 0, st, to, counts, places, rt, root, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Sides.finished(blocking, scratch, sendbuf, recvbuf, first, end, arena, null);
  }

  /** A receive buffer of {@link Sides#IN_PLACE} says that the root's part stays where it is. */
  static Request scatterv(
      boolean blocking,
      Comm comm,
      Object sendbuf,
      int[] sendcounts,
      int[] displs,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype,
      int root)
      throws MPIException {
    String f = blocking ? "MPI_Scatterv" : "MPI_Iscatterv";
    long c = comm.root(f, root);
    boolean gives = comm.isRoot(root);
    boolean inPlace = recvbuf == Sides.IN_PLACE;
    boolean takes = comm.givesToRoot(root) && !inPlace;
    if (takes) {
      Errors.count(f, "recvcount", recvcount);
    }
    long st = Sides.type(f, "sendtype", sendtype, gives);
    long rt = Sides.type(f, "recvtype", recvtype, takes);
    Scratch scratch = Scratch.begin();
    Arena arena = Sides.arena(blocking);
    long from = 0;
    long counts = 0;
    long places = 0;
    if (gives) {
      int peers = comm.peers(f);
      Sides.sum(f, "sendcounts", sendcounts, peers);
      counts = Sides.ints(arena, scratch, f, "sendcounts", sendcounts, peers);
      places = Sides.ints(arena, scratch, f, "displs", displs, peers);
      from =
          Sides.source(
              blocking,
              f,
              "sendbuf",
              scratch,
              sendbuf,
              Sides.first(sendcounts, displs, peers, sendtype),
              Sides.end(sendcounts, displs, peers, sendtype));
    }
    long to = inPlace ? Lib.IN_PLACE : 0;
    if (takes) {
      to = Sides.got(blocking, f, "recvbuf", scratch, recvbuf, recvcount, recvtype, false);
    }
    try {
      if (blocking) {
        MpiVectorCollectives.scatterv(
            from, counts, places, st, to, takes ? recvcount : 0, rt, root, c);
      } else {
        MpiNonBlockingVectorCollectives.iscatterv(
            from, counts, places, st, to, takes ? recvcount : 0, rt, root, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    long first = takes ? recvtype.first(recvcount) : 0;
    long end = takes ? recvtype.end(recvcount) : 0;
    return Sides.finished(blocking, scratch, sendbuf, recvbuf, first, end, arena, null);
  }

  /** Displacements are in bytes, in arrays too. */
  static Request allToAllw(
      boolean blocking,
      Comm comm,
      Object sendbuf,
      int[] sendcounts,
      int[] sdispls,
      Datatype[] sendtypes,
      Object recvbuf,
      int[] recvcounts,
      int[] rdispls,
      Datatype[] recvtypes)
      throws MPIException {
    String f = blocking ? "MPI_Alltoallw" : "MPI_Ialltoallw";
    long c = comm.handle(f);
    int peers = comm.peers(f);
    Scratch scratch = Scratch.begin();
    Arena arena = Sides.arena(blocking);
    Sides.sum(f, "sendcounts", sendcounts, peers);
    Sides.sum(f, "recvcounts", recvcounts, peers);
    long sc = Sides.ints(arena, scratch, f, "sendcounts", sendcounts, peers);
    long sd = Sides.ints(arena, scratch, f, "sdispls", sdispls, peers);
    long st = Sides.types(arena, scratch, f, "sendtypes", sendtypes, peers);
    long rc = Sides.ints(arena, scratch, f, "recvcounts", recvcounts, peers);
    long rd = Sides.ints(arena, scratch, f, "rdispls", rdispls, peers);
    long rt = Sides.types(arena, scratch, f, "recvtypes", recvtypes, peers);
    long from =
        Sides.source(
            blocking,
            f,
            "sendbuf",
            scratch,
            sendbuf,
            Sides.first(sendcounts, sdispls, sendtypes, peers),
            Sides.end(sendcounts, sdispls, sendtypes, peers));
    long first = Sides.first(recvcounts, rdispls, recvtypes, peers);
    long end = Sides.end(recvcounts, rdispls, recvtypes, peers);
    long to = Sides.both(blocking, f, "recvbuf", scratch, recvbuf, first, end);
    try {
      if (blocking) {
        MpiVectorCollectives.alltoallw(from, sc, sd, st, to, rc, rd, rt, c);
      } else {
        MpiNonBlockingVectorCollectives.ialltoallw(
            from, sc, sd, st, to, rc, rd, rt, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Sides.finished(blocking, scratch, sendbuf, recvbuf, first, end, arena, null);
  }
}
