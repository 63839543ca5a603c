package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiCollectives;
import io.weft.mpi.ffm.MpiNonBlockingReductions;
import io.weft.mpi.ffm.MpiNonBlockingVectorCollectives;
import io.weft.mpi.ffm.MpiVectorCollectives;
import java.lang.foreign.Arena;

/**
 * Reductions (MPI-4.0 sections 6.9 to 6.11), blocking or only started: the latter give a request,
 * the former null. A send buffer of {@link Sides#IN_PLACE} says that operands lie where the results
 * are to be.
 */
final class Reductions {
  private Reductions() {}

  static void reduceLocal(Object inbuf, Object inoutbuf, int count, Datatype type, Op op)
      throws MPIException {
    String f = "MPI_Reduce_local";
    State.check(f);
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    long o = Errors.notNull(f, "op", op).handle(f, type);
    Scratch scratch = Scratch.begin();
    long first = type.first(count);
    long end = type.end(count);
    long from = scratch.send.source(f, "inbuf", inbuf, first, end);
    long to = scratch.receive.both(f, "inoutbuf", inoutbuf, first, end);
    try {
      MpiCollectives.reduceLocal(from, to, count, t, o);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    Sides.finished(true, scratch, inbuf, inoutbuf, first, end, null, op);
  }

  static Request reduce(
      boolean blocking,
      Comm comm,
      Object sendbuf,
      Object recvbuf,
      int count,
      Datatype type,
      Op op,
      int root)
      throws MPIException {
    String f = blocking ? "MPI_Reduce" : "MPI_Ireduce";
    long c = comm.root(f, root);
    boolean takes = comm.isRoot(root);
    boolean inPlace = sendbuf == Sides.IN_PLACE;
    boolean gives = comm.givesToRoot(root) && !inPlace;
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    long o = Errors.notNull(f, "op", op).handle(f, type);
    Scratch scratch = Scratch.begin();
    // MPICH wants no elements where there is no buffer.
    int elements = gives || takes ? count : 0;
    long from = inPlace ? Lib.IN_PLACE : 0;
    if (gives) {
      from =
          Sides.source(
              blocking, f, "sendbuf", scratch, sendbuf, type.first(count), type.end(count));
    }
    long to = takes ? Sides.got(blocking, f, "recvbuf", scratch, recvbuf, count, type, inPlace) : 0;
    try {
      if (blocking) {
        MpiCollectives.reduce(from, to, elements, t, o, root, c);
      } else {
        MpiNonBlockingReductions.ireduce(from, to, elements, t, o, root, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    long first = takes ? type.first(count) : 0;
    long end = takes ? type.end(count) : 0;
    return Sides.finished(blocking, scratch, sendbuf, recvbuf, first, end, null, op);
  }

  /** Every rank gets a result of its own, or that of all. */
  static Request reduce(
      boolean blocking,
      Reduction which,
      Comm comm,
      Object sendbuf,
      Object recvbuf,
      int count,
      Datatype type,
      Op op)
      throws MPIException {
    String f = blocking ? which.blocking : which.nonBlocking;
    long c = comm.handle(f);
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    long o = Errors.notNull(f, "op", op).handle(f, type);
    Scratch scratch = Scratch.begin();
    long first = type.first(count);
    long end = type.end(count);
    long from = Sides.source(blocking, f, "sendbuf", scratch, sendbuf, first, end);
    boolean kept = sendbuf == Sides.IN_PLACE || which == Reduction.EXSCAN;
    long to = Sides.got(blocking, f, "recvbuf", scratch, recvbuf, count, type, kept);
    try {
      if (blocking) {
        switch (which) {
          case ALLREDUCE -> MpiCollectives.allreduce(from, to, count, t, o, c);
          case SCAN -> MpiCollectives.scan(from, to, count, t, o, c);
          case EXSCAN -> MpiCollectives.exscan(from, to, count, t, o, c);
        }
      } else {
        long request = scratch.cell;
        switch (which) {
          case ALLREDUCE -> MpiNonBlockingReductions.iallreduce(from, to, count, t, o, c, request);
          case SCAN -> MpiNonBlockingReductions.iscan(from, to, count, t, o, c, request);
          case EXSCAN -> MpiNonBlockingReductions.iexscan(from, to, count, t, o, c, request);
        }
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Sides.finished(blocking, scratch, sendbuf, recvbuf, first, end, null, op);
  }

  static Request reduceScatter(
      boolean blocking,
      Comm comm,
      Object sendbuf,
      Object recvbuf,
      int[] recvcounts,
      Datatype type,
      Op op)
      throws MPIException {
    String f = blocking ? "MPI_Reduce_scatter" : "MPI_Ireduce_scatter";
    long c = comm.handle(f);
    boolean inPlace = sendbuf == Sides.IN_PLACE;
    int size = comm.size(f);
    long all = Sides.sum(f, "recvcounts", recvcounts, size);
    int mine = recvcounts[comm.rank(f)];
    long t = Errors.notNull(f, "type", type).committed(f);
    long o = Errors.notNull(f, "op", op).handle(f, type);
    Scratch scratch = Scratch.begin();
    Arena arena = Sides.arena(blocking);
    long counts = Sides.ints(arena, scratch, f, "recvcounts", recvcounts, size);
    long from =
        Sides.source(blocking, f, "sendbuf", scratch, sendbuf, type.first(all), type.end(all));
    long got = inPlace ? all : mine;
    long to = Sides.got(blocking, f, "recvbuf", scratch, recvbuf, got, type, inPlace);
    try {
      if (blocking) {
        MpiVectorCollectives.reduceScatter(from, to, counts, t, o, c);
      } else {
        MpiNonBlockingVectorCollectives.ireduceScatter(from, to, counts, t, o, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Sides.finished(
        blocking, scratch, sendbuf, recvbuf, type.first(got), type.end(got), arena, op);
  }

  static Request reduceScatterBlock(
      boolean blocking,
      Comm comm,
      Object sendbuf,
      Object recvbuf,
      int recvcount,
      Datatype type,
      Op op)
      throws MPIException {
    String f = blocking ? "MPI_Reduce_scatter_block" : "MPI_Ireduce_scatter_block";
    long c = comm.handle(f);
    boolean inPlace = sendbuf == Sides.IN_PLACE;
    int size = comm.size(f);
    Errors.count(f, "recvcount", recvcount);
    long all = (long) recvcount * size;
    int mine = recvcount;
    long t = Errors.notNull(f, "type", type).committed(f);
    long o = Errors.notNull(f, "op", op).handle(f, type);
    Scratch scratch = Scratch.begin();
    long from =
        Sides.source(blocking, f, "sendbuf", scratch, sendbuf, type.first(all), type.end(all));
    long got = inPlace ? all : mine;
    long to = Sides.got(blocking, f, "recvbuf", scratch, recvbuf, got, type, inPlace);
    try {
      if (blocking) {
        MpiCollectives.reduceScatterBlock(from, to, recvcount, t, o, c);
      } else {
        MpiNonBlockingReductions.ireduceScatterBlock(from, to, recvcount, t, o, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Sides.finished(
        blocking, scratch, sendbuf, recvbuf, type.first(got), type.end(got), null, op);
  }
}
