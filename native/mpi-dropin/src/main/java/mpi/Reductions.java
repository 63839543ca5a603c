package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiCollectives;
import io.weft.mpi.ffm.MpiNonBlockingReductions;
import io.weft.mpi.ffm.MpiNonBlockingVectorCollectives;
import io.weft.mpi.ffm.MpiVectorCollectives;
import java.lang.foreign.Arena;
import java.lang.ref.Reference;

/**
 * Reductions (MPI-4.0 sections 6.9 to 6.11), blocking or only started: the latter give a request,
 * the former null. A send buffer of {@link Sides#IN_PLACE} says that operands lie where the results
 * are to be.
 */
final class Reductions {
  private Reductions() {}

  /** What an operation in Java threw comes out here. */
  private static void reduced(Op op, Object sendbuf, Object recvbuf) throws MPIException {
    Reference.reachabilityFence(sendbuf);
    Reference.reachabilityFence(recvbuf);
    op.rethrow();
    Reference.reachabilityFence(op);
  }

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
    reduced(op, inbuf, inoutbuf);
    scratch.receive.back(inoutbuf, first, first, end);
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
    if (!blocking) {
      return Sides.started(scratch, sendbuf, recvbuf, null, op);
    }
    reduced(op, sendbuf, recvbuf);
    if (takes) {
      Sides.back(scratch, recvbuf, count, type);
    }
    return null;
  }

  static Request allReduce(
      boolean blocking, Comm comm, Object sendbuf, Object recvbuf, int count, Datatype type, Op op)
      throws MPIException {
    String f = blocking ? "MPI_Allreduce" : "MPI_Iallreduce";
    long c = comm.handle(f);
    boolean inPlace = sendbuf == Sides.IN_PLACE;
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    long o = Errors.notNull(f, "op", op).handle(f, type);
    Scratch scratch = Scratch.begin();
    long first = type.first(count);
    long end = type.end(count);
    long from = Sides.source(blocking, f, "sendbuf", scratch, sendbuf, first, end);
    long to = Sides.got(blocking, f, "recvbuf", scratch, recvbuf, count, type, inPlace);
    try {
      if (blocking) {
        MpiCollectives.allreduce(from, to, count, t, o, c);
      } else {
        MpiNonBlockingReductions.iallreduce(from, to, count, t, o, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    if (!blocking) {
      return Sides.started(scratch, sendbuf, recvbuf, null, op);
    }
    reduced(op, sendbuf, recvbuf);
    Sides.back(scratch, recvbuf, count, type);
    return null;
  }

  static Request scan(
      boolean blocking, Comm comm, Object sendbuf, Object recvbuf, int count, Datatype type, Op op)
      throws MPIException {
    String f = blocking ? "MPI_Scan" : "MPI_Iscan";
    long c = comm.handle(f);
    boolean inPlace = sendbuf == Sides.IN_PLACE;
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    long o = Errors.notNull(f, "op", op).handle(f, type);
    Scratch scratch = Scratch.begin();
    long first = type.first(count);
    long end = type.end(count);
    long from = Sides.source(blocking, f, "sendbuf", scratch, sendbuf, first, end);
    long to = Sides.got(blocking, f, "recvbuf", scratch, recvbuf, count, type, inPlace);
    try {
      if (blocking) {
        MpiCollectives.scan(from, to, count, t, o, c);
      } else {
        MpiNonBlockingReductions.iscan(from, to, count, t, o, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    if (!blocking) {
      return Sides.started(scratch, sendbuf, recvbuf, null, op);
    }
    reduced(op, sendbuf, recvbuf);
    Sides.back(scratch, recvbuf, count, type);
    return null;
  }

  static Request exScan(
      boolean blocking, Comm comm, Object sendbuf, Object recvbuf, int count, Datatype type, Op op)
      throws MPIException {
    String f = blocking ? "MPI_Exscan" : "MPI_Iexscan";
    long c = comm.handle(f);
    Errors.count(f, "count", count);
    long t = Errors.notNull(f, "type", type).committed(f);
    long o = Errors.notNull(f, "op", op).handle(f, type);
    Scratch scratch = Scratch.begin();
    long first = type.first(count);
    long end = type.end(count);
    long from = Sides.source(blocking, f, "sendbuf", scratch, sendbuf, first, end);
    // Rank 0 gets nothing, and keeps what it has.
    long to = Sides.both(blocking, f, "recvbuf", scratch, recvbuf, first, end);
    try {
      if (blocking) {
        MpiCollectives.exscan(from, to, count, t, o, c);
      } else {
        MpiNonBlockingReductions.iexscan(from, to, count, t, o, c, scratch.cell);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    if (!blocking) {
      return Sides.started(scratch, sendbuf, recvbuf, null, op);
    }
    reduced(op, sendbuf, recvbuf);
    Sides.back(scratch, recvbuf, count, type);
    return null;
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
    if (!blocking) {
      return Sides.started(scratch, sendbuf, recvbuf, arena, op);
    }
    reduced(op, sendbuf, recvbuf);
    Sides.back(scratch, recvbuf, got, type);
    return null;
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
    if (!blocking) {
      return Sides.started(scratch, sendbuf, recvbuf, null, op);
    }
    reduced(op, sendbuf, recvbuf);
    Sides.back(scratch, recvbuf, got, type);
    return null;
  }
}
