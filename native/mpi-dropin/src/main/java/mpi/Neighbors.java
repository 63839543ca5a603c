package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiNeighbors;
import io.weft.mpi.ffm.MpiNonBlockingNeighbors;
import java.lang.foreign.Arena;
import java.lang.ref.Reference;

/**
 * Collective operations among neighbours of a topology (MPI-4.0 section 8.6), blocking or only
 * started: the latter give a request, the former null. Blocks of neighbours that are not there stay
 * as they are.
 */
final class Neighbors {
  private Neighbors() {}

  static Request allGather(
      boolean blocking,
      Comm comm,
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype)
      throws MPIException {
    String f = blocking ? "MPI_Neighbor_allgather" : "MPI_Ineighbor_allgather";
    long c = comm.handle(f);
    Errors.count(f, "sendcount", sendcount);
    Errors.count(f, "recvcount", recvcount);
    long st = Sides.type(f, "sendtype", sendtype, true);
    long rt = Sides.type(f, "recvtype", recvtype, true);
    long given = sendcount;
    long got = (long) recvcount * comm.sources(f);
    Scratch scratch = Scratch.begin();
    long from =
        Sides.source(
            blocking, f, "sendbuf", scratch, sendbuf, sendtype.first(given), sendtype.end(given));
    long to =
        Sides.both(
            blocking, f, "recvbuf", scratch, recvbuf, recvtype.first(got), recvtype.end(got));
    try {
      if (blocking) {
        MpiNeighbors.neighborAllgather(from, sendcount, st, to, recvcount, rt, c);
      } else {
        MpiNonBlockingNeighbors.ineighborAllgather(
            from, sendcount, st, to, recvcount, rt, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    if (!blocking) {
      return Sides.started(scratch, sendbuf, recvbuf, null, null);
    }
    Reference.reachabilityFence(sendbuf);
    Reference.reachabilityFence(recvbuf);
    Sides.back(scratch, recvbuf, got, recvtype);
    return null;
  }

  static Request allToAll(
      boolean blocking,
      Comm comm,
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype)
      throws MPIException {
    String f = blocking ? "MPI_Neighbor_alltoall" : "MPI_Ineighbor_alltoall";
    long c = comm.handle(f);
    Errors.count(f, "sendcount", sendcount);
    Errors.count(f, "recvcount", recvcount);
    long st = Sides.type(f, "sendtype", sendtype, true);
    long rt = Sides.type(f, "recvtype", recvtype, true);
    long given = (long) sendcount * comm.destinations(f);
    long got = (long) recvcount * comm.sources(f);
    Scratch scratch = Scratch.begin();
    long from =
        Sides.source(
            blocking, f, "sendbuf", scratch, sendbuf, sendtype.first(given), sendtype.end(given));
    long to =
        Sides.both(
            blocking, f, "recvbuf", scratch, recvbuf, recvtype.first(got), recvtype.end(got));
    try {
      if (blocking) {
        MpiNeighbors.neighborAlltoall(from, sendcount, st, to, recvcount, rt, c);
      } else {
        MpiNonBlockingNeighbors.ineighborAlltoall(
            from, sendcount, st, to, recvcount, rt, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    if (!blocking) {
      return Sides.started(scratch, sendbuf, recvbuf, null, null);
    }
    Reference.reachabilityFence(sendbuf);
    Reference.reachabilityFence(recvbuf);
    Sides.back(scratch, recvbuf, got, recvtype);
    return null;
  }

  static Request allGatherv(
      boolean blocking,
      Comm comm,
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int[] recvcounts,
      int[] displs,
      Datatype recvtype)
      throws MPIException {
    String f = blocking ? "MPI_Neighbor_allgatherv" : "MPI_Ineighbor_allgatherv";
    long c = comm.handle(f);
    Errors.count(f, "sendcount", sendcount);
    long st = Sides.type(f, "sendtype", sendtype, true);
    long rt = Sides.type(f, "recvtype", recvtype, true);
    Scratch scratch = Scratch.begin();
    Arena arena = Sides.arena(blocking);
    int blocks = comm.sources(f);
    Sides.sum(f, "recvcounts", recvcounts, blocks);
    long counts = Sides.ints(arena, scratch, f, "recvcounts", recvcounts, blocks);
    long places = Sides.ints(arena, scratch, f, "displs", displs, blocks);
    long from =
        Sides.source(
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
      if (blocking) {
        MpiNeighbors.neighborAllgatherv(from, sendcount, st, to, counts, places, rt, c);
      } else {
        MpiNonBlockingNeighbors.ineighborAllgatherv(
            from, sendcount, st, to, counts, places, rt, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    if (!blocking) {
      return Sides.started(scratch, sendbuf, recvbuf, arena, null);
    }
    Reference.reachabilityFence(sendbuf);
    Reference.reachabilityFence(recvbuf);
    scratch.receive.back(recvbuf, first, first, end);
    return null;
  }

  static Request allToAllv(
      boolean blocking,
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
    String f = blocking ? "MPI_Neighbor_alltoallv" : "MPI_Ineighbor_alltoallv";
    long c = comm.handle(f);
    long st = Sides.type(f, "sendtype", sendtype, true);
    long rt = Sides.type(f, "recvtype", recvtype, true);
    Scratch scratch = Scratch.begin();
    Arena arena = Sides.arena(blocking);
    int given = comm.destinations(f);
    int got = comm.sources(f);
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
      if (blocking) {
        MpiNeighbors.neighborAlltoallv(from, sc, sd, st, to, rc, rd, rt, c);
      } else {
        MpiNonBlockingNeighbors.ineighborAlltoallv(
            from, sc, sd, st, to, rc, rd, rt, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    if (!blocking) {
      return Sides.started(scratch, sendbuf, recvbuf, arena, null);
    }
    Reference.reachabilityFence(sendbuf);
    Reference.reachabilityFence(recvbuf);
    scratch.receive.back(recvbuf, first, first, end);
    return null;
  }
}
