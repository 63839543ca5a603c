package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiCollectives;
import io.weft.mpi.ffm.MpiNeighbors;
import io.weft.mpi.ffm.MpiNonBlockingCollectives;
import io.weft.mpi.ffm.MpiNonBlockingNeighbors;
import io.weft.mpi.ffm.MpiNonBlockingVectorCollectives;
import io.weft.mpi.ffm.MpiVectorCollectives;
import java.lang.foreign.Arena;

/**
 * Collective operations without a root, in which every rank sends to its {@link Peers} and gets
 * from them (MPI-4.0 chapter 6 and section 8.6), blocking or only started: the latter give a
 * request, the former null. Blocks of neighbours that are not there stay as they are; operations in
 * place are for all ranks only.
 */
final class Exchanges {
  private Exchanges() {}

  /** A send buffer of {@link Sides#IN_PLACE} says that each part lies where it is to be. */
  static Request allGather(
      boolean blocking,
      Peers peers,
      Comm comm,
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype)
      throws MPIException {
    String f =
        peers == Peers.RANKS
            ? blocking ? "MPI_Allgather" : "MPI_Iallgather"
            : blocking ? "MPI_Neighbor_allgather" : "MPI_Ineighbor_allgather";
    long c = comm.handle(f);
    boolean inPlace = sendbuf == Sides.IN_PLACE;
    Errors.count(f, "sendcount", sendcount);
    Errors.count(f, "recvcount", recvcount);
    long st = Sides.type(f, "sendtype", sendtype, !inPlace);
    long rt = Sides.type(f, "recvtype", recvtype, true);
    Scratch scratch = Scratch.begin();
    long from = Lib.IN_PLACE;
    if (!inPlace) {
      long first = sendtype.first(sendcount);
      long end = sendtype.end(sendcount);
      from = Sides.source(blocking, f, "sendbuf", scratch, sendbuf, first, end);
    }
    long all = (long) recvcount * peers.sources(comm, f);
    boolean kept = inPlace || peers == Peers.NEIGHBORS;
    long to = Sides.got(blocking, f, "recvbuf", scratch, recvbuf, all, recvtype, kept);
    try {
      if (peers == Peers.RANKS) {
        if (blocking) {
          MpiCollectives.allgather(from, sendcount, st, to, recvcount, rt, c);
        } else {
          MpiNonBlockingCollectives.iallgather(
              from, sendcount, st, to, recvcount, rt, c, scratch.cell);
        }
      } else if (blocking) {
        MpiNeighbors.neighborAllgather(from, sendcount, st, to, recvcount, rt, c);
      } else {
        MpiNonBlockingNeighbors.ineighborAllgather(
            from, sendcount, st, to, recvcount, rt, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Sides.finished(
        blocking, scratch, sendbuf, recvbuf, recvtype.first(all), recvtype.end(all), null, null);
  }

  static Request allToAll(
      boolean blocking,
      Peers peers,
      Comm comm,
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype)
      throws MPIException {
    String f =
        peers == Peers.RANKS
            ? blocking ? "MPI_Alltoall" : "MPI_Ialltoall"
            : blocking ? "MPI_Neighbor_alltoall" : "MPI_Ineighbor_alltoall";
    long c = comm.handle(f);
    boolean inPlace = sendbuf == Sides.IN_PLACE;
    Errors.count(f, "sendcount", sendcount);
    Errors.count(f, "recvcount", recvcount);
    long st = Sides.type(f, "sendtype", sendtype, !inPlace);
    long rt = Sides.type(f, "recvtype", recvtype, true);
    Scratch scratch = Scratch.begin();
    long from = Lib.IN_PLACE;
    if (!inPlace) {
      long given = (long) sendcount * peers.destinations(comm, f);
      from =
          Sides.source(
              blocking, f, "sendbuf", scratch, sendbuf, sendtype.first(given), sendtype.end(given));
    }
    long all = (long) recvcount * peers.sources(comm, f);
    boolean kept = inPlace || peers == Peers.NEIGHBORS;
    long to = Sides.got(blocking, f, "recvbuf", scratch, recvbuf, all, recvtype, kept);
    try {
      if (peers == Peers.RANKS) {
        if (blocking) {
          MpiCollectives.alltoall(from, sendcount, st, to, recvcount, rt, c);
        } else {
          MpiNonBlockingCollectives.ialltoall(
              from, sendcount, st, to, recvcount, rt, c, scratch.cell);
        }
      } else if (blocking) {
        MpiNeighbors.neighborAlltoall(from, sendcount, st, to, recvcount, rt, c);
      } else {
        MpiNonBlockingNeighbors.ineighborAlltoall(
            from, sendcount, st, to, recvcount, rt, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Sides.finished(
        blocking, scratch, sendbuf, recvbuf, recvtype.first(all), recvtype.end(all), null, null);
  }

  /** A send buffer of {@link Sides#IN_PLACE} says that each part lies where it is to be. */
  static Request allGatherv(
      boolean blocking,
      Peers peers,
      Comm comm,
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int[] recvcounts,
      int[] displs,
      Datatype recvtype)
      throws MPIException {
    String f =
        peers == Peers.RANKS
            ? blocking ? "MPI_Allgatherv" : "MPI_Iallgatherv"
            : blocking ? "MPI_Neighbor_allgatherv" : "MPI_Ineighbor_allgatherv";
    long c = comm.handle(f);
    boolean inPlace = sendbuf == Sides.IN_PLACE;
    Errors.count(f, "sendcount", sendcount);
    long st = Sides.type(f, "sendtype", sendtype, !inPlace);
    long rt = Sides.type(f, "recvtype", recvtype, true);
    Scratch scratch = Scratch.begin();
    Arena arena = Sides.arena(blocking);
    int blocks = peers.sources(comm, f);
    Sides.sum(f, "recvcounts", recvcounts, blocks);
    long counts = Sides.ints(arena, scratch, f, "recvcounts", recvcounts, blocks);
    long places = Sides.ints(arena, scratch, f, "displs", displs, blocks);
    long from =
        inPlace
            ? Lib.IN_PLACE
            : Sides.source(
                blocking,
                f,
                "sendbuf",
                scratch,
                sendbuf,
                sendtype.first(sendcount),
                sendtype.end(sendcount));
    long first = Sides.first(recvcounts, displs, blocks, recvtype);
    long end = Sides.end(recvcounts, displs, blocks, recvtype);
    long to = Sides.both(blocking, f, "recvbuf", scratch, recvbuf, first, end);
    try {
      if (peers == Peers.RANKS) {
        if (blocking) {
          MpiVectorCollectives.allgatherv(from, sendcount, st, to, counts, places, rt, c);
        } else {
          MpiNonBlockingVectorCollectives.iallgatherv(
              from, sendcount, st, to, counts, places, rt, c, scratch.cell);
        }
      } else if (blocking) {
        MpiNeighbors.neighborAllgatherv(from, sendcount, st, to, counts, places, rt, c);
      } else {
        MpiNonBlockingNeighbors.ineighborAllgatherv(
            from, sendcount, st, to, counts, places, rt, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Sides.finished(blocking, scratch, sendbuf, recvbuf, first, end, arena, null);
  }

  static Request allToAllv(
      boolean blocking,
      Peers peers,
      Comm comm,
      Object sendbuf,
      int[] sendcounts,
      int[] sdispls,
      Datatype sendtype,
      Object recvbuf,
      int[] recvcounts,
      int[] rdispls,
      Datatype recvtype)
      throws MPIException {
    String f =
        peers == Peers.RANKS
            ? blocking ? "MPI_Alltoallv" : "MPI_Ialltoallv"
            : blocking ? "MPI_Neighbor_alltoallv" : "MPI_Ineighbor_alltoallv";
    long c = comm.handle(f);
    long st = Sides.type(f, "sendtype", sendtype, true);
    long rt = Sides.type(f, "recvtype", recvtype, true);
    Scratch scratch = Scratch.begin();
    Arena arena = Sides.arena(blocking);
    int given = peers.destinations(comm, f);
    int got = peers.sources(comm, f);
    Sides.sum(f, "sendcounts", sendcounts, given);
    Sides.sum(f, "recvcounts", recvcounts, got);
    long sc = Sides.ints(arena, scratch, f, "sendcounts", sendcounts, given);
    long sd = Sides.ints(arena, scratch, f, "sdispls", sdispls, given);
    long rc = Sides.ints(arena, scratch, f, "recvcounts", recvcounts, got);
    long rd = Sides.ints(arena, scratch, f, "rdispls", rdispls, got);
    long from =
        Sides.source(
            blocking,
            f,
            "sendbuf",
            scratch,
            sendbuf,
            Sides.first(sendcounts, sdispls, given, sendtype),
            Sides.end(sendcounts, sdispls, given, sendtype));
    long first = Sides.first(recvcounts, rdispls, got, recvtype);
    long end = Sides.end(recvcounts, rdispls, got, recvtype);
    long to = Sides.both(blocking, f, "recvbuf", scratch, recvbuf, first, end);
    try {
      if (peers == Peers.RANKS) {
        if (blocking) {
          MpiVectorCollectives.alltoallv(from, sc, sd, st, to, rc, rd, rt, c);
        } else {
          MpiNonBlockingVectorCollectives.ialltoallv(
              from, sc, sd, st, to, rc, rd, rt, c, scratch.cell);
        }
      } else if (blocking) {
        MpiNeighbors.neighborAlltoallv(from, sc, sd, st, to, rc, rd, rt, c);
      } else {
        MpiNonBlockingNeighbors.ineighborAlltoallv(
            from, sc, sd, st, to, rc, rd, rt, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Sides.finished(blocking, scratch, sendbuf, recvbuf, first, end, arena, null);
  }
}
